"""Sums, codes, words, and a statement compared: exact results, and properties over many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.foundation.catalogue.queries import published
from onewindow.kernel.errors import FeeUnlawful
from onewindow.stages.payment.rules import Booked, Difference, compared, lawful, lines_of
from onewindow.stages.payment.sums import fen, in_words, is_payment_code, payment_code, receipt_check, receipt_number, yuan

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = {"拾": 10, "佰": 100, "仟": 1000}
CARD = "resident-identity-card"
LOST = {"matter": ["lost"], "age": ["from-26"], "household": ["here"], "relief": ["no"], "temporary": ["yes"]}


def _whole(words: str) -> int:
    for unit, worth in (("亿", 10**8), ("万", 10**4)):
        if unit in words:
            high, low = words.split(unit)
            return _whole(high) * worth + _whole(low)
    total = digit = 0
    for sign in words:
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        else:
            total, digit = total + digit * _PLACES[sign], 0
    return total + digit


def read_back(words: str) -> int:
    """The sum that words say, read by rules of their own."""
    assert words.startswith("人民币")
    whole, _, rest = words.removeprefix("人民币").rpartition("元")
    cents = 100 * _whole(whole)
    for unit, worth in (("角", 10), ("分", 1)):
        if unit in rest:
            cents += worth * _DIGITS.index(rest[rest.index(unit) - 1])
    return cents


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "人民币零元整"), (5, "人民币伍分"), (50, "人民币伍角整"), (55, "人民币伍角伍分"), (2000, "人民币贰拾元整"), (2005, "人民币贰拾元零伍分"),
        (2050, "人民币贰拾元伍角整"), (100714, "人民币壹仟零柒元壹角肆分"), (10700053, "人民币壹拾万零柒仟元伍角叁分"),
        (1000000000, "人民币壹仟万元整"), (200050000000, "人民币贰拾亿零伍拾万元整"), (1000000100, "人民币壹仟万零壹元整"),
    ],
)  # fmt: skip
def test_sums_in_words(amount: int, words: str) -> None:
    assert in_words(amount) == words


@given(st.integers(0, 10**14 - 1))
def test_words_say_the_sum_and_nothing_else(amount: int) -> None:
    words = in_words(amount)
    assert words.count("零零") == 0 and words.endswith(("整", "分"))
    assert "万亿" not in words and read_back(words) == amount


@given(st.lists(st.integers(0, 10**14 - 1), min_size=2, max_size=50, unique=True))
def test_no_two_sums_read_the_same(amounts: list[int]) -> None:
    assert len({in_words(amount) for amount in amounts}) == len(amounts)


@pytest.mark.parametrize("amount", [-1, 10**14])
def test_no_words_for_what_is_no_sum(amount: int) -> None:
    with pytest.raises(ValueError, match="between nothing"):
        in_words(amount)


@given(st.integers(0, 10**13))
def test_yuan_and_fen_are_each_other_s_way_back(amount: int) -> None:
    assert fen(yuan(amount)) == amount


@pytest.mark.parametrize("text", ["", "20", "20.0", "020.00", "-1.00", "1.000", "１.00", "1e2.00"])
def test_what_is_no_sum(text: str) -> None:
    with pytest.raises(ValueError, match="two decimals"):
        fen(text)


@given(st.integers(0, 10**11 - 1), st.integers(2000, 2099), st.integers(0, 19), st.integers(1, 9))
def test_a_payment_code_has_twenty_digits_and_finds_every_wrong_digit(serial: int, year: int, place: int, by: int) -> None:
    code = payment_code(region="310104", year=year, serial=serial)
    assert len(code) == 20 and code.isdigit() and is_payment_code(code)
    wrong = f"{code[:place]}{(int(code[place]) + by) % 10}{code[place + 1 :]}"
    assert not is_payment_code(wrong)


def test_numbers_of_receipts() -> None:
    number = receipt_number(region="310104", year=2026, serial=7)
    assert number == "310000260000000007"
    from datetime import date

    checks = {receipt_check(number, amount, date(2026, 9, 24)) for amount in (1000, 1001, 4000)}
    assert len(checks) == 3 and all(len(check) == 6 and check.isdigit() for check in checks)


def test_what_an_item_charges_is_copied_with_its_basis(db: None) -> None:
    definition = published(CARD).definition
    fees = lawful(definition, LOST, None, "delivery")
    lines = lines_of(definition, fees, {})
    assert [(line["code"], line["unit"], line["quantity"], line["amount"]) for line in lines] == [("lost", 4000, 1, 4000), ("temporary", 1000, 1, 1000)]
    assert all(line["basis"][0] == "《居民身份证法》第二十一条" for line in lines)
    assert lawful(definition, LOST, None, "decision") == ()
    assert [fee.code for fee in lawful(definition, LOST, ["lost"], "delivery")] == ["lost"]


@pytest.mark.parametrize("wanted", [["renewal"], ["speed-up"], ["lost", "service"]])
def test_what_is_not_published_for_this_situation_is_never_charged(db: None, wanted: list[str]) -> None:
    with pytest.raises(FeeUnlawful) as no:
        lawful(published(CARD).definition, LOST, wanted, "delivery")
    assert no.value.details["law"] == "《优化营商环境条例》第二十五条"


def test_a_permit_names_the_licensing_law(db: None) -> None:
    answers = {"business": ["catering"], "kinds": [], "machine": ["no"], "agent": ["agent"]}
    definition = published("food-business-licence").definition
    assert lawful(definition, answers, None, "delivery") == ()
    with pytest.raises(FeeUnlawful) as no:
        lawful(definition, answers, ["stamp"], "delivery")
    assert "《行政许可法》第五十八条" in no.value.message("zh")


_LINE = st.builds(Booked, st.sampled_from(["payment", "refund"]), st.sampled_from("abc"), st.sampled_from(["1", "2", "3"]), st.integers(1, 3))


@given(st.lists(_LINE, max_size=8))
def test_a_statement_that_is_the_book_differs_in_nothing_but_lines_said_twice(lines: list[Booked]) -> None:
    once = list({(line.kind, line.transaction): line for line in lines}.values())
    assert compared(once, once) == [] and compared(once[::-1], once) == []
    assert {d.kind for d in compared([*once, *once], once)} <= {"line-twice"}


def test_each_kind_of_difference() -> None:
    book = [Booked("payment", "a", "1", 100), Booked("payment", "b", "2", 200), Booked("refund", "a", "r", 50)]
    statement = [Booked("payment", "a", "1", 90), Booked("payment", "c", "9", 10), Booked("refund", "a", "r", 50), Booked("refund", "a", "r", 50)]
    assert compared(statement, book) == [
        Difference("statement-differs", "a", "1", 100, 90), Difference("only-in-statement", "c", "9", None, 10),
        Difference("line-twice", "a", "r", None, 50), Difference("only-in-book", "b", "2", 200, None),
    ]  # fmt: skip
