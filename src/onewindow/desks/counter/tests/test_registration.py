"""A number that is wrong at the window: the same page again, everything typed still there, the sentence at its field."""

from __future__ import annotations

import re

import pytest

from onewindow.desks.counter.tests.room import Desk
from onewindow.errands import sitting
from onewindow.errands.tests.scene import at_window, everything, rows_written, seated, ticket
from onewindow.foundation.people.models import Party
from onewindow.kernel import clock


def field(page: str, name: str) -> str:
    """The input of that id, as it stands in the page."""
    found = re.search(rf'<input[^>]*id="{name}"[^>]*>', page)
    assert found is not None
    return found[0]


WRONG = [
    ({"number": "91110000600037341M"}, "number", "第 18 位校验码与其余各位不符"),
    ({"kind": "person", "number": "440524188001010015"}, "number", "第 18 位校验码与其余各位不符"),
    ({"name": " "}, "name", "请填写"),
    ({"phone": "12"}, "phone", "请填写 11 位手机号"),
]


@pytest.mark.parametrize(("wrong", "at", "words"), WRONG)
def test_a_refused_applicant_comes_back_as_typed(morning: clock.Hand, wrong: dict[str, str], at: str, words: str) -> None:
    clerk, visit = seated()
    sent = {"choice": "new", "kind": "company", "name": "新来单位（演示）", "number": "11440100007483172Q", "phone": "12000000077"} | wrong
    desk = Desk(clerk, visit)
    before = everything()
    answer = desk.post("/counter/parties/", sent)
    assert (answer.status, answer.to) == (422, "")
    for name in ("name", "number", "phone"):
        typed = field(answer.text, f"new-{name}")
        assert f'value="{sent[name]}"' in typed
        assert ("autofocus" in typed, 'aria-invalid="true"' in typed, f'aria-describedby="new-{name}-wrong"' in typed) == (name == at,) * 3
    assert f'name="kind" value="{sent["kind"]}" checked' in answer.text
    assert words in answer.text[answer.text.index(f'id="new-{at}-wrong"') :][:400]
    assert answer.text.count('role="alert"') == 1
    assert '<details class="fold" id="party-new" open>' in answer.text
    assert everything() == before


def test_a_refused_visitor_comes_back_as_typed_and_is_registered_when_right(morning: clock.Hand) -> None:
    clerk, _ = at_window()
    ticket()
    sitting.call_next(by=clerk)
    desk = Desk(clerk, sitting.sit_down(by=clerk))
    sent = {"choice": "agent", "name": "演示人丁", "number": "44052418800101001", "phone": "12000000077"}
    before = everything()
    answer = desk.post("/counter/parties/", sent)
    assert answer.status == 422
    assert 'value="44052418800101001"' in field(answer.text, "agent-number") and "应为 18 位，现有 17 位" in answer.text
    assert 'value="演示人丁"' in field(answer.text, "agent-name")
    assert everything() == before
    with rows_written() as rows:
        assert desk.post("/counter/parties/", sent | {"number": "610103199003078778"}).to == "/counter/"
    assert rows == ["party.register", "visit.name"]
    assert Party.objects.filter(name="演示人丁").count() == 1


def test_in_english_it_is_said_in_english(morning: clock.Hand) -> None:
    clerk, visit = seated()
    sent = {"choice": "new", "kind": "company", "name": "New (demo)", "number": "91110000600037341M", "phone": ""}
    answer = Desk(clerk, visit, "en").post("/counter/parties/", sent)
    assert answer.status == 422
    assert "the check character at position 18 does not agree" in answer.text


def test_what_speaks_of_no_field_leads_back_as_before(morning: clock.Hand) -> None:
    clerk, visit = seated()
    desk = Desk(clerk, visit)
    before = everything()
    answer = desk.post("/counter/parties/", {"choice": "01920000-0000-7000-8000-000000000000"})
    assert (answer.status, answer.refusal) == (303, "invalid-input")
    assert everything() == before
