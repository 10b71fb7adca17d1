"""What stands on a PDF, for the tests: its words, its sizes, where each character lies, and its ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image

from onewindow.instruments.papers import SCHEMA

MM = 25.4 / 72
NUMBER = "11310199DEM000014N4310131901001202609240001"


def content(**changed: Any) -> dict[str, Any]:
    """A paper as it is issued."""
    return {
        "schema": SCHEMA, "title": {"zh": "受理通知书", "en": "Notice of acceptance"}, "case": NUMBER,
        "item": {"zh": "食品经营许可（新办）", "en": "Food business licence (new)"},
        "department": {"zh": "市场监督管理局", "en": "Market Regulation"}, "addressee": "甲餐饮有限公司", "date": "2026-09-24",
        "seal": "市场监督管理局受理专用章", "demo": False,
        "blocks": [
            {"zh": "您的申请材料齐全，决定予以受理。", "en": "The application is accepted."},
            {"list": [{"zh": f"第{n}份材料：经营场所平面图", "en": f"Material {n}: floor plan"} for n in range(1, 4)]},
            {"zh": "承诺不晚于2026年10月8日作出决定。", "en": "Promised by 8 October 2026."},
        ],
    } | changed  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One page: size in millimetres, text without blanks, each visible character with its box in millimetres."""

    width: float
    height: float
    text: str
    boxes: list[tuple[str, tuple[float, float, float, float]]]


def sheets(pdf: bytes) -> list[Sheet]:
    opened = pypdfium2.PdfDocument(pdf)
    found = []
    for page in opened:
        text = page.get_textpage()
        boxes = []
        for place in range(text.count_chars()):
            said = text.get_text_range(place, 1)
            if said.strip():
                left, bottom, right, top = text.get_charbox(place)
                boxes.append((said, (left * MM, bottom * MM, right * MM, top * MM)))
        width, height = page.get_size()
        found.append(Sheet(width * MM, height * MM, squeezed(text.get_text_range()), boxes))
    opened.close()
    return found


def said(pdf: bytes) -> str:
    """All the words, page by page, without blanks."""
    return "".join(sheet.text for sheet in sheets(pdf))


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\ufffe", "-")  # PDFium's sign for a hyphen that ends a line


def ink(pdf: bytes, page: int = 0, scale: float = 3) -> Image.Image:
    """The page as it would be printed, in grey."""
    opened = pypdfium2.PdfDocument(pdf)
    shown: Image.Image = opened[page].render(scale=scale).to_pil().convert("L")
    opened.close()
    return shown


def overlapping(sheet: Sheet, by: float = 0.35) -> list[tuple[str, str]]:
    """Characters that stand on one another by more than `by` millimetres both ways."""
    wrong = []
    for place, (one, a) in enumerate(sheet.boxes):
        for other, b in sheet.boxes[place + 1 :]:
            if min(a[2], b[2]) - max(a[0], b[0]) > by and min(a[3], b[3]) - max(a[1], b[1]) > by:
                wrong.append((one, other))
    return wrong
