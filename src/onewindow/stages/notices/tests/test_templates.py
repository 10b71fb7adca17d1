"""The words of messages: each can be said in both languages, and carries no number of a person."""

from __future__ import annotations

import pytest

from onewindow.stages.notices.templates import TEMPLATES, render

PHONE = "12000000002"


@pytest.mark.parametrize("template", sorted(TEMPLATES))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_message_can_be_rendered_and_carries_no_number(template: str, language: str) -> None:
    values = {
        "number": "A001", "ahead": "0", "window": "1号窗口", "window_en": "Window 1", "item": "食品经营许可",
        "item_en": "Food business licence", "query": "23456789AB", "promised": "2026-10-08", "count": "2",
        "until": "2026-09-30", "procedure": "检测", "procedure_en": "testing", "sum": "20.00", "by": "2026-10-24", "outcome": "准予登记", "outcome_en": "registered",
    }  # fmt: skip
    text = render(template, values, language)
    assert text.startswith("【一窗】" if language == "zh-hans" else "[OneWindow] ")
    assert "{" not in text and PHONE not in text and "2026-" not in text
