"""What templates can say: words, days, deadlines, seals."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from onewindow.foundation.catalogue.definition.parts import Text
from onewindow.kernel.words import Words
from onewindow.look import seals
from onewindow.look.topics import topics_of

EVENING = datetime(2026, 9, 24, 17, 30, tzinfo=UTC)  # already the 25th where the centre stands


def said(source: str, language: str = "zh-hans", **context: object) -> str:
    with override(language):
        return Template(source).render(Context(context))


@pytest.mark.parametrize("label", [Words("受理", "accept"), Text(zh="受理", en="accept"), {"zh": "受理", "en": "accept"}])
def test_words_reads_every_kind_of_label(label: object) -> None:
    assert said("{{ label|words }}", label=label) == "受理"
    assert said("{{ label|words }}", "en", label=label) == "accept"


def test_words_of_nothing_is_nothing() -> None:
    assert said("{{ label|words }}", label=None) == ""


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        ("{{ day|date_zh }}", "2026年9月24日（周四）", "Thu 24 Sep 2026"),
        ("{{ day|day_zh }}", "2026年9月24日", "24 Sep 2026"),
        ("{{ day|short_day }}", "9月24日", "24 Sep"),
        ("{{ day|weekday }}", "周四", "Thu"),
        ("{{ evening|short_day }}", "9月25日", "25 Sep"),
        ("{{ evening|clock_time }}", "01:30", "01:30"),
        ("{{ paper|chinese_day }}", "2026年9月24日", "2026年9月24日"),
        ("{{ nothing|date_zh }}", "—", "—"),
    ],
)
def test_days_are_read_on_the_centre_s_own_calendar(source: str, zh: str, en: str) -> None:
    context = {"day": date(2026, 9, 24), "evening": EVENING, "paper": "2026-09-24"}
    for language, expected in (("zh-hans", zh), ("en", en)):
        assert re.sub(r"<[^>]+>", "", said(source, language, **context)) == expected


@pytest.mark.parametrize(
    ("left", "tone", "words"),
    [
        (4, "calm", "还剩 4 个工作日"),
        (1, "soon", "还剩 1 个工作日"),
        (0, "soon", "今天到期"),
        (-1, "over", "已超 1 个工作日"),
    ],
)
def test_a_deadline_says_its_urgency_in_words_sign_and_tone(left: int, tone: str, words: str) -> None:
    chip = said("{% deadline left %}", left=left)
    assert f"deadline is-{tone}" in chip
    assert words in chip
    assert "<svg" in chip


def test_no_clock_no_chip() -> None:
    assert said("{% deadline left %}", left=None) == ""


def test_a_live_address_carries_exactly_its_topics() -> None:
    address = said('{% topic "hall" "demo-centre" "A" as here %}{% live_url here "phones" %}')
    assert topics_of(address.split("token=")[1]) == ["hall/demo-centre/A", "phones"]


def test_a_seal_is_text_and_escapes_it() -> None:
    drawn = seals.svg("受理<章>", "演示")
    assert "<章>" not in drawn
    assert drawn.count("<text") == len("受理<章>") + 1
    assert 'aria-label="受理&lt;章&gt;"' in drawn


def test_a_code_is_read_in_groups_of_four() -> None:
    assert said("{{ code|grouped }}", code="ABCDEFGHJK") == "ABCD EFGH JK"
