"""The calendar: its days and reasons, unpublished years, new notices, and refusals."""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.kernel.errors import InvalidInput
from onewindow.law.calendars import LAST_DAY, Calendar, DeclaredDay, Notice, Reason, holiday_name_en, packaged, shipped
from onewindow.law.calendars.notices import PUBLISHED
from onewindow.law.limits import Span

CN = shipped()


def notice_2027(*days: tuple[str, bool, str]) -> Notice:
    """A made-up notice for 2027, for tests only."""
    return Notice(2027, tuple(DeclaredDay(date.fromisoformat(on), off, name) for on, off, name in days))


@pytest.mark.parametrize(
    ("on", "working", "reason", "name"),
    [
        ("2026-03-02", True, Reason.WORKDAY, None),
        ("2026-03-01", False, Reason.WEEKEND, None),
        ("2026-10-01", False, Reason.HOLIDAY, "国庆节"),
        ("2026-10-03", False, Reason.HOLIDAY, "国庆节"),
        ("2026-10-10", True, Reason.ADJUSTED_WORKDAY, "国庆节"),
        ("2018-12-29", True, Reason.ADJUSTED_WORKDAY, "元旦"),
        ("2020-02-03", True, Reason.WORKDAY, None),
        ("2027-01-04", True, Reason.PRESUMED_WORKDAY, None),
        ("2027-01-02", False, Reason.PRESUMED_WEEKEND, None),
        ("2027-01-01", False, Reason.PRESUMED_HOLIDAY, "元旦"),
        ("2027-05-02", False, Reason.PRESUMED_HOLIDAY, "劳动节"),
        ("2030-10-03", False, Reason.PRESUMED_HOLIDAY, "国庆节"),
    ],
)
def test_each_day_has_its_reason(on: str, working: bool, reason: Reason, name: str | None) -> None:
    day = CN.day(date.fromisoformat(on))
    assert (day.working, day.reason, day.name) == (working, reason, name)
    assert CN.is_working(day.date) is working
    assert day.presumed == (day.date.year > 2026)


def test_days_say_why_and_by_what() -> None:
    adjusted = CN.day(date(2026, 10, 10))
    assert adjusted.zh == "国庆节调休，照常上班"
    assert adjusted.en == "worked in exchange for National Day"
    assert adjusted.article.zh == "国务院办公厅关于 2026 年部分节假日安排的通知"
    assert CN.day(date(2018, 12, 29)).notice_year == 2019
    assert CN.day(date(2026, 3, 1)).article.zh == "《国务院关于职工工作时间的规定》第七条"
    assert CN.day(date(2027, 1, 1)).article.zh.startswith("《全国年节及纪念日放假办法》第二条")
    assert holiday_name_en("国庆节、中秋节") == "National Day and Mid-Autumn Festival"


def test_packaged_calendar_covers_2015_to_2026() -> None:
    assert CN.published_years == tuple(PUBLISHED) == tuple(range(2015, 2027))
    assert CN is packaged()
    assert CN.first_day == date(2015, 1, 1)
    assert all(notice.papers for notice in CN.notices)
    assert all(
        paper.startswith(("http://www.gov.cn/", "https://www.gov.cn/"))
        for n in CN.notices
        for paper in n.papers
    )


def test_counting_agrees_with_itself() -> None:
    assert CN.working_days_in(Span(date(2026, 1, 1), date(2026, 12, 31))) == 248
    assert CN.working_days_after(date(2026, 9, 24), date(2026, 10, 29)) == 20
    assert CN.working_days_after(date(2026, 10, 29), date(2026, 9, 24)) == 0
    assert CN.plus(date(2026, 1, 1), 1) == date(2026, 1, 4)
    assert CN.next_working_day(date(2026, 10, 1)) == date(2026, 10, 8)
    assert CN.next_working_day(date(2026, 10, 8)) == date(2026, 10, 8)


def test_a_notice_makes_a_new_version_and_leaves_the_old_one_alone() -> None:
    before = CN.version
    newer = CN.with_notice(notice_2027(("2027-01-01", True, "元旦"), ("2027-01-03", False, "元旦")))
    assert CN.version == before
    assert newer.version != before
    assert newer.version.startswith("cn-2027-")
    assert newer.published_years[-1] == 2027
    assert newer.day(date(2027, 1, 3)).reason is Reason.ADJUSTED_WORKDAY
    assert newer.day(date(2027, 10, 1)).reason is Reason.WORKDAY
    assert CN.day(date(2027, 1, 3)).reason is Reason.PRESUMED_WEEKEND


