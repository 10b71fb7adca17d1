"""Pure rules of the case that every stage needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onewindow.foundation.catalogue.definition import Definition
from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.foundation.catalogue.definition.parts import StatuteSource
from onewindow.kernel import clock
from onewindow.law.calendars import Calendar
from onewindow.law.limits import Deadline, Span, Unit, deadline, same_day
from onewindow.law.packs import Pack, departing, pack_of

UNITS = {"working-day": Unit.WORKING_DAYS, "calendar-day": Unit.NATURAL_DAYS, "month": Unit.MONTHS, "year": Unit.YEARS}


@dataclass(frozen=True)
class OnPaper:
    """What a receipt written by hand during an outage says: its number, when the papers were really handed in, and the day of
    an acceptance that happened on paper too."""

    number: str
    at: datetime
    accepted_on: date | None = None

    @property
    def day(self) -> date:
        """The day of receipt, by the centre's clock: what every limit is counted from."""
        return clock.local(self.at).date()


def pack_for(definition: Definition) -> Pack:
    """The rules that govern an item: those of its kind, and its own law's where that departs from them."""
    pack = pack_of(definition.item_type, definition.name.zh)
    source = definition.citations[definition.special.silence] if definition.special and definition.special.silence else None
    return departing(pack, silence=(source.law, source.article)) if isinstance(source, StatuteSource) else pack


def ends(limit: Limit, start: date, calendar: Calendar, excluded: tuple[Span, ...] = ()) -> Deadline:
    """When an item's limit ends that begins on `start`, the day itself not counted; a limit of 0 ends on it (即办).

    The days of `excluded` are not counted (行政许可法 art 45); they may overlap.
    Every unit a definition may write is counted by the law's rule for it: working days, natural days, months, years.
    """
    if limit.n == 0:
        return same_day(start, UNITS[limit.unit], calendar, excluded=excluded)
    return deadline(start, limit.n, UNITS[limit.unit], calendar, excluded=excluded)


def valid_until(validity: Limit | None, granted: date) -> date | None:
    """The last day of a licence granted on that day; None when it has no end.

    A licence of n years granted on 24 September ends on the 23rd of September n years later.
    """
    if validity is None:
        return None
    if validity.unit == "calendar-day":
        return granted + timedelta(days=validity.n - 1)
    if validity.unit == "working-day":
        raise ValueError("a licence is valid for days, months or years, not for working days")
    months = validity.n * (12 if validity.unit == "year" else 1)
    year, month = divmod(granted.month - 1 + months, 12)
    return _day(granted.year + year, month + 1, granted.day)


def _day(year: int, month: int, day: int) -> date:
    """The day before the anniversary; an anniversary that does not exist falls on the month's last day."""
    try:
        return date.fromordinal(date(year, month, day).toordinal() - 1)
    except ValueError:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)


def answer_texts(definition: Definition, answers: Mapping[str, list[str]]) -> dict[str, str]:
    """The answers that chose the situation, as the applicant read them, in Chinese."""
    texts = {}
    for question in definition.questions:
        chosen = answers.get(question.code, [])
        texts[question.code] = "、".join(a.text.zh for a in question.answers if a.code in chosen)
    return texts
