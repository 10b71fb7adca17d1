"""Explanations: every day of a limit, counted or not, why, and by which article.

Computed on reading, never stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onewindow.kernel.words import Words
from onewindow.law.articles import (
    CIVIL_CODE_200,
    CIVIL_CODE_201,
    CIVIL_CODE_202,
    CIVIL_CODE_203,
    LICENSING_45,
    LICENSING_50,
    LICENSING_82,
    Article,
)
from onewindow.law.calendars import Calendar, Day, Reason
from onewindow.law.limits.deadlines import MONTHS_IN, Deadline, Unit, deadline
from onewindow.law.spans import ONE_DAY, Span


class DeadlineOutdated(ValueError):
    """A deadline is explained under a calendar that no longer yields it: recompute it first."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What took an excluded span of time: a procedure of art 45 in words, such as 检测."""

    span: Span
    words: Words


@dataclass(frozen=True, slots=True)
class Explained:
    """One day of a limit. `ordinal` is how many days are counted up to and including this one; `cause` what took an excluded day, where it is known."""

    date: date
    counted: bool
    reason: Reason
    name: str | None
    ordinal: int
    zh: str
    en: str
    article: Article
    cause: Words | None = None


def explain(found: Deadline, calendar: Calendar, *, causes: Sequence[Cause] = ()) -> tuple[Explained, ...]:
    """Every day from the start to the due day; counting back, from the n-th day before to the expiry. An excluded day says which of `causes` took it.

    The calendar may be a newer version than the deadline's, as long as the deadline still holds under it;
    otherwise `DeadlineOutdated` is raised.
    """
    if found.n == 0:
        if found.due != found.start:
            return tuple(_put_off(found, calendar, causes))
        day = calendar.day(found.start)
        return (Explained(day.date, False, Reason.START_DAY, day.name, 0, "即办，当日办结", "done on the spot, the same day", CIVIL_CODE_200),)
    now = deadline(found.start, found.n, found.unit, calendar, excluded=found.excluded)
    if now.due != found.due:
        raise DeadlineOutdated(
            f"due {found.due} was computed with {found.calendar_version}; {calendar.version} gives {now.due}"
        )
    if found.unit is Unit.NATURAL_DAYS_BEFORE:
        return tuple(_backwards(found, calendar))
    return tuple(_forwards(found, calendar, causes))


def _put_off(found: Deadline, calendar: Calendar, causes: Sequence[Cause]) -> Iterator[Explained]:
    """To be done on the spot, on an excluded day: the days up to the first that is not."""
    for on in Span(found.start, found.due):
        if any(on in span for span in found.excluded):
            yield _excluded(calendar.day(on), 0, causes)
        else:
            yield _later(calendar.day(on), 0, last=on == found.due)


def _later(day: Day, ordinal: int, *, last: bool) -> Explained:
    return _line(day, Reason.EXTENDED, False, ordinal, *_moved(day, last=last), CIVIL_CODE_203)


def _excluded(day: Day, ordinal: int, causes: Sequence[Cause]) -> Explained:
    """A day that is not counted, and what took it: each cause once, in their order."""
    out, named = Reason.EXCLUDED, list(dict.fromkeys(cause.words for cause in causes if day.date in cause.span))
    if not named:
        return _line(day, out, False, ordinal, out.zh, out.en, LICENSING_45)
    cause = Words("、".join(words.zh for words in named), ", ".join(words.en for words in named))
    zh, en = f"{cause.zh}，{out.zh}", f"{cause.en}: {out.en}"
    return replace(_line(day, out, False, ordinal, zh, en, LICENSING_45), cause=cause)