def test_version_depends_on_what_is_said_not_on_who_said_it() -> None:
    first = DeclaredDay(date(2027, 1, 1), True, "元旦")
    second = DeclaredDay(date(2027, 5, 3), True, "劳动节")
    whole = CN.with_notice(Notice(2027, (first, second), ("https://www.gov.cn/",)))
    halves = CN.with_notice(Notice(2027, (second,))).with_notice(Notice(2027, (first,)))
    assert whole.version == halves.version
    assert whole.version != CN.with_notice(Notice(2027, (first,))).version
    assert CN.version == Calendar(CN.notices).version


def test_a_published_calendar_is_pinned() -> None:
    """The packaged content is what it was when this was written; a change of data must be meant."""
    assert CN.version == "cn-2026-c2269d952273"


def test_an_amendment_changes_only_the_days_it_names() -> None:
    amended = CN.with_notice(Notice(2026, (DeclaredDay(date(2026, 9, 3), True, "抗战胜利纪念日"),)))
    change = CN.changes_to(amended)
    assert change.days == (date(2026, 9, 3),)
    assert (change.before, change.after) == (CN.version, amended.version)
    assert change.touches(Span(date(2026, 8, 20), date(2026, 9, 3)))
    assert change.touches(Span(date(2026, 9, 3), date(2026, 9, 10)))
    assert not change.touches(Span(date(2026, 9, 4), date(2026, 9, 30)))
    assert not change.touches(Span(date(2026, 8, 1), date(2026, 9, 2)))
    assert CN.changes_to(CN).days == ()


def test_a_first_notice_settles_the_whole_year_and_may_reach_into_december() -> None:
    newer = CN.with_notice(notice_2027(("2026-12-31", True, "元旦"), ("2027-01-01", True, "元旦")))
    days = CN.changes_to(newer).days
    assert len(days) == 366
    assert days[0] == date(2026, 12, 31)
    assert newer.day(date(2026, 12, 31)).notice_year == 2027
    assert newer.changes_to(CN).days == days


def test_presumes_only_where_no_notice_is_published() -> None:
    assert not CN.presumes(Span(date(2026, 12, 1), date(2026, 12, 31)))
    assert CN.presumes(Span(date(2026, 12, 31), date(2027, 1, 1)))


@pytest.mark.parametrize("on", [date(2014, 12, 31), date(2100, 1, 1), date.min, date.max])
def test_days_outside_the_calendar_are_refused_in_both_languages(on: date) -> None:
    for ask in (CN.day, CN.is_working, CN.next_working_day):
        with pytest.raises(InvalidInput) as caught:
            ask(on)
        assert "超出日历范围" in caught.value.message("zh-hans")
        assert "outside the calendar" in caught.value.message("en")


def test_the_far_edge_is_refused_not_guessed() -> None:
    with pytest.raises(InvalidInput):
        CN.plus(LAST_DAY, 1)
    with pytest.raises(InvalidInput):
        CN.plus(date(2026, 1, 1), 0)
    with pytest.raises(InvalidInput):
        CN.year(2014)
    assert CN.next_working_day(LAST_DAY) == LAST_DAY  # a Thursday
    with pytest.raises(ValueError, match="at least one notice"):
        Calendar(())


def test_a_notice_is_read_from_its_published_form() -> None:
    notice = Notice.read(
        {"year": 2027, "papers": ["p"], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}
    )
    assert notice == Notice(2027, (DeclaredDay(date(2027, 1, 1), True, "元旦"),), ("p",))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "year 应为"),
        ({"year": True, "days": [1]}, "year 应为"),
        ({"year": 2027, "days": []}, "days 应为非空列表"),
        ({"year": 2027, "days": [1], "papers": "p"}, "papers 应为"),
        ({"year": 2027, "days": [1]}, "第 1 项"),
        ({"year": 2027, "days": [{"name": "元旦", "date": "2027-02-30", "isOffDay": True}]}, "第 1 项"),
        ({"year": 2027, "days": [{"name": " ", "date": "2027-02-03", "isOffDay": True}]}, "第 1 项"),
        ({"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": 1}]}, "第 1 项"),
        (
            {"year": 2027, "days": [{"name": "元旦", "date": "2026-11-30", "isOffDay": True}]},
            "不属于 2027 年",
        ),
        (
            {"year": 2027, "days": [{"name": "元旦", "date": "2028-01-01", "isOffDay": True}]},
            "不属于 2027 年",
        ),
        (
            {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}] * 2},
            "出现了两次",
        ),
    ],
)
def test_a_wrong_notice_is_refused_with_its_reason(data: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Notice.read(data)
    assert words in caught.value.message()
