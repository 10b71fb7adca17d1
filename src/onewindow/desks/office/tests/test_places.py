"""The places on the screen: windows out of service and back, one more, other names, other hours; bad input kept."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.errands.tests.scene import SITE, at_window, newest, refused, rows_written, signed_in, staff
from onewindow.foundation.places.actions import install_window, open_window, pause_window, set_hours
from onewindow.foundation.places.models import OpeningHours, Window
from onewindow.foundation.places.queries import hall, site, stated_hours, week_of, windows
from onewindow.foundation.places.rules import USUAL, Hours
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotPermitted, WindowOut, WindowTaken

ADMINISTRATOR = "administrator01"


@pytest.fixture
def office(morning: clock.Hand) -> Client:
    return signed_in(ADMINISTRATOR)


def test_a_window_is_paused_and_put_back(office: Client) -> None:
    window = windows(SITE, "A")[3]
    with rows_written() as rows:
        assert office.post(reverse("office-window-pause", args=[window.uuid]), {"reason": "repair"}).status_code == 303
    window.refresh_from_db()
    assert (rows, window.state, newest(window).facts) == (["window.pause"], "out", {"window": "A04", "reason": "repair"})
    clerk = staff("clerk01")
    with refused(WindowOut) as no:
        open_window(by=clerk, window_id=window.pk, staff_id=int(clerk.id))
    assert no.value.details["why"] == "设备报修"
    with rows_written() as rows:
        assert office.post(reverse("office-window-resume", args=[window.uuid])).status_code == 303
    assert rows == ["window.resume"]
    open_window(by=clerk, window_id=window.pk, staff_id=int(clerk.id))


def test_a_window_closed_for_today_is_as_any_other_tomorrow(morning: clock.Hand) -> None:
    window, clerk = windows(SITE, "A")[3], staff("clerk01")
    pause_window(by=staff(ADMINISTRATOR), window_id=window.pk, reason="today")
    with refused(WindowOut):
        open_window(by=clerk, window_id=window.pk, staff_id=int(clerk.id))
    morning.forward(days=1)
    open_window(by=clerk, window_id=window.pk, staff_id=int(clerk.id))
    window.refresh_from_db()
    assert (window.state, window.out_because, window.out_on) == ("open", "", None)


def test_nobody_is_put_out_of_their_window(office: Client) -> None:
    _, window = at_window()
    with refused(WindowTaken):
        pause_window(by=staff(ADMINISTRATOR), window_id=window.pk, reason="repair")
    answer = office.post(reverse("office-window-pause", args=[window.uuid]), {"reason": "repair"})
    assert answer.status_code == 409
    other = windows(SITE, "A")[5]
    wrong = office.post(reverse("office-window-pause", args=[other.uuid]), {"reason": "whim"})
    assert wrong.status_code == 422 and f'id="window-{other.code}-reason-wrong"' in wrong.content.decode()


def test_one_more_window_with_a_number_of_its_own(office: Client) -> None:
    with rows_written() as rows:
        assert office.post(reverse("office-window-new", args=["A"]), {"number": "19"}).status_code == 303
    assert rows == ["window.install"] and Window.objects.get(code="A19").number == 19
    for number in ("19", "0", "100", "ten", ""):
        wrong = office.post(reverse("office-window-new", args=["A"]), {"number": number})
        assert wrong.status_code == 422 and 'id="new-A-number-wrong"' in wrong.content.decode()
    assert office.post(reverse("office-window-new", args=["C"]), {"number": "1"}).status_code == 404, "no windows there"
    with refused(InvalidInput):
        install_window(by=staff(ADMINISTRATOR), hall=hall(SITE, "A"), number=1)


def test_the_district_came_with_its_hours_and_they_are_changed_here(office: Client) -> None:
    assert stated_hours(SITE) == {"": dict(USUAL)}
    week = {f"day-{n}-{end}": "" for n in range(1, 8) for end in ("opens", "closes")}
    week |= {"day-1-opens": "09:00", "day-1-closes": "17:00", "day-6-opens": "09:00", "day-6-closes": "12:00"}
    with rows_written() as rows:
        assert office.post(reverse("office-site-hours"), week).status_code == 303
        assert office.post(reverse("office-site-hours"), week).status_code == 303, "the same again changes nothing"
    assert rows == ["site.reschedule"]
    assert newest(site(SITE)).facts == {"hall": "", "week": {"1": "09:00–17:00", "6": "09:00–12:00"}}
    assert week_of(SITE, "A") == {1: Hours.read("09:00-17:00"), 6: Hours.read("09:00-12:00")}
    office.post(reverse("office-hall-hours", args=["A"]), week | {"day-1-closes": "20:00"})
    assert (week_of(SITE, "A")[1], week_of(SITE, "B")[1]) == (Hours.read("09:00-20:00"), Hours.read("09:00-17:00"))
    office.post(reverse("office-hall-hours", args=["A"]), dict.fromkeys(week, ""))
    assert week_of(SITE, "A") == week_of(SITE, "B") and OpeningHours.objects.filter(hall__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("other", "field"),
    [({"day-2-opens": "09:00"}, "day-2"), ({"day-3-opens": "17:00", "day-3-closes": "09:00"}, "day-3"), ({"day-4-opens": "soon", "day-4-closes": "x"}, "day-4")],
)
def test_hours_that_cannot_be_stay_in_the_form(office: Client, other: dict[str, str], field: str) -> None:
    week = {f"day-{n}-{end}": "" for n in range(1, 8) for end in ("opens", "closes")} | {"day-1-opens": "09:00", "day-1-closes": "17:00"}
    with rows_written() as rows:
        answer = office.post(reverse("office-site-hours"), week | other)
    page = answer.content.decode()
    assert (answer.status_code, rows) == (422, []) and f'id="hours-{field}-wrong"' in page and 'value="09:00"' in page
    assert office.post(reverse("office-site-hours"), dict.fromkeys(week, "")).status_code == 422, "never open"


def test_names_are_changed_and_the_letters_stay(office: Client) -> None:
    with rows_written() as rows:
        office.post(reverse("office-hall-name", args=["B"]), {"name_zh": "个人大厅", "name_en": "Personal hall"})
        office.post(reverse("office-site-name"), {"name_zh": "新名（演示）", "name_en": "New (demo)", "address_zh": "路（演示）", "address_en": "Road (demo)"})
    assert rows == ["site.rename-hall", "site.amend"] and hall(SITE, "B").words == ("个人大厅", "Personal hall")
    wrong = office.post(reverse("office-hall-name", args=["B"]), {"name_zh": "", "name_en": "Kept"})
    assert wrong.status_code == 422 and 'id="hall-B-name-wrong"' in wrong.content.decode() and 'value="Kept"' in wrong.content.decode()
    assert office.post(reverse("office-hall-name", args=["Z"]), {"name_zh": "x", "name_en": "x"}).status_code == 404
    wrong = office.post(reverse("office-site-name"), {"name_zh": "", "name_en": "x", "address_zh": "x", "address_en": "x"})
    assert wrong.status_code == 422 and 'id="site-site-name-wrong"' in wrong.content.decode()


def test_the_page_lists_the_streets_by_their_codes(office: Client) -> None:
    page = office.get(reverse("office-places")).content.decode()
    assert page.count("社区事务受理服务中心</li>") == 13 and "310104003" in page


def test_only_who_sets_up_places_may(morning: clock.Hand) -> None:
    for username in ("clerk01", "manager01"):
        with refused(NotPermitted):
            set_hours(by=staff(username), site_id=site(SITE).pk, hall="", week=USUAL)
        with refused(NotPermitted):
            pause_window(by=staff(username), window_id=windows(SITE)[0].pk, reason="repair")
        with refused(NotPermitted):
            install_window(by=staff(username), hall=hall(SITE, "A"), number=30)
