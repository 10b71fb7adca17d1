"""What somebody handed in, recognised by its content and read in a bounded process."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from onewindow.kernel.words import Words

WALL_S = 10.0
# Parsed at once by one process of ours: each may take its 512 MiB.
_TURNS = BoundedSemaphore(2)
CHILD = (sys.executable, "-I", str(Path(__file__).with_name("child.py")))
KINDS = {"jpeg": Words("照片", "photo"), "png": Words("图片", "picture"), "webp": Words("图片", "picture"), "pdf": Words("PDF 文件", "PDF file")}
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!", b"dex\n", b"\0asm")


class Unreadable(Exception):
    """A file that is not taken; its text is the reason's code, one of `REASONS`."""


REASONS = {
    "empty": Words("这个文件是空的（0 字节），可能没有拍好或没有传完", "the file is empty (0 bytes); it may not have been saved or sent completely"),
    "too-large": Words("文件太大，一份最多 {limit} MB", "the file is too large; at most {limit} MB each"),
    "executable": Words("这是一个程序，不是材料，改了名字也不能收", "this is a program and not a document, whatever it is called"),
    "unknown": Words("认不出这种文件，只收照片（JPEG、PNG、WebP）和 PDF", "this kind of file is not known; only photos (JPEG, PNG, WebP) and PDF are taken"),
    "heic": Words("这是 HEIC/AVIF 照片，系统打不开；请在手机“相机—格式”里选“兼容性最佳”再拍，或者直接在这里拍摄",
                  "this is a HEIC/AVIF photo, which cannot be opened here; set the phone's camera to “most compatible”, or take it here"),
    "too-many-pixels": Words("图片太大，每边最多 20,000 像素、总共最多 6,000 万像素", "the picture is too large: at most 20,000 pixels a side and 60 million in all"),
    "encrypted": Words("这份 PDF 有密码，打不开；请申请人去掉密码后重新提供", "this PDF is protected by a password; please have it saved without one"),
    "damaged": Words("文件已损坏或不完整，打不开", "the file is damaged or incomplete and cannot be opened"),
    "too-many-pages": Words("页数太多，一份 PDF 最多 200 页，请分开提交", "it has too many pages: at most 200 a PDF; please split it"),
    "memory": Words("文件展开后太大，已停止读取", "the file unfolds into too much and was stopped"),
    "time": Words("文件太复杂，10 秒内没能读完，已停止读取", "the file is too complicated; it was stopped after 10 seconds"),
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One page: how large it is (pixels of a picture, points of a PDF), and a plain picture of it (JPEG, upright)."""

    width: int
    height: int
    picture: bytes


@dataclass(frozen=True)
class Examined:
    """A file that is what it may be; `name` is what it was called, and decides nothing."""

    name: str
    kind: str
    data: bytes
    pages: tuple[Seen, ...]


def examine(data: bytes, name: str, *, most: int) -> Examined:
    """Recognise and read a file of at most `most` bytes. Raises `Unreadable`, which says why, and leaves no process behind."""
    if not data:
        raise Unreadable("empty")
    if len(data) > most:
        raise Unreadable("too-large")
    kind = kind_of(data)
    with _TURNS:
        return Examined(name, kind, data, _read(kind, data))


def kind_of(data: bytes) -> str:
    """What a file is by its first bytes. Raises `Unreadable` for what is never taken; nothing is parsed here."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise Unreadable("heic")
    if data.startswith(_PROGRAMS):
        raise Unreadable("executable")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    raise Unreadable("unknown")


def turned(picture: bytes, degrees: int) -> bytes:
    """A picture that `examine` made, turned clockwise."""
    if degrees == 0:
        return picture
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(picture), formats=["JPEG"]) as image:
        image.rotate(-degrees, expand=True).save(out, "JPEG", quality=85)
    return out.getvalue()


def _read(kind: str, data: bytes) -> tuple[Seen, ...]:
    process = subprocess.Popen(
        [*CHILD, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"LC_ALL": "C.UTF-8"}, cwd="/",
        start_new_session=True, close_fds=True,
    )  # fmt: skip
    try:
        answer, _ = process.communicate(data, timeout=WALL_S)
    except subprocess.TimeoutExpired:
        raise Unreadable("time") from None
    finally:
        _end(process)
    if process.returncode == -signal.SIGXCPU or process.returncode == -signal.SIGKILL:
        raise Unreadable("time")
    head, _, body = answer.partition(b"\n")
    try:
        said = json.loads(head)
    except ValueError:  # a parser that fell over what it was given
        raise Unreadable("damaged") from None
    if "refused" in said:
        raise Unreadable(said["refused"])
    pages, at = [], 0
    for width, height, length in said["pages"]:
        pages.append(Seen(width, height, body[at : at + length]))
        at += length
    return tuple(pages)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing of the child outlives the question: its whole group goes, and its pipes are closed."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was not yet sent to somebody who is gone
                pipe.close()