def _forwards(found: Deadline, calendar: Calendar, causes: Sequence[Cause]) -> Iterator[Explained]:
    yield _line(calendar.day(found.start), Reason.START_DAY, False, 0, Reason.START_DAY.zh, Reason.START_DAY.en, CIVIL_CODE_201)
    ordinal = 0
    for on in Span(found.start + ONE_DAY, found.due):
        day = calendar.day(on)
        if any(on in span for span in found.excluded):
            yield _excluded(day, ordinal, causes)
        elif found.unit is Unit.WORKING_DAYS:
            ordinal += day.working
            yield _working(day, ordinal, last=on == found.due)
        elif on <= found.nominal:
            ordinal += 1
            corresponds = _corresponds(found) if found.unit in MONTHS_IN and on == found.corresponding else None
            yield _natural(day, ordinal, corresponds, last=on == found.due, rests=on == found.nominal != found.due)
        else:
            yield _later(day, ordinal, last=on == found.due)


def _working(day: Day, ordinal: int, *, last: bool) -> Explained:
    if not day.working:
        return _line(
            day, day.reason, False, ordinal, f"{day.zh}，不计入", f"{day.en}, not counted", day.article
        )
    zh, en = f"{day.zh}，第 {ordinal} 个工作日", f"{day.en}, working day {ordinal}"
    if last:
        zh, en = zh + "，期限届满", en + ", the deadline"
    article = day.article if day.reason is Reason.ADJUSTED_WORKDAY else LICENSING_82
    return _line(day, day.reason, True, ordinal, zh, en, article)


def _corresponds(found: Deadline) -> tuple[str, str]:
    """What the last day of so many months or years is, in words."""
    if found.corresponding.day == found.start.day:
        return "到期月的对应日", "the corresponding day of the last month"
    return "到期月没有对应日，以月末日为准", "the last month has no corresponding day, so its last day"


def _natural(day: Day, ordinal: int, corresponds: tuple[str, str] | None, *, last: bool, rests: bool) -> Explained:
    """`corresponds` says of the last day of months or years why it is the last."""
    zh, en = f"第 {ordinal} 日", f"day {ordinal}"
    if corresponds is not None:
        zh, en = f"{zh}，{corresponds[0]}", f"{en}, {corresponds[1]}"
    if last:
        zh, en = zh + "，期限届满", en + ", the deadline"
    if rests:
        zh, en = f"{zh}，逢{day.zh}，顺延", f"{en}, but {day.en}: the period runs on"
    article = CIVIL_CODE_203 if rests else CIVIL_CODE_202 if corresponds is not None else CIVIL_CODE_200
    return _line(day, Reason.NATURAL_DAY, True, ordinal, zh, en, article)


def _moved(day: Day, *, last: bool) -> tuple[str, str]:
    if last:
        return f"顺延至此日（{day.zh}），期限届满", f"the period runs on to this day ({day.en}), the deadline"
    return f"{day.zh}，继续顺延", f"{day.en}, the period runs on"


def _backwards(found: Deadline, calendar: Calendar) -> Iterator[Explained]:
    """From the n-th day before the expiry to the expiry; `ordinal` is how many days before."""
    for on in Span(found.nominal, found.start - ONE_DAY):
        day, before = calendar.day(on), (found.start - on).days
        zh, en = f"届满前第 {before} 日", f"{before} day(s) before expiry"
        if on == found.due:
            zh, en = zh + "，最迟应于此日提出", en + ", the last day in time"
        if found.nominal <= on < found.due:
            zh, en = f"{zh}，逢{day.zh}，顺延", f"{en}, but {day.en}: moved on"
            yield _line(day, Reason.EXTENDED, True, before, zh, en, CIVIL_CODE_203)
        else:
            yield _line(day, Reason.NATURAL_DAY, True, before, zh, en, LICENSING_50)
    last = found.due == found.start
    yield _line(
        calendar.day(found.start),
        Reason.START_DAY,
        False,
        0,
        "届满当日，不计入" + ("；最迟应于此日提出" if last else ""),
        "the day of expiry is not counted" + ("; the last day in time" if last else ""),
        CIVIL_CODE_201,
    )


def _line(
    day: Day, reason: Reason, counted: bool, ordinal: int, zh: str, en: str, article: Article
) -> Explained:
    return Explained(day.date, counted, reason, day.name, ordinal, zh, en, article)
