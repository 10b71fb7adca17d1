"""Every item is what is expected of it: its limits and their articles, what each situation needs, forms that refuse, and who is there for it."""

from __future__ import annotations

import pytest

from onewindow.foundation.catalogue.definition import next_question, resolve
from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.foundation.catalogue.definition.tests.items import (
    CODES,
    FOLDER,
    LICENSING_LAW,
    TODAY,
    Given,
    NotNeeded,
    Refused,
    Situation,
    basis,
    district,
    expected,
    filled,
    item,
    laws,
    named,
    outcomes,
    written,
)
from onewindow.kernel.errors import InvalidInput

FILES = sorted(path.stem for path in FOLDER.glob("*.toml"))
SITUATIONS = [(code, one) for code in FILES for one in expected(code).situations]
NOT_NEEDED = [(code, one) for code in FILES for one in expected(code).not_needed]
FORMS = [(code, one) for code, one in SITUATIONS if one.filled is not None]
REFUSED = [(code, one, refused) for code, one in SITUATIONS for refused in one.refused]

every_item = pytest.mark.parametrize("code", CODES)


def name(value: object) -> str | None:
    """How a case is called in a report: by the answers or the values given."""
    given: dict[str, str] | Given
    match value:
        case Situation() | NotNeeded():
            given = value.answers
        case Refused():
            given = value.given
        case _:
            return None
    return ".".join(one if isinstance(one, str) else "+".join(one) for one in given.values())


def test_every_item_has_its_expectations_and_no_expectation_is_left_over() -> None:
    assert FILES == CODES


@every_item
def test_expectations_say_enough(code: str) -> None:
    """Some situation with its materials, some form with a value refused, and everybody who needs no such item."""
    said = expected(code)
    assert any(one.materials for one in said.situations)
    assert any(one.refused for one in said.situations)
    assert all(one.filled is not None for one in said.situations if one.refused)
    assert all(one.model_fields_set > {"answers"} for one in said.situations)
    assert {f"/limits/{limit}/n" for limit in said.limits} | {"/fees/charged"} <= said.sources.keys()
    assert ("/result/validity/n" in said.sources) == (said.validity is not None)
    stops = {
        (question.code, answer.code) for question in item(code).questions for answer in question.answers if answer.not_needed
    }
    assert stops <= {pair for one in said.not_needed for pair in one.answers.items() if isinstance(pair[1], str)}


# --- facts and limits -------------------------------------------------------------------------------


@every_item
def test_limits_are_those_of_the_items_own_law(code: str) -> None:
    limits = item(code).limits
    found = {name: written(limit) for name, limit in limits if isinstance(limit, Limit)}
    assert found == expected(code).limits


@every_item
def test_facts_rest_on_these_articles(code: str) -> None:
    said = expected(code).sources
    assert {address: basis(code, address) for address in said} == said


@every_item
def test_facts_are_as_expected(code: str) -> None:
    definition, said = item(code), expected(code)
    assert (definition.item_type, definition.basic_code[2:4], definition.department.code) == (
        said.type,
        said.type,
        said.department,
    )
    assert (definition.service.hall, definition.service.city_wide, definition.level) == (said.hall, said.city_wide, "4")
    assert (definition.handling_type == "1", definition.fees.charged) == (said.on_the_spot, said.charged)
    result = definition.result
    assert (result.kind, written(result.validity), written(result.recheck)) == (said.result, said.validity, said.recheck)
    assert [step.staff for step in definition.steps if step.kind == "site-visit"] == said.visits


@every_item
def test_the_basis_is_the_items_own_law_and_only_permits_rest_on_the_licensing_law(code: str) -> None:
    assert [named(source) for source in item(code).basis] == expected(code).basis
    assert (LICENSING_LAW in laws(code)) == (item(code).item_type == "01")


@every_item
def test_the_promise_is_shorter_than_the_law_and_long_enough_for_the_steps(code: str) -> None:
    limits, steps = item(code).limits, [step for step in item(code).steps if step.kind != "issuing"]
    if (share := expected(code).shortened_by) is not None:
        assert limits.promised.unit == "working-day"
        in_working_days = {"working-day": 1.0, "calendar-day": 5 / 7, "month": 21.0}[limits.statutory.unit] * limits.statutory.n
        assert limits.promised.n <= (100 - share) / 100 * in_working_days
    side_by_side = {step.order: max(other.days for other in steps if other.order == step.order) for step in steps}
    assert sum(side_by_side.values()) <= limits.promised.n


@every_item
def test_what_is_done_on_the_spot_is_decided_at_once_and_has_no_days(code: str) -> None:
    definition = item(code)
    assert (definition.handling_type == "1") == (definition.limits.promised.n == 0)
    if definition.handling_type == "1":
        assert [(step.code, step.days) for step in definition.steps[:1]] == [("decision", 0)]
        assert [step.kind for step in definition.steps] == ["decision", "issuing"]


@every_item
def test_remedies_have_the_times_of_their_laws(code: str) -> None:
    """行政复议法 20, 行政诉讼法 46."""
    remedies = item(code).remedies
    assert (written(remedies.reconsideration.within), written(remedies.lawsuit.within)) == ("60 calendar-day", "6 month")


