"""工作日历: which years are published, and a coming year's notice: typed or read from a file, tried, then published."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff, takes_files
from onewindow.desks.office.forms import Refused, as_sent
from onewindow.desks.onwards import to
from onewindow.errands.holidays import publish_notice
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, Refusal
from onewindow.kernel.words import Words
from onewindow.law.calendars import Notice, packaged
from onewindow.spine.holidays import queries
from onewindow.spine.holidays.policies import PUBLISH
from onewindow.spine.holidays.rules import FILE, PAPER, ROWS, YEAR, Rest, Typed, Work, as_typed, holiday_row, read, work_row

_LARGEST = 100_000  # bytes: a year's notice is some three thousand
_FIELDS: dict[str, Words] = {
    "year": YEAR, "paper": PAPER, "file": FILE, **{f"rest-{n}": holiday_row(n) for n in range(1, ROWS + 1)},
    **{f"work-{n}": work_row(n) for n in range(1, ROWS + 1)},
}  # fmt: skip


@staff(PUBLISH)
def calendar(request: StaffRequest) -> HttpResponse:
    """The years there are, what was published here, and the form of the next notice."""
    year = request.GET.get("year", "")
    return _calendar(request, _corrected(int(year)) if year.isascii() and year.isdigit() and len(year) == 4 else None)


def _calendar(request: StaffRequest, typed: Typed | None, refused: Refused | None = None) -> HttpResponse:
    counting, today = packaged(), clock.today()
    here = {notice.of_year: notice for notice in reversed(list(queries.notices()))}
    years = [
        {"year": year, "worked": sum(day.working for day in counting.year(year)), "notice": here.get(year), "correctable": year >= today.year}
        for year in counting.published_years[-4:]
    ]  # fmt: skip
    context: dict[str, Any] = {
        "years": years, "notices": queries.notices()[:20], "version": counting.version, "next": counting.published_years[-1] + 1,
        "form": _rows(typed or Typed(str(_wanted(counting.published_years, today)), "", (), ())), "refused": refused, "tab": "calendar",
    }  # fmt: skip
    return render(request, "office/calendar.html", context, status=refused["status"] if refused else 200)


def _wanted(published: tuple[int, ...], today: date) -> int:
    """The year a notice is waited for: the first that has none, this year or the next."""
    return next((year for year in (today.year, today.year + 1) if year not in published), today.year + 1)


def _corrected(year: int) -> Typed | None:
    standing = queries.standing_notice(year)
    return None if standing is None else as_typed(*standing)


def _rows(typed: Typed) -> dict[str, Any]:
    """Year, number and as many rows as the form has."""
    rests = [*typed.rests, *[Rest("", "", "")] * ROWS][:ROWS]
    works = [*typed.works, *[Work("", "")] * ROWS][:ROWS]
    return {
        "year": typed.year, "paper": typed.paper, "rests": [(n, f"rest-{n}", row) for n, row in enumerate(rests, 1)],
        "works": [(n, f"work-{n}", row) for n, row in enumerate(works, 1)],
    }  # fmt: skip


def _typed(request: StaffRequest) -> Typed:
    sent = request.POST
    rests = tuple(Rest(*(sent.get(f"rest-{n}-{part}", "")[:40] for part in ("name", "first", "last"))) for n in range(1, ROWS + 1))
    works = tuple(Work(*(sent.get(f"work-{n}-{part}", "")[:40] for part in ("on", "name"))) for n in range(1, ROWS + 1))
    return Typed(sent.get("year", "")[:10], sent.get("paper", "")[:200], rests, works)


@post_only
@staff(PUBLISH)
def rehearse(request: StaffRequest) -> HttpResponse:
    """A dry run: the days that change, and what becomes of the open cases. Nothing is written."""
    typed = _typed(request)
    try:
        notice, paper = read(typed, today=clock.today())
    except Refusal as refusal:
        return _calendar(request, typed, as_sent(request, "notice", refusal, _FIELDS))
    plan = queries.preview(notice)
    context = {"plan": plan, "form": _rows(typed), "notice": notice, "paper": paper, "correction": queries.standing_notice(notice.year) is not None, "tab": "calendar"}
    return render(request, "office/calendar_plan.html", context)


@post_only
@staff(PUBLISH)
def edit(request: StaffRequest) -> HttpResponse:
    """Back from the dry run to the form, as it was sent."""
    return _calendar(request, _typed(request))


@post_only
@staff(PUBLISH)
def publish(request: StaffRequest) -> HttpResponse:
    """Publish what the dry run showed."""
    typed = _typed(request)
    try:
        notice, paper = read(typed, today=clock.today())
        made = publish_notice(by=request.actor, notice=notice, paper=paper, upon=request.POST.get("upon", ""))
    except Refusal as refusal:
        return _calendar(request, typed, as_sent(request, "notice", refusal, _FIELDS))
    messages.success(request, _("%(year)s 年放假通知已公布（第 %(version)s 版），马上按新日历计算期限。") % {"year": made.of_year, "version": made.version})
    return to("office-calendar")


@post_only
@staff(PUBLISH)
@takes_files
def upload(request: StaffRequest) -> HttpResponse:
    """Read a notice from a file (JSON in the form of holiday-cn) into the form, to be checked there; nothing is published by it."""
    handed = request.FILES.get("file")
    try:
        body = handed.read(_LARGEST + 1) if handed is not None else b""
        if not body or len(body) > _LARGEST:
            raise InvalidInput(field=FILE, reason_zh="请选择一个不超过 100 KB 的文件", reason_en="please choose a file of at most 100 KB")
        notice = _notice(body)
    except Refusal as refusal:
        return _calendar(request, None, as_sent(request, "upload", refusal, _FIELDS))
    messages.success(request, _("已把文件里的安排填进表里，请对照通知原文逐项核对。"))
    return _calendar(request, as_typed(notice, request.POST.get("paper", "")[:60]))


def _notice(body: bytes) -> Notice:
    try:
        decoded = json.loads(body.decode("utf-8"))
        if not isinstance(decoded, dict):
            raise ValueError
        return Notice.read(decoded)
    except (ValueError, RecursionError):
        raise InvalidInput(field=FILE, reason_zh="不是 JSON 文件，应有 year 和 days", reason_en="is no JSON file with year and days") from None
    except InvalidInput as wrong:
        raise InvalidInput(field=FILE, reason_zh=wrong.details["reason_zh"], reason_en=wrong.details["reason_en"]) from None
