"""What people hand in, good and bad, and what comes of it."""

from __future__ import annotations

import io
import struct
import zlib

import pypdfium2
import pytest
from PIL import Image

from onewindow.instruments.reading import REASONS, Examined, Unreadable, examine

MB = 1024 * 1024


def jpeg(width: int = 400, height: int = 300, *, orientation: int = 1) -> bytes:
    """A photo whose left edge is red, with what a phone writes into it."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, max(width // 10, 1), height))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "a phone of somebody"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def written(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def pdf(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    """A PDF of one page that asks for a password (standard security handler, revision 2; its keys are noise)."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Filter/Standard/V 1/R 2/O<" + b"ab" * 32 + b">/U<" + b"cd" * 32 + b">/P -44>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    return out + b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % start


def png_header(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and holds almost nothing."""
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def read(data: bytes, name: str = "a.jpg") -> Examined:
    return examine(data, name, most=20 * MB)


def why(data: bytes, name: str = "a.jpg") -> str:
    """Why it is not taken."""
    with pytest.raises(Unreadable) as unreadable:
        read(data, name)
    assert str(unreadable.value) in REASONS
    return str(unreadable.value)