# --- situations -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "situation"), SITUATIONS, ids=name)
def test_a_situation_needs_exactly_this(code: str, situation: Situation) -> None:
    resolved = resolve(item(code), situation.answers)
    assert resolved.not_needed is None
    found: dict[str, object] = {
        "materials": [material.code for material in resolved.materials],
        "steps": [step.code for step in resolved.steps],
        "fields": [field.code for field in resolved.fields],
        "fees": {fee.code: fee.amount for fee in resolved.fees},
    }
    assert {part: found[part] for part in found.keys() & situation.model_fields_set} == situation.model_dump(
        include=set(found), exclude_unset=True
    )


@pytest.mark.parametrize(("code", "said"), NOT_NEEDED, ids=name)
def test_who_needs_no_such_item_is_told_why(code: str, said: NotNeeded) -> None:
    resolved = resolve(item(code), said.answers)
    assert resolved.not_needed is not None
    assert resolved.not_needed.zh.startswith(said.begins)
    assert (resolved.materials, resolved.form, resolved.steps) == ((), (), ())


@every_item
def test_in_every_situation_a_matching_point_finds_its_field_and_somebody_decides(code: str) -> None:
    for answers, resolved in outcomes(code):
        assert next_question(item(code), answers) is None
        if resolved.not_needed:
            continue
        fields = {field.code for field in resolved.fields}
        assert {point.field for m in resolved.materials for point in m.acceptance_points if point.field} <= fields
        assert [step.kind for step in resolved.steps].count("decision") == 1
        assert resolved.steps[0].order == 1


@every_item
def test_what_applicants_write_themselves_has_a_sample(code: str) -> None:
    written_by_them = [material for material in item(code).materials if material.kind == "2"]
    assert written_by_them
    assert [material.code for material in written_by_them if not material.specimen] == []
    samples = [material.specimen for material in item(code).materials if material.specimen]
    assert all(any(line.point for line in sample.lines) for sample in samples)
    assert all(line.wrong is None or line.point for sample in samples for line in sample.lines)


@every_item
def test_the_guide_answers_what_people_ask(code: str) -> None:
    definition = item(code)
    assert 2 <= len(definition.faq) <= 4
    assert definition.enquiries and definition.complaints
    assert (definition.service.on_site_reason is not None) == (definition.service.visits > 0)
    assert any(material.filling for material in definition.materials) and not [
        material.code for material in definition.materials if material.kind == "2" and material.paper_size != "A4"
    ]


@every_item
def test_special_procedures_are_those_the_steps_and_limits_have(code: str) -> None:
    definition = item(code)
    held = {step.kind for step in definition.steps if step.kind in ("hearing", "expert-review")}
    if definition.item_type != "01" or code == "teacher-qualification":  # an interview is none of those of 行政许可法 art. 45
        held.clear()
    assert set(definition.special_procedures) == held | ({"extension"} if definition.limits.extension else set())


@every_item
def test_nobody_is_asked_too_much(code: str) -> None:
    assert len(item(code).questions) <= expected(code).questions
    assert all(len(question.answers) <= 6 for question in item(code).questions if question.kind == "many")


# --- forms ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "situation"), FORMS, ids=name)
def test_a_form_well_filled_in_stands(code: str, situation: Situation) -> None:
    form = filled(code, situation.answers, situation.filled or {})
    assert set(form) == {field.code for field in resolve(item(code), situation.answers).fields}
    assert (situation.filled or {}).keys() <= form.keys()


@pytest.mark.parametrize(("code", "situation", "refused"), REFUSED, ids=name)
def test_a_wrong_value_is_refused_with_its_message(code: str, situation: Situation, refused: Refused) -> None:
    with pytest.raises(InvalidInput) as raised:
        filled(code, situation.answers, (situation.filled or {}) | refused.given)
    assert refused.message in str(raised.value.details)


# --- the people around them ---------------------------------------------------------------------------


@every_item
def test_somebody_accepts_at_least_two_may_decide_and_a_head_may_extend(code: str) -> None:
    said, department = expected(code), item(code).department.code
    approvers = [one for one in district().staff if "approver" in one.roles and one.department == department]
    assert len(approvers) >= 2
    assert any(one.head for one in approvers) == said.head
    assert said.head or item(code).limits.extension is None
    own = [one for one in district().authorisations if one.department == department]
    may = [
        clerk
        for clerk in ("clerk01", "clerk07")
        if any(one.covers(item=code, clerk=clerk, scope="accept", on=TODAY) for one in own)
    ]
    assert may == said.clerks


@every_item
def test_the_register_lists_it_as_it_is(code: str) -> None:
    definition, said = item(code), expected(code).in_register
    hall = {"A": "company", "B": "person"}[definition.service.hall]
    line = (said.type or definition.item_type, definition.department.code, hall, definition.service.city_wide, True)
    found = [
        (one.type, one.department, one.serves, one.city_wide, one.entered) for one in district().register if one.item == code
    ]
    assert found == [line] * said.lines
