"""Sites, halls, windows: a clerk sits at one window, a window has one clerk."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from onewindow.errands.tests.scene import SITE, at_once, newest, nobody, refused, rows_written, staff
from onewindow.foundation.places.actions import close_window, establish_site, open_window
from onewindow.foundation.places.models import Hall, Window
from onewindow.foundation.places.queries import hall, halls, site, window_of, windows
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound, NotPermitted, StateConflict, WrongState
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words


def open_for(username: str, place: int) -> Window:
    clerk, window = staff(username), windows(SITE)[place]
    open_window(by=clerk, window_id=window.pk, staff_id=int(clerk.id))
    window.refresh_from_db()
    return window


def establish(by: Actor) -> None:
    establish_site(
        by=by, code="street", name=Words("街道中心", "Street centre"), region="310104", address=Words("路", "Road"),
        halls=[("A", Words("大厅", "Hall"), [("A01", 1), ("A02", 2)]), ("B", Words("侧厅", "Side hall"), [])],
    )  # fmt: skip


def test_a_site_is_established_with_halls_and_windows(morning: clock.Hand) -> None:
    with rows_written() as rows:
        establish(staff("administrator01"))
    assert rows == ["site.establish", "window.install", "window.install"]
    assert [h.code for h in halls("street")] == ["A", "B"]
    assert [(w.code, w.number, w.state, w.site) for w in windows("street")] == [("A01", 1, "closed", "street"), ("A02", 2, "closed", "street")]
    assert site("street").region == "310104"
    assert windows("street")[0].words == ("1号窗口", "Window 1")


def test_the_district_has_eighteen_and_six_windows(db: None) -> None:
    assert [w.code for w in windows(SITE, "A")] == [f"A{n:02d}" for n in range(1, 19)]
    assert [w.code for w in windows(SITE, "B")] == [f"B{n:02d}" for n in range(1, 7)]
    assert Hall.objects.filter(place__code=SITE).count() == 2


def test_nobody_else_establishes_or_opens(morning: clock.Hand) -> None:
    for username in ("clerk01", "manager01", "market01"):
        with refused(NotPermitted):
            establish(staff(username))
    window = windows(SITE)[0]
    for actor in (nobody(), staff("market01"), staff("manager01")):
        with refused(NotPermitted):
            open_window(by=actor, window_id=window.pk, staff_id=int(actor.id))


def test_a_clerk_opens_a_window_and_leaves_it(morning: clock.Hand) -> None:
    clerk = staff("clerk01")
    with rows_written() as rows:
        window = open_for("clerk01", 0)
    assert (rows, window.state, window.clerk_id) == (["window.open"], "open", int(clerk.id))
    assert newest(window).facts == {"staff": int(clerk.id), "window": "A01"}
    found = window_of(int(clerk.id))
    assert found is not None and found.pk == window.pk
    close_window(by=clerk, window_id=window.pk)
    window.refresh_from_db()
    assert (window.state, window.clerk_id, window_of(int(clerk.id))) == ("closed", None, None)
    assert newest(window).facts == {"staff": int(clerk.id), "window": "A01"}


def test_who_sits_down_elsewhere_has_left_the_former_window(morning: clock.Hand) -> None:
    first = open_for("clerk01", 0)
    with rows_written() as rows:
        second = open_for("clerk01", 1)
    assert rows == ["window.close", "window.open"]
    first.refresh_from_db()
    assert (first.state, first.clerk_id, second.state) == ("closed", None, "open")


def test_an_occupied_window_cannot_be_opened_by_another(morning: clock.Hand) -> None:
    open_for("clerk01", 0)
    own = open_for("clerk02", 1)
    with refused(WrongState):
        open_for("clerk02", 0)
    own.refresh_from_db()
    assert own.state == "open"


def test_two_clerks_who_reach_for_one_window_at_once(fresh_database: str, morning: clock.Hand) -> None:
    outcomes = at_once([partial(open_for, f"clerk{n:02d}", 0) for n in range(1, 7)])
    winners = [outcome for outcome in outcomes if isinstance(outcome, Window)]
    assert len(winners) == 1 and {type(o) for o in outcomes if o not in winners} == {WrongState}
    assert Window.objects.filter(state="open").count() == 1


def test_one_clerk_who_reaches_for_six_windows_at_once_has_one(fresh_database: str, morning: clock.Hand) -> None:
    clerk = staff("clerk01")
    outcomes = at_once([partial(open_for, "clerk01", n) for n in range(6)])
    assert {type(outcome) for outcome in outcomes} <= {Window, StateConflict, WrongState}, outcomes
    assert Window.objects.filter(clerk_id=int(clerk.id)).count() == 1
    assert Window.objects.filter(state="open").count() == 1


def test_the_database_refuses_an_open_window_without_a_clerk(morning: clock.Hand) -> None:
    window = open_for("clerk01", 0)
    with pytest.raises(IntegrityError, match="places_open_window_has_a_clerk"), transaction.atomic():
        Window.objects.filter(pk=window.pk).update(clerk=None)


def test_what_is_not_there_is_not_found(db: None) -> None:
    with pytest.raises(NotFound):
        site("nowhere")
    with pytest.raises(NotFound):
        hall(SITE, "Z")
    assert (list(halls("nowhere")), list(windows("nowhere"))) == ([], [])
