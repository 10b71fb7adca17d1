"""Official numbers: what the checks see and what they miss, proved; and the `ids` command."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.config.command_line import main
from onewindow.kernel.identifiers import (
    CaseNumber,
    CreditCode,
    Fault,
    HandlingItemCode,
    ImplementationCode,
    Kind,
    LicenceId,
    NotValid,
    OrganisationCode,
    ResidentId,
    candidates,
    check,
)
from onewindow.kernel.identifiers.checks import (
    CREDIT_WEIGHTS,
    ORGANISATION_WEIGHTS,
    RESIDENT_WEIGHTS,
    credit_check,
    licence_check,
)
from onewindow.kernel.identifiers.regions import PROVINCES
from onewindow.kernel.identifiers.text import ALPHANUMERICS, CREDIT_ALPHABET, DIGITS

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "test_vectors.json").read_text(encoding="utf-8"))
BY_KIND = {
    Kind.RESIDENT_ID: VECTORS["id_card_valid"],
    Kind.CREDIT_CODE: VECTORS["uscc_valid"],
    Kind.LICENCE_ID: VECTORS["elicence_valid"],
    Kind.IMPLEMENTATION_CODE: VECTORS["implement_code_31"],
    Kind.CASE_NUMBER: VECTORS["case_no_43"],
}
PUBLISHED = [(kind, text) for kind, texts in BY_KIND.items() for text in texts]

light = settings(derandomize=True, max_examples=1_000, deadline=None)
pure = settings(derandomize=True, max_examples=2_000, deadline=None)
whole = settings(derandomize=True, max_examples=50, deadline=None)
"""Each example tries every slip there is."""


def seeded(make: Callable[[Random], Any]) -> st.SearchStrategy[Any]:
    """What `make` makes of one draw: a number of many parts, drawn part by part, costs more than all that is proved of it."""
    return st.integers(0, 2**24 - 1).map(lambda seed: make(Random(seed)))


def number(random: Random, last: int) -> int:
    """0 to `last`; one in eight stands at an end."""
    return random.choice((0, last)) if random.random() < 1 / 8 else random.randint(0, last)


def region(random: Random) -> str:
    return f"{random.choice(sorted(PROVINCES))}{number(random, 9999):04d}"


def day(random: Random, first: date, last: date) -> date:
    return first + number(random, (last - first).days) * timedelta(days=1)


def resident(random: Random) -> ResidentId:
    return ResidentId.generate(region(random), day(random, date(1900, 1, 1), date(1999, 12, 31)), number(random, 999))


def credit_code(random: Random) -> CreditCode:
    organisation = OrganisationCode.generate("".join(random.choices(CREDIT_ALPHABET, k=8)))
    return CreditCode.generate(random.choice(CREDIT_ALPHABET[1:]), random.choice(CREDIT_ALPHABET[1:]), region(random), organisation)


def case_number(random: Random) -> CaseNumber:
    basic = f"{random.choice(['00', *sorted(PROVINCES)])}{1 + number(random, 98):02d}{number(random, 99_999_999):08d}"
    item = ImplementationCode.generate(credit_code(random), 1 + number(random, 6), basic)
    return CaseNumber.generate(item, day(random, date(2000, 1, 1), date(2099, 12, 31)), number(random, 9999))


def licence(random: Random) -> LicenceId:
    holder = "340100" if random.random() < 1 / 2 else credit_code(random)
    own = "".join(random.choices(ALPHANUMERICS, k=1 + number(random, 31)))
    return LicenceId.generate(credit_code(random), number(random, 999), holder, own, number(random, 999))


residents, credit_codes, cases, licences = seeded(resident), seeded(credit_code), seeded(case_number), seeded(licence)


def replaced(text: str, at: int, character: str) -> str:
    return text[:at] + character + text[at + 1 :]


def swapped(text: str, i: int, j: int) -> str:
    i, j = sorted((i, j))
    return text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :]


# --- the public samples -----------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "text"), PUBLISHED)
def test_every_published_sample_is_valid_and_recognised(kind: Kind, text: str) -> None:
    verdict = check(kind, text)
    assert verdict.reason is None
    assert [v.kind for v in candidates(text) if v.valid] == [kind]


# --- parse and generate are inverse -------------------------------------------------------------------


@pure
@given(residents)
def test_resident_id_round_trip(person: ResidentId) -> None:
    assert ResidentId.parse(person.number) == person
    assert ResidentId.generate(person.region, person.birth, person.sequence) == person


@light
@given(credit_codes)
def test_credit_code_round_trip(code: CreditCode) -> None:
    assert CreditCode.parse(str(code)) == code
    assert OrganisationCode.parse(code.organisation.hyphenated) == code.organisation


@light
@given(cases, st.integers(0, 99))
def test_item_and_case_round_trip(case: CaseNumber, number: int) -> None:
    assert CaseNumber.parse(str(case)) == case
    handling = HandlingItemCode.generate(case.item, number)
    assert HandlingItemCode.parse(str(handling)) == handling


@light
@given(licences)
def test_licence_id_round_trip(licence: LicenceId) -> None:
    assert LicenceId.parse(str(licence)) == licence


# --- what the checks see --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", VECTORS["id_card_valid"])
def test_resident_id_every_single_slip_is_caught(number: str) -> None:
    slips = [
        replaced(number, at, character)
        for at in range(18)
        for character in ALPHANUMERICS
        if character != number[at]
    ]
    assert len(slips) == 18 * 35
    assert not any(check(Kind.RESIDENT_ID, slip).valid for slip in slips)


@whole
@given(residents)
def test_resident_id_a_slip_anywhere_is_caught(person: ResidentId) -> None:
    for at, character in itertools.product(range(18), DIGITS + "X"):
        slip = replaced(person.number, at, character)
        assert check(Kind.RESIDENT_ID, slip).valid == (slip == person.number)


@light
@given(residents)
def test_resident_id_swapped_neighbours_are_caught(person: ResidentId) -> None:
    for at in range(17):
        swap = swapped(person.number, at, at + 1)
        assert check(Kind.RESIDENT_ID, swap).valid == (swap == person.number)


def test_resident_id_misses_swaps_ten_places_apart() -> None:
    """The weights repeat with period ten: 3 of region and sequence swapped ten apart stay unseen."""
    weights = (*RESIDENT_WEIGHTS, 1)
    assert [(i, j) for i, j in itertools.combinations(range(18), 2) if weights[i] == weights[j]] == [
        (i, i + 10) for i in range(8)
    ]
    number = ResidentId.generate("310145", date(1990, 1, 1), 321).number
    assert check(Kind.RESIDENT_ID, swapped(number, 4, 14)).valid


@pytest.mark.parametrize("code", VECTORS["uscc_valid"])
def test_credit_code_every_single_slip_and_nearly_every_swap_is_caught(code: str) -> None:
    for at, character in itertools.product(range(18), ALPHANUMERICS):
        slip = replaced(code, at, character)
        assert check(Kind.CREDIT_CODE, slip).valid == (slip == code)
    for i, j in itertools.combinations(range(18), 2):
        if (i, j) != (0, 17):
            swap = swapped(code, i, j)
            assert check(Kind.CREDIT_CODE, swap).valid == (swap == code)


def test_credit_check_misses_only_the_swap_of_first_and_last() -> None:
    """A slip of d at weight w shifts the sum by d·w, a swap by d·(w-v): 0 modulo 31 only where w is v."""
    weights = (*CREDIT_WEIGHTS, 1)
    assert all(weight % 31 for weight in weights)
    assert [
        pair for pair in itertools.combinations(range(18), 2) if weights[pair[0]] == weights[pair[1]]
    ] == [(0, 17)]
    code = str(CreditCode.demo(1))
    swap = swapped(code, 0, 17)
    assert swap != code
    assert credit_check(swap[:17]) == swap[17]


@whole
@given(credit_codes)
def test_credit_code_a_slip_anywhere_is_caught(code: CreditCode) -> None:
    for at, character in itertools.product(range(18), CREDIT_ALPHABET):
        slip = replaced(str(code), at, character)
        assert check(Kind.CREDIT_CODE, slip).valid == (slip == str(code))


@pytest.mark.parametrize("code", VECTORS["uscc_valid"])
def test_organisation_code_alone_misses_exactly_the_values_equal_modulo_11(code: str) -> None:
    organisation = code[8:17]
    assert all(weight % 11 for weight in ORGANISATION_WEIGHTS)
    for at, character in itertools.product(range(8), ALPHANUMERICS):
        unseen = (ALPHANUMERICS.index(character) - ALPHANUMERICS.index(organisation[at])) % 11 == 0
        assert check(Kind.ORGANISATION_CODE, replaced(organisation, at, character)).valid == unseen
    for character in DIGITS + "X":
        slip = replaced(organisation, 8, character)
        assert check(Kind.ORGANISATION_CODE, slip).valid == (slip == organisation)


@pytest.mark.parametrize("text", VECTORS["elicence_valid"])
def test_licence_id_every_single_slip_is_caught(text: str) -> None:
    for at, character in itertools.product(range(len(text)), ALPHANUMERICS + ".-"):
        slip = replaced(text, at, character)
        assert check(Kind.LICENCE_ID, slip).valid == (slip == text)


def test_licence_check_misses_one_swap_of_neighbours_in_630() -> None:
    """From each of the 36 running products exactly one pair of characters commutes."""

    def after(product: int, character: str) -> int:
        return ((product + ALPHANUMERICS.index(character)) % 36 or 36) * 2 % 37

    pairs = list(itertools.combinations(ALPHANUMERICS, 2))
    assert len(pairs) == 630
    for product in range(1, 37):
        unseen = [(a, b) for a, b in pairs if after(after(product, a), b) == after(after(product, b), a)]
        assert len(unseen) == 1


@whole
@given(st.text(ALPHANUMERICS, min_size=1, max_size=60))
def test_licence_check_sees_every_single_slip(body: str) -> None:
    right = licence_check(body)
    for at, character in itertools.product(range(len(body)), ALPHANUMERICS):
        slip = replaced(body, at, character)
        assert (licence_check(slip) == right) == (slip == body)


def test_item_code_slips_after_position_19_can_pass_because_nothing_checks_them() -> None:
    item = VECTORS["implement_code_31"][0]
    for at, character in itertools.product(range(18), ALPHANUMERICS):
        slip = replaced(item, at, character)
        assert check(Kind.IMPLEMENTATION_CODE, slip).valid == (slip == item)
    levels = [c for c in ALPHANUMERICS if check(Kind.IMPLEMENTATION_CODE, replaced(item, 18, c)).valid]
    assert levels == list("1234567")
    assert check(Kind.IMPLEMENTATION_CODE, replaced(item, 30, "9")).valid


# --- texts of every sort ----------------------------------------------------------------------------------


@light
@given(st.text(max_size=50) | st.text(ALPHANUMERICS + ".-x ", max_size=70))
def test_any_text_gets_an_answer(text: str) -> None:
    for kind in Kind:
        verdict = check(kind, text)
        assert verdict.valid == (verdict.reason is None)
    candidates(text)


@light
@given(
    residents, st.integers(0, 17), st.characters(codec="utf-8"), st.dates(date(1950, 1, 1), date(1960, 1, 1))
)
def test_reasons_never_repeat_a_personal_number(
    person: ResidentId, at: int, character: str, on: date
) -> None:
    """All figures in a reason are positions, lengths, a constant, or the day passed in."""
    for text in (replaced(person.number, at, character), person.number[:at], person.number * 2):
        reason = check(Kind.RESIDENT_ID, text, on=on).reason
        if reason is not None:
            for sentence in (reason.zh, reason.en):
                said = sentence.replace(on.isoformat(), "")
                assert set(re.findall(r"\d{3,}", said)) <= {"1800", "2013"}


@light
@given(credit_codes, st.lists(st.integers(0, 18), max_size=4))
def test_blanks_width_and_case_do_not_matter(code: CreditCode, blanks: list[int]) -> None:
    typed = str(code).lower()
    for at in sorted(blanks, reverse=True):
        typed = typed[:at] + " " + typed[at:]
    wide = "".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in typed)
    assert CreditCode.parse(typed) == CreditCode.parse(wide) == code


# --- the command ----------------------------------------------------------------------------------------


def ids(*args: str, stdin: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["ids", *args], input=stdin)
    return result.exit_code, result.output


def test_command_check_of_a_valid_code() -> None:
    code, output = ids("check", "91110000600037341L", "--json")
    body = json.loads(output)
    assert code == 0
    assert body["schema"] == "onewindow.ids.check/1"
    assert (body["value"], body["valid"], body["kind"]) == ("91110000600037341L", True, "credit-code")
    assert body["parts"]["organisation_code"] == "600037341"
    assert body["reason"] is None
    assert [result["kind"] for result in body["results"]] == ["credit-code"]


@pytest.mark.parametrize("options", [[], ["--kind", "id"], ["--kind", "uscc"]])
@pytest.mark.parametrize("number", ["11010519491231002X", "110105194912310021", "11O10519491231002X"])
def test_command_never_repeats_a_personal_number(number: str, options: list[str]) -> None:
    for form in ([], ["--json"]):
        code, output = ids("check", number, *options, *form)
        assert code == (0 if number.endswith("2X") and "O" not in number and options[1:] != ["uscc"] else 1)
        assert number not in output
        assert "1949" not in output
        assert number[3:14] not in output


def test_command_shows_a_personal_number_only_when_asked() -> None:
    code, output = ids("check", "-", "--full", "--json", stdin="11010519491231002x\n")
    body = json.loads(output)
    assert code == 0
    assert body["parts"]["birth"] == "1949-12-31"
    code, output = ids("check", "11010519491231002x", "--json")
    assert json.loads(output)["value"] == "110***********002X"
    assert set(json.loads(output)["parts"]) == {"holder", "province", "sex"}


def test_command_gives_the_reason_in_both_languages() -> None:
    code, output = ids("check", "91110000600037341M", "--kind", "credit-code", "--json")
    reason = json.loads(output)["reason"]
    assert code == 1
    assert (reason["code"], reason["at"]) == ("check-character", [18, 18])
    assert reason["zh"].startswith("第 18 位校验码")
    assert reason["en"].startswith("the check character at position 18")
    code, output = ids("check", "91110000600037341M", "--kind", "credit-code")
    assert output.splitlines()[0].startswith("不是有效的统一社会信用代码：第 18 位")
    assert output.splitlines()[1].startswith("Not a valid unified social credit code:")


def test_command_refuses_dates_after_the_given_day() -> None:
    case = VECTORS["case_no_43"][0]
    assert ids("check", case, "--on", "2022-06-23")[0] == 0
    code, output = ids("check", case, "--on", "2022-06-22", "--kind", "case-number", "--json")
    assert (code, json.loads(output)["reason"]["code"]) == (1, "future")


@pytest.mark.parametrize(("text", "fault"), [("hello", Fault.UNRECOGNISED), ("", Fault.EMPTY)])
def test_command_without_candidates(text: str, fault: Fault) -> None:
    code, output = ids("check", text, "--json")
    body = json.loads(output)
    assert (code, body["kind"], body["results"], body["reason"]["code"]) == (1, None, [], fault)
    assert ids("check", text)[1].startswith("无法识别：")


def test_command_wrong_usage_exits_2() -> None:
    assert ids("check")[0] == 2
    code, output = ids("check", "1", "--kind", "passport")
    assert code == 2
    assert "credit-code" in output


@pytest.mark.parametrize(
    "args",
    [
        ["organisation-code"],
        ["credit-code", "--serial", "42"],
        ["implementation-code"],
        ["handling-item-code"],
        ["case-number", "--date", "2026-03-02"],
        ["licence-id"],
        ["resident-id", "--region", "310199", "--birth", "1990-05-01", "--sequence", "12"],
        ["resident-id", "--region", "110105", "--birth", "1949-12-31", "--sequence", "2"],
    ],
)
def test_command_generates_valid_demonstration_codes(args: list[str]) -> None:
    code, output = ids("generate", *args)
    assert code == 0
    checked, _ = ids("check", output.strip(), "--kind", args[0], "--on", "2026-03-02")
    assert checked == 0
    assert json.loads(ids("generate", *args, "--json")[1])["value"] == output.strip()


def test_command_makes_no_number_a_living_person_could_have() -> None:
    code, output = ids(
        "generate", "resident-id", "--region", "310104", "--birth", "1990-05-01", "--sequence", "12"
    )
    assert code == 2
    assert "310199" in output
    assert ids("generate", "resident-id", "--region", "310199")[0] == 2
    assert ids("generate", "credit-code", "--region", "160000")[0] == 2


def test_command_lists_the_kinds() -> None:
    code, output = ids("kinds", "--json")
    assert code == 0
    assert [result["kind"] for result in json.loads(output)["results"]] == [str(kind) for kind in Kind]
    assert "统一社会信用代码" in ids("kinds")[1]


def test_not_valid_is_a_value_error_with_the_english_sentence() -> None:
    with pytest.raises(NotValid, match="nothing was entered"):
        CreditCode.parse("")
