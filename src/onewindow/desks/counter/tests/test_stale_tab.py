"""A tab left open from the visitor before acts on nobody."""

from __future__ import annotations

import pytest
from django.test import Client

from onewindow.errands import sitting
from onewindow.errands.tests.scene import everything, seated
from onewindow.foundation.staff.models import Staff
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7

BACK = {"HTTP_REFERER": "http://testserver/counter/"}


@pytest.mark.parametrize("button", ["counter/end/", "counter/accept/", "counter/parties/", "counter/apply/food-business-licence/"])
def test_a_form_shown_for_another_visit_changes_nothing(morning: clock.Hand, button: str) -> None:
    clerk, visit = seated()
    browser = Client()
    browser.force_login(Staff.objects.get(pk=int(clerk.id)))
    before = everything()
    answer = browser.post(f"/{button}", {"visit": str(uuid7()), "choice": "self", "once": str(uuid7())}, **BACK)
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
