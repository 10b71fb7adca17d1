"""Spans of days, both ends included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from onewindow.kernel.errors import InvalidInput

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `first` to `last`, both included; never empty."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidInput(
                field="起止日期 span",
                reason_zh=f"止日 {self.last} 早于起日 {self.first}",
                reason_en=f"the last day {self.last} is before the first {self.first}",
            )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        for ordinal in range(self.first.toordinal(), self.last.toordinal() + 1):
            yield date.fromordinal(ordinal)

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def from_day(self, day: date) -> Span | None:
        """The part on or after `day`; None when nothing is left."""
        return None if self.last < day else Span(max(self.first, day), self.last)


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days as disjoint spans in order: spans that overlap or adjoin become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.first <= merged[-1].last + ONE_DAY:
            merged[-1] = Span(merged[-1].first, max(merged[-1].last, span.last))
        else:
            merged.append(span)
    return tuple(merged)
