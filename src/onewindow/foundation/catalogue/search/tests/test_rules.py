"""Normalising what was typed, what of it may be kept, and how letters meet."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.foundation.catalogue.search.rules import (
    AROUND,
    EXACT,
    INSIDE,
    LONGEST,
    PREFIX,
    bare,
    folded,
    keepable,
    letters,
    met,
    normalised,
    said,
)
from onewindow.kernel.errors import InvalidInput


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("开饭店", "开饭店"), ("　开饭店？ ", "开饭店"), ("我想开饭店怎么办理", "开饭店"), ("请问一下怎么办身份证呢", "办身份证"), ("ＫＴＶ", "ktv"),
        ("开饭店要什么手续", "开饭店"), ("结婚证丢了怎么办", "结婚证丢"), ("Open  a Restaurant!", "open a restaurant"), ("怎么办", "怎么办"), ("我想", "我想"),
        ("", ""), ("  \t\n", ""), ("？！", ""), ("食品　经营许可", "食品 经营许可"),
    ],
)  # fmt: skip
def test_what_is_said_around_the_thing_is_dropped(typed: str, meant: str) -> None:
    assert normalised(typed) == meant


READABLE = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"]), max_size=90)
SPOKEN = st.text("我想要请问怎么办理在哪的了吗呢 开饭店？，。ABCａｂ①㎆ﷺ０１", max_size=90)


@given(READABLE | SPOKEN)
def test_normalising_what_is_normalised_changes_nothing(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once and len(once) <= LONGEST


@pytest.mark.parametrize("text", ["开\0饭店", "开\u202e饭店", "开\u200b饭店", "\ue000", "\x1b[31m"])
def test_what_cannot_be_read_is_refused_with_the_usual_sentence(text: str) -> None:
    with pytest.raises(InvalidInput) as no:
        normalised(text)
    assert "U+" in no.value.message() and "想办的事" in no.value.message()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("11010519491231002x的档案", ""), ("138 0000 0000", ""), ("打139-0000-0000找我", ""), ("91110000600037341l", ""), ("一件事", "一件事"),
        ("80岁补贴", "80岁补贴"), ("2026", ""), ("a", ""), ("养猫证", "养猫证"), ("ip12345", ""),
    ],
)  # fmt: skip
def test_no_number_of_a_person_is_kept(query: str, kept: str) -> None:
    assert keepable(query) == kept


@given(st.text("0123456789 -xX养猫证", max_size=60))
def test_nothing_that_is_kept_has_four_digits_in_a_row(text: str) -> None:
    assert not re.search(r"\d(?:[\s\-.·]?\d){3,}", keepable(normalised(text)))


def test_letters_meet_in_order() -> None:
    assert [met("开饭店", text) for text in ("开饭店", "开饭店消防", "想开饭店吗", "开饭", "开药店")] == [EXACT, PREFIX, INSIDE, "", ""]
    assert met("我家开饭店", "开饭店") == AROUND and met("我家楼下的邻居家开饭店", "开饭店") == ""


def test_a_name_is_known_without_its_brackets_and_its_level_says_nothing() -> None:
    assert bare("食品经营许可（新办）") == "食品经营许可" and bare("（新办）") == folded("（新办）")
    assert said(("代开发票作废（县级行使）", "食品经营许可（新办）"), ("开饭店", "开饭店")) == ("代开发票作废", "食品经营许可(新办)", "开饭店")


def test_first_letters_are_short_and_latin() -> None:
    assert [letters(text) for text in ("kfd", "k", "开饭店", "open a shop", "abc1")] == [True, False, False, False, False]
