"""A printer, or a CUPS queue, over IPP: one Print-Job request with the PDF (RFC 8010 encoding, RFC 8011 meaning).

Written with the standard library: a page is printed while somebody waits at a window, from a thread, and needs one
request. Accepted means that the printer holds the job from now on: out of paper, it prints when paper is put in.
"""

from __future__ import annotations

import ssl
import struct
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from onewindow.instruments.conversation import Broken, Line
from onewindow.instruments.printing import PrinterDown, PrintJob
from onewindow.kernel.words import Words

PORT = 631
LONGEST_ANSWER = 65_536
_PRINT_JOB = 0x0002
_OPERATION, _JOB, _END = 0x01, 0x02, 0x03
_INTEGER, _NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME = 0x21, 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
_CHUNK = 32_768
_numbers = count(1)


def unfit(uri: str) -> Words | None:
    """Why an address cannot be used; None when it can."""
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("ipp", "ipps") or parts.username or parts.fragment:
        return Words("不是有效的 ipp(s) 地址", "it is no ipp(s) address")
    return None


class IppPrinter:
    """One printer. Holds no connection: a job is a request of its own. Safe between threads."""

    name = "ipp"
    deduplicates = False

    def __init__(self, uri: str, *, timeout_s: float = 8.0, ca: Path | None = None) -> None:
        wrong = unfit(uri)
        if wrong is not None:
            raise ValueError(wrong.en)
        parts = urlsplit(uri)
        self._uri = uri
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        trust = ssl.create_default_context(cafile=str(ca) if ca else None) if parts.scheme == "ipps" else None
        self._line = Line(parts.hostname or "", parts.port or PORT, trust, timeout_s)

    def print(self, job: PrintJob) -> str:
        """Send the job. Only the printer's own "successful" is believed; everything else may be tried again."""
        number = next(_numbers) & 0x7FFFFFFF
        status, answer = self._ask(_request(self._uri, job, number) + job.pdf)
        if status != 200:
            raise PrinterDown(f"http-{status}")
        code, asked, attributes = _read(answer)
        if asked != number:
            raise PrinterDown("answer-unreadable")
        if code >= 0x0100:  # RFC 8011, 4.1.6: 0x0000 to 0x00FF are successful
            raise PrinterDown(f"ipp-{code:04x}")
        made = attributes.get("job-id", b"")
        return str(int.from_bytes(made, "big")) if made else ""

    def _ask(self, body: bytes) -> tuple[int, bytes]:
        # In chunks, as CUPS sends it: every printer that CUPS prints on reads it so (RFC 8010, 4).
        headers = {"Content-Type": "application/ipp", "Transfer-Encoding": "chunked", "Connection": "close"}
        try:
            return self._line.ask(
                lambda line: line.request("POST", self._path, iter(_chunks(body)), headers, encode_chunked=True), longest_answer=LONGEST_ANSWER
            )
        except Broken as broken:
            raise PrinterDown(broken.why) from None


def _chunks(body: bytes) -> list[bytes]:
    return [body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK)]


def _request(uri: str, job: PrintJob, number: int) -> bytes:
    """A Print-Job request up to the pages. The first three attributes come in the order RFC 8011 asks for."""
    head = struct.pack(">BBHI", 1, 1, _PRINT_JOB, number)
    operation = [
        _attribute(_CHARSET, "attributes-charset", b"utf-8"),
        _attribute(_LANGUAGE, "attributes-natural-language", b"zh-cn"),
        _attribute(_URI, "printer-uri", uri.encode()),
        _attribute(_NAME, "requesting-user-name", b"onewindow"),
        _attribute(_NAME, "job-name", job.title.encode()[:255].decode(errors="ignore").encode()),
        _attribute(_MIME, "document-format", b"application/pdf"),
    ]
    wanted = [_attribute(_INTEGER, "copies", struct.pack(">i", job.copies))]
    if job.media:
        wanted.append(_attribute(_KEYWORD, "media", job.media.encode()))
    return head + bytes([_OPERATION]) + b"".join(operation) + bytes([_JOB]) + b"".join(wanted) + bytes([_END])


def _attribute(tag: int, name: str, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value


def _read(answer: bytes) -> tuple[int, int, dict[str, bytes]]:
    """Status, request number and the first value of each attribute of an answer. Raises `PrinterDown` when it is none."""
    try:
        _, _, code, number = struct.unpack_from(">BBHI", answer)
        found, place = dict[str, bytes](), 8
        while answer[place] != _END:
            if answer[place] < 0x10:  # a group begins
                place += 1
                continue
            (length,) = struct.unpack_from(">H", answer, place + 1)
            name = answer[place + 3 : place + 3 + length].decode()
            (size,) = struct.unpack_from(">H", answer, place + 3 + length)
            begins = place + 5 + length
            found.setdefault(name, answer[begins : begins + size])
            place = begins + size
    except (struct.error, IndexError, UnicodeDecodeError):
        raise PrinterDown("answer-unreadable") from None
    return code, number, found
