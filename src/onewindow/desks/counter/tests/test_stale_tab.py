"""A tab left open from the visitor before acts on nobody."""

from __future__ import annotations

import pytest
from django.test import Client

from onewindow.errands import sitting
from onewindow.errands.tests.scene import TAIL, at_window, everything, seated, ticket
from onewindow.foundation.staff.models import Staff
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7

FORMS = [
    "counter/end/", "counter/accept/", "counter/parties/", "counter/verify/", "counter/apply/food-business-licence/",
]  # fmt: skip
BACK = {"HTTP_REFERER": "http://testserver/counter/"}


@pytest.mark.parametrize("named", [{"visit": str(uuid7())}, {"visit": ""}, {}], ids=["another", "empty", "nobody"])
@pytest.mark.parametrize("button", FORMS)
def test_a_form_shown_for_another_visit_or_for_nobody_changes_nothing(morning: clock.Hand, button: str, named: dict[str, str]) -> None:
    clerk, visit = seated()
    browser = Client()
    browser.force_login(Staff.objects.get(pk=int(clerk.id)))
    before = everything()
    answer = browser.post(f"/{button}", named | {"choice": "self", "once": str(uuid7()), "tail": TAIL}, **BACK)
    assert (answer.status_code, answer.headers["X-Refusal"]) == (303, "conflict")
    assert everything() == before
    visit.refresh_from_db()
    assert visit.state == "open"


def test_the_form_of_this_visit_ends_it(morning: clock.Hand) -> None:
    clerk, visit = seated()
    browser = Client()
    browser.force_login(Staff.objects.get(pk=int(clerk.id)))
    answer = browser.post("/counter/end/", {"visit": str(visit.uuid)}, **BACK)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/counter/")
    visit.refresh_from_db()
    assert visit.state == "closed"
    assert sitting.my_window(clerk).pk == visit.window_id


@pytest.mark.parametrize("button", ["sit", "recall", "miss"])
@pytest.mark.parametrize("named", [{"ticket": str(uuid7())}, {}], ids=["another", "nobody"])
def test_a_button_shown_for_another_ticket_or_for_none_changes_nothing(morning: clock.Hand, button: str, named: dict[str, str]) -> None:
    clerk, _ = at_window()
    ticket()
    sitting.call_next(by=clerk)
    browser = Client()
    browser.force_login(Staff.objects.get(pk=int(clerk.id)))
    before = everything()
    answer = browser.post(f"/counter/{button}/", named, **BACK)
    assert (answer.status_code, answer.headers["X-Refusal"]) == (303, "conflict")
    assert everything() == before
