"""One thing at once, whatever is answered: every member is filed as it would be alone, and nobody is asked anything twice."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.foundation.catalogue.definition import demo_folder, load_district, resolve
from onewindow.foundation.catalogue.definition.bundles import Bundle, Merged, merge, split
from onewindow.foundation.catalogue.definition.model import Definition

DISTRICT = load_district(demo_folder())
ITEMS: dict[str, Definition] = {item.code: item for item in DISTRICT.items}
BUNDLES = {bundle.code: bundle for bundle in DISTRICT.bundles}


def answered(bundle: Bundle, data: st.DataObject) -> tuple[Merged, list[str]]:
    """The bundle answered to the end, question by question as a person is asked; and what was asked, in order."""
    answers: dict[str, tuple[str, ...]] = {}
    asked: list[str] = []
    while (question := (merged := merge(bundle, ITEMS, answers)).next) is not None:
        codes = [answer.code for answer in question.question.answers]
        if question.question.kind == "one":
            chosen = (data.draw(st.sampled_from(codes), question.code),)
        else:
            picked = data.draw(st.sets(st.sampled_from(codes)), question.code)
            chosen = tuple(code for code in codes if code in picked)
        asked.append(question.code)
        answers[question.code] = chosen
    return merged, asked


@pytest.mark.parametrize("code", BUNDLES)
@given(data=st.data())
def test_what_is_split_is_what_each_would_be_filed_with_alone(code: str, data: st.DataObject) -> None:
    merged, _ = answered(BUNDLES[code], data)
    values = {one.field.code: f"v:{one.field.code}" for one in merged.fields}
    filings = split(merged, values, {paper.code for paper in merged.papers})
    assert [filing.item for filing in filings] == [member.code for member in merged.needed]
    for filing in filings:
        alone = resolve(ITEMS[filing.item], filing.answers)
        comes = {one.arrival.material for one in merged.arriving_of(filing.item)}
        assert filing.form.keys() | filing.arriving >= {field.code for field in alone.fields}
        assert filing.form.keys() <= {field.code for field in alone.fields} and not filing.form.keys() & filing.arriving
        assert all(filing.form.values()), "no field of a member is left without what was filled in"
        assert filing.given == {material.code for material in alone.materials} - comes
    for one in merged.fields:
        for use in one.uses:
            filing = next(filing for filing in filings if filing.item == use.item)
            assert filing.form[use.code] == f"v:{one.field.code}"


@pytest.mark.parametrize("code", BUNDLES)
@given(data=st.data())
def test_nothing_is_asked_twice_and_no_rule_is_lost(code: str, data: st.DataObject) -> None:
    merged, asked = answered(BUNDLES[code], data)
    assert [name for name, times in Counter(asked).items() if times > 1] == []
    texts = Counter((one.question.text.zh, one.item) for one in merged.questions)
    assert max(texts.values(), default=1) == 1
    assert max(Counter(use for one in merged.fields for use in one.uses).values(), default=1) == 1
    assert max(Counter((wanted.item, wanted.material.code) for paper in merged.papers for wanted in paper.wanted).values(), default=1) == 1
    own = {(member.code, field.code): field for member in merged.needed if member.resolved for field in member.resolved.fields}
    for one in merged.fields:
        fields = [own[use] for use in one.uses]
        assert one.field.required is any(field.required for field in fields)
        assert one.field.max_length == min(field.max_length for field in fields)
        assert {field.check for field in fields if field.check} <= set(one.checks) or {
            (field.check.rule, field.check.value) for field in fields if field.check
        } == {(check.rule, check.value) for check in one.checks}


@pytest.mark.parametrize("code", BUNDLES)
@given(data=st.data())
def test_each_comes_after_those_it_rests_on(code: str, data: st.DataObject) -> None:
    merged, _ = answered(BUNDLES[code], data)
    place = {member.code: n for n, member in enumerate(merged.needed)}
    for member in BUNDLES[code].members:
        assert all(place[before] < place[member.code] for before in member.after if before in place and member.code in place)
    for one in merged.arriving:
        assert place[one.arrival.giver] < place[one.arrival.item]
