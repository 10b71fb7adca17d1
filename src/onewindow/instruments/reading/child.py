"""The bounded process that parses one file: bytes in on standard input, one line of JSON and the pictures out.

Run as a plain script, so that nothing of the product is imported. It bounds itself before it reads a byte; its parent
minds the clock. The answer is ``{"pages": [[width, height, bytes], ...]}`` or ``{"refused": code}``.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from typing import IO, Any

MEMORY = 512 * 1024**2
PROCESSOR_S = 8
PIXELS = 60_000_000
SIDE = 20_000
PAGES = 200
LONG_SIDE = 2_000
# A thick file is shown a little smaller, so that it is read in time.
THICK, LONG_SIDE_THICK = 30, 1_000


class Refused(Exception):
    """Why the file is not taken, as a code."""


def bound() -> None:
    """Nothing the parsers do may cost more than this; no file is written and no image of the memory is left behind."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, PROCESSOR_S), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):  # fmt: skip
        resource.setrlimit(limit, (most, most))


def picture(data: bytes) -> list[tuple[int, int, bytes]]:
    """The one page of a JPEG, PNG or WebP."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # its own limit is looked at below, before anything is decoded
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as image:
            width, height = image.size
            if width > SIDE or height > SIDE or width * height > PIXELS:
                raise Refused("too-many-pixels")
            if image.format == "WEBP" and width * height > PIXELS // 2:  # decoded in two copies of four bytes
                raise Refused("memory")
            image.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a JPEG is decoded no larger than is needed
            turned = image.getexif().get(0x0112, 1) >= 5
            factor = max(image.size) // LONG_SIDE
            # What is large is made small before it is copied into other colours.
            smaller = image.reduce(factor) if factor >= 2 and image.mode in ("RGB", "RGBA", "L", "LA", "CMYK", "YCbCr") else image
            shown = plain(smaller)
            shown.thumbnail((LONG_SIDE, LONG_SIDE))
            shown = ImageOps.exif_transpose(shown)
    except (Refused, MemoryError):
        raise
    except Exception:
        raise Refused("damaged") from None
    return [(height, width, encoded(shown)) if turned else (width, height, encoded(shown))]


def plain(image: Any) -> Any:
    """In plain colours, on white where it was transparent; it keeps what EXIF said of its orientation."""
    from PIL import Image

    exif = image.getexif()
    if image.mode.startswith("I") or image.mode == "F":  # sixteen bits a channel
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        under = Image.new("RGB", image.size, "white")
        under.paste(image, mask=image.getchannel("A"))
        image = under
    made = image.convert("RGB")
    made.getexif().update(exif)
    return made


def encoded(image: Any) -> bytes:
    out = io.BytesIO()
    image.info = {}
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def pdf(data: bytes) -> list[tuple[int, int, bytes]]:
    """The pages of a PDF, drawn."""
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        locked = code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) if code is not None else "assword" in str(error)
        raise Refused("encrypted" if locked else "damaged") from None
    count = len(document)
    if count > PAGES:
        raise Refused("too-many-pages")
    if count == 0:
        raise Refused("damaged")
    longest = LONG_SIDE_THICK if count > THICK else LONG_SIDE
    pages = []
    for number in range(count):
        try:
            page = document[number]
            width, height = page.get_size()
            image = page.render(scale=longest / max(width, height, 1)).to_pil()
        except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError):
            raise Refused("damaged") from None
        pages.append((round(width), round(height), encoded(plain(image))))
        page.close()
    return pages


def main() -> None:
    bound()
    answer: IO[bytes] = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a parser prints goes nowhere
    kind, data = sys.argv[1], sys.stdin.buffer.read()
    try:
        pages = pdf(data) if kind == "pdf" else picture(data)
        head: dict[str, Any] = {"pages": [[width, height, len(drawn)] for width, height, drawn in pages]}
    except Refused as refused:
        pages, head = [], {"refused": str(refused)}
    except MemoryError:
        pages, head = [], {"refused": "memory"}
    answer.write(json.dumps(head).encode() + b"\n")
    for _, _, drawn in pages:
        answer.write(drawn)
    answer.flush()
    os._exit(0)  # nothing to tidy up


if __name__ == "__main__":
    main()
