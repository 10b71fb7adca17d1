"""What is on record is filled in without being shown: masked on the screen, in clear in the form that is filed."""

from __future__ import annotations

import re

import pytest

from onewindow.desks.counter.tests.room import Desk, form
from onewindow.errands.prefill import as_known, shown_of
from onewindow.errands.tests.scene import FOOD, application, everything, seated
from onewindow.foundation.catalogue.definition import resolve
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel import clock
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.queries import form_of

APPLY = f"/counter/apply/{FOOD}/"
CLEAR = {"agent-id-number": "440524188001010014", "agent-phone": "12000000002", "phone": "12000000011"}
SHOWN = {"agent-id-number": "440***********0014", "agent-phone": "120****0002", "phone": "120****0011"}


@pytest.fixture
def desk(morning: clock.Hand) -> Desk:
    return Desk(*seated())


def answers() -> dict[str, object]:
    return {name: value for name, value in form().items() if name.startswith("answers.")}


def test_the_form_shows_numbers_and_phones_masked_and_says_that_they_are_known(desk: Desk) -> None:
    page = desk.post(APPLY, answers()).text
    for code, shown in SHOWN.items():
        found = re.search(rf'<input[^>]*name="form.{code}" value="([^"]*)"[^>]*aria-describedby="[^"]*k-{code}', page, re.DOTALL)
        assert found is not None and found[1] == shown
    assert not [value for value in CLEAR.values() if value in page]
    assert 'name="form.credit-code" value="91110000600037341L"' in page  # public
    assert page.count("已登记，收件时自动填入") == 3


def test_left_as_shown_the_form_on_file_has_what_is_on_record(desk: Desk) -> None:
    sent = form() | {f"form.{code}": shown for code, shown in SHOWN.items()}
    assert "/counter/case/" in desk.post(APPLY, sent).to
    on_file = form_of(Case.objects.get())
    assert {code: on_file[code] for code in CLEAR} == CLEAR


def test_typed_anew_the_form_on_file_has_what_was_typed(desk: Desk) -> None:
    sent = form(agent_id_number="11010519491231002X", agent_phone="12000000088", phone="010-66668888")
    desk.post(APPLY, sent)
    on_file = form_of(Case.objects.get())
    assert {code: on_file[code] for code in CLEAR} == {
        "agent-id-number": "11010519491231002X", "agent-phone": "12000000088", "phone": "010-66668888",
    }  # fmt: skip


@pytest.mark.parametrize(("code", "value"), [("agent-id-number", "110***********002X"), ("agent-phone", "139****0002"), ("phone", "****")])
def test_a_mask_of_somebody_else_is_no_number(desk: Desk, code: str, value: str) -> None:
    before = everything()
    answer = desk.post(APPLY, form() | {f"form.{name}": shown for name, shown in SHOWN.items()} | {f"form.{code}": value})
    assert answer.status == 422
    assert f'id="w-{code}"' in answer.text and f'value="{value}"' in answer.text
    assert not [clear for clear in CLEAR.values() if clear in answer.text]  # a refusal shows no more than the page before
    assert everything() == before


def test_what_is_not_known_is_empty_and_stands_for_itself(morning: clock.Hand) -> None:
    _, visit = seated()
    fields = resolve(published(FOOD).definition, application().answers).fields
    visit.agent = None
    shown = shown_of(visit, fields)
    assert shown["agent-id-number"] == shown["agent-phone"] == shown["residence"] == ""
    assert as_known(visit, fields, {"agent-phone": "", "name": "x", "phone": "120****0011"}) == {"agent-phone": "", "name": "x", "phone": "12000000011"}
