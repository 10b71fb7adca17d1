"""Numbers in a sentence, in either language."""

from __future__ import annotations

import pytest

from onewindow.foundation.catalogue.definition.lint.numbers import anywhere_in_chinese, chinese_value, in_chinese, in_english


@pytest.mark.parametrize(
    ("text", "value"), [("二十", 20), ("十五", 15), ("一百零五", 105), ("两千三百", 2300), ("二〇二六", 2026), ("三", 3), ("百", 100)]
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese_value(text) == value


@pytest.mark.parametrize(
    ("zh", "numbers"),
    [
        ("自受理之日起二十日内", {20}), ("注册资本二百万元", {2_000_000}), ("3万元以上", {30_000}), ("一次性告知、统一受理", set()), ("4.5吨", {4.5}),
        ("1月1日至6月30日", {1, 6, 30}),
    ],
)  # fmt: skip
def test_numbers_of_a_chinese_sentence(zh: str, numbers: set[float]) -> None:
    assert in_chinese(zh) == numbers
    assert numbers <= anywhere_in_chinese(zh)


@pytest.mark.parametrize(
    ("en", "numbers"),
    [
        ("within twenty-five days", {25}), ("two million yuan", {2_000_000}), ("30,000 yuan", {30_000}), ("between 1 January and 30 June", {1, 30, 6}),
        ("a hundred and five", {100, 5}), ("no number here", set()), ("4.5 t", {4.5}), ("art. 57", {57}),
    ],
)  # fmt: skip
def test_numbers_of_an_english_sentence(en: str, numbers: set[float]) -> None:
    assert in_english(en) == numbers
