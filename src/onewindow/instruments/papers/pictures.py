"""What a PDF looks like: its first page as a picture."""

from __future__ import annotations

import io
import threading

import pypdfium2

_one_at_a_time = threading.Lock()  # PDFium is not made for threads


def picture(pdf: bytes, *, width: int = 560, page: int = 0) -> bytes:
    """A page as PNG, `width` pixels wide."""
    with _one_at_a_time:
        opened = pypdfium2.PdfDocument(pdf)
        try:
            shown = opened[page]
            drawn = shown.render(scale=width / shown.get_width()).to_pil()
        finally:
            opened.close()
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()
