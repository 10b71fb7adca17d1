"""The calendar's pages: a notice typed or read from a file, tried, published; bad input kept with its sentence."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onewindow.errands.tests.scene import accepted, rows_written, seated, signed_in
from onewindow.kernel import clock
from onewindow.law.calendars import packaged
from onewindow.spine.holidays.rules import Typed
from onewindow.spine.holidays.tests.notices import typed


@pytest.fixture
def office(morning: clock.Hand) -> Client:
    morning.moment = datetime(2027, 1, 25, 10, tzinfo=clock.LOCAL)
    return signed_in("administrator01")


def sent(notice: Typed, **other: str) -> dict[str, str]:
    fields = {"year": notice.year, "paper": notice.paper}
    for n, rest in enumerate(notice.rests, 1):
        fields |= {f"rest-{n}-name": rest.name, f"rest-{n}-first": rest.first, f"rest-{n}-last": rest.last}
    for n, work in enumerate(notice.works, 1):
        fields |= {f"work-{n}-name": work.name, f"work-{n}-on": work.on}
    return fields | other


def test_a_notice_is_tried_and_then_published(office: Client) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    with rows_written() as rows:
        tried = office.post(reverse("office-calendar-plan"), sent(typed()))
    page = tried.content.decode()
    assert (tried.status_code, rows) == (200, [])
    assert case.number in page and "1月30日" in page and f'name="upon" value="{packaged().version}"' in page
    with rows_written() as rows:
        done = office.post(reverse("office-calendar-publish"), sent(typed(), upon=packaged().version))
    assert (done.status_code, rows) == (303, ["holiday-notice.publish"])
    assert packaged().is_working(date(2027, 1, 30))
    shown = office.get(reverse("office-calendar"), {"year": "2027"}).content.decode()
    assert typed().paper in shown and 'value="2027-02-12"' in shown, "to be corrected as it stands"
    again = office.post(reverse("office-calendar-publish"), sent(typed(), upon="cn-2026-old"))
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("other", "field"),
    [({"year": "2025"}, "year"), ({"paper": ""}, "paper"), ({"rest-2-last": "2027-02-31"}, "rest-2"), ({"work-1-on": "2027-03-01"}, "work-1")],
)
def test_bad_input_stays_with_the_sentence_at_its_row(office: Client, other: dict[str, str], field: str) -> None:
    for address in ("office-calendar-plan", "office-calendar-publish"):
        with rows_written() as rows:
            answer = office.post(reverse(address), sent(typed(), **other))
        page = answer.content.decode()
        assert (answer.status_code, rows) == (422, []) and f'id="notice-{field}-wrong"' in page and 'value="2027-02-05"' in page


def test_a_file_fills_the_form_and_publishes_nothing(office: Client) -> None:
    days = [{"date": "2027-01-01", "name": "元旦", "isOffDay": True}, {"date": "2027-01-30", "name": "春节", "isOffDay": False}]
    with rows_written() as rows:
        good = office.post(reverse("office-calendar-upload"), {"file": SimpleUploadedFile("2027.json", json.dumps({"year": 2027, "days": days}).encode())})
    assert (good.status_code, rows) == (200, []) and 'value="2027-01-30"' in good.content.decode()
    for body in (b"", b"not json", b"[1]", json.dumps({"year": 2027, "days": [{"date": "x"}]}).encode(), b"[" * 50_000, b"\xff"):
        bad = office.post(reverse("office-calendar-upload"), {"file": SimpleUploadedFile("x.json", body)})
        assert bad.status_code == 422 and 'id="upload-file-wrong"' in bad.content.decode()


def test_back_from_the_dry_run_nothing_typed_is_lost(office: Client) -> None:
    page = office.post(reverse("office-calendar-edit"), sent(typed())).content.decode()
    assert 'value="2027-02-12"' in page and 'value="2027-02-20"' in page
