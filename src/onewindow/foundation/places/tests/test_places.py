"""Sites, halls, windows: a clerk sits at one window, a window has one clerk."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from onewindow.errands.tests.scene import SITE, at_once, everything, newest, nobody, refused, rows_written, staff
from onewindow.foundation.places.actions import (
    HallPlan,
    amend_site,
    close_window,
    establish_site,
    open_window,
    record_former_windows,
)
from onewindow.foundation.places.models import Hall, Window
from onewindow.foundation.places.queries import (
    every_hall,
    former_windows,
    hall,
    halls,
    home_site,
    site,
    sites,
    window_of,
    windows,
)
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, NotPermitted, StateConflict, WrongState
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
        halls=[
            HallPlan("A", Words("大厅", "Hall"), [("A01", 1), ("A02", 2)]),
            HallPlan("C", Words("自助厅", "Self-service hall"), purpose="self-service", workstations=3),
        ],
    )  # fmt: skip


def test_a_site_is_established_with_halls_and_windows(morning: clock.Hand) -> None:
    with rows_written() as rows:
        establish(staff("administrator01"))
    assert rows == ["site.establish", "window.install", "window.install"]
    assert [h.code for h in halls("street")] == ["A"]
    assert [(h.code, h.purpose, h.workstations) for h in every_hall("street")] == [("A", "windows", 0), ("C", "self-service", 3)]
    assert site("street").kind == "centre"
    assert [(w.code, w.number, w.state, w.site) for w in windows("street")] == [("A01", 1, "closed", "street"), ("A02", 2, "closed", "street")]
    assert site("street").region == "310104"
    assert windows("street")[0].words == ("1号窗口", "Window 1")


def test_a_site_changes_its_name_and_address(morning: clock.Hand) -> None:
    standing = site(SITE)
    name, address = Words("一窗中心（演示）", "One Window Centre (demo)"), Words(standing.address_zh, standing.address_en)
    with rows_written() as rows:
        amend_site(by=staff("administrator01"), site_id=standing.pk, name=name, address=address)
    assert (rows, site(SITE).words, site(SITE).code, site(SITE).region) == (["site.amend"], name, SITE, standing.region)
    assert newest(standing).facts == {"changed": ["name_en", "name_zh"]}
    before = everything()
    amend_site(by=staff("administrator01"), site_id=standing.pk, name=Words(f" {name.zh}", name.en), address=address)
    assert everything() == before


def test_a_site_s_name_is_neither_empty_nor_endless_nor_anybody_s_to_change(morning: clock.Hand) -> None:
    standing = site(SITE)
    kept = Words(standing.address_zh, standing.address_en)
    for name, reason in ((Words("", "x"), "请填写中文和英文"), (Words("中", " "), "请填写中文和英文"), (Words("中" * 81, "x"), "最多 80 个字")):
        with refused(InvalidInput) as no:
            amend_site(by=staff("administrator01"), site_id=standing.pk, name=name, address=kept)
        assert (no.value.details["field"], no.value.details["reason_zh"]) == ("中心名称", reason)
    with refused(InvalidInput) as no:
        amend_site(by=staff("administrator01"), site_id=standing.pk, name=standing.words, address=Words("", ""))
    assert no.value.details["field"] == "中心地址"
    for username in ("clerk01", "manager01"):
        with refused(NotPermitted):
            amend_site(by=staff(username), site_id=standing.pk, name=standing.words, address=kept)
    with refused(NotFound):
        amend_site(by=staff("administrator01"), site_id=10**12, name=standing.words, address=kept)


def test_the_district_has_eighteen_and_six_windows(db: None) -> None:
    assert [w.code for w in windows(SITE, "A")] == [f"A{n:02d}" for n in range(1, 19)]
    assert [w.code for w in windows(SITE, "B")] == [f"B{n:02d}" for n in range(1, 7)]
    assert [h.code for h in halls(SITE)] == ["A", "B"]
    assert Window.objects.count() == 24


def test_the_district_has_five_halls_and_only_two_of_them_have_a_queue(db: None) -> None:
    assert {h.code: (h.purpose, h.workstations) for h in every_hall(SITE)} == {
        "A": ("windows", 0), "B": ("windows", 0), "C": ("self-service", 24), "D": ("grid", 0), "E": ("laboratory", 0),
    }  # fmt: skip
    for code in ("C", "D", "E"):
        with pytest.raises(NotFound):
            hall(SITE, code)
    assert Hall.objects.exclude(place__code=SITE).count() == 0


def test_thirteen_streets_and_towns_have_a_centre_and_the_home_site_is_none_of_them(db: None) -> None:
    communities = sites("community")
    assert len(communities) == 13
    assert {s.region for s in communities} == {"310104"} and all(len(s.code) == 9 and s.code.startswith("310104") for s in communities)
    assert sum("街道" in s.name_zh for s in communities) == 12 and sum("镇" in s.name_zh for s in communities) == 1
    assert "310104501" not in {s.code for s in communities}
    home = home_site()
    assert home is not None and (home.code, home.kind) == (SITE, "centre")
    assert sites()[0] == home and len(sites()) == 14


def test_the_home_site_is_the_first_centre_whatever_was_set_up_before_it(morning: clock.Hand) -> None:
    by = staff("administrator01")
    nowhere = Words("", "")
    establish_site(by=by, code="310104999", name=Words("街", "Street"), region="310104", address=nowhere, halls=(), kind="community")
    establish(by)
    assert [s.code for s in sites("centre")] == [SITE, "street"]
    assert sites()[0].code == SITE


def test_eighty_three_former_windows_of_twenty_nine_departments(db: None) -> None:
    former = former_windows(SITE)
    assert (sum(former.values()), len(former)) == (83, 29)
    assert former_windows("310104003") == {}


def test_former_windows_are_recorded_anew_as_a_whole_and_only_when_they_differ(morning: clock.Hand) -> None:
    by, standing = staff("administrator01"), site(SITE)
    with rows_written() as rows:
        record_former_windows(by=by, site_id=standing.pk, windows={"market": 7, "health": 2})
    assert (rows, former_windows(SITE)) == (["site.recount"], {"health": 2, "market": 7})
    assert newest(site(SITE)).facts == {"windows": {"health": 2, "market": 7}}
    before = everything()
    record_former_windows(by=by, site_id=standing.pk, windows={"health": 2, "market": 7})
    assert everything() == before


def test_former_windows_that_cannot_be_are_refused(morning: clock.Hand) -> None:
    by, standing = staff("administrator01"), site(SITE)
    with refused(InvalidInput):
        record_former_windows(by=by, site_id=standing.pk, windows={"market": 0})
    with refused(NotFound):
        record_former_windows(by=by, site_id=standing.pk, windows={"market": 1, "weather-witches": 1})
    with refused(NotFound):
        record_former_windows(by=by, site_id=10**12, windows={"market": 1})
    with refused(NotPermitted):
        record_former_windows(by=staff("manager01"), site_id=standing.pk, windows={"market": 1})


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
