"""Where a case is, in the applicant's words: four stages, who has it, since when, how long still."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onewindow.kernel import clock
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.law.limits import remaining
from onewindow.spine.cases.models import Case, Document
from onewindow.spine.cases.queries import timeline
from onewindow.spine.cases.states import TURNED_AWAY


@dataclass(frozen=True)
class Stage:
    """One of the four stages. `mark` is ``done``, ``now`` or ``next``."""

    words: Words
    mark: str
    on: date | None = None


@dataclass(frozen=True)
class Step:
    """One ledger row as the applicant reads it; `really` when it happened, if it was entered only after an outage."""

    words: Words
    at: Any
    really: datetime | None = None


@dataclass(frozen=True)
class Progress:
    """Everything the progress page says of one case.

    `days_left` counts working days to the promised day, None when no clock runs; `holder` is who has the file.
    """

    case: Case
    result: Any
    stages: tuple[Stage, ...]
    holder: Words
    days_left: int | None
    steps: tuple[Step, ...]
    documents: tuple[Document, ...]


def progress_of(case: Case, result: Any = None) -> Progress:
    """The progress of one case; `result` is what waits for the applicant, if anything does."""
    return progress_of_each([case], {case.pk: result})[0]


def progress_of_each(cases: Sequence[Case], results: Mapping[int, Any]) -> list[Progress]:
    """The progress of several cases, with what waits for the applicant by case key: as many questions as for one."""
    keys = [case.pk for case in cases]
    entries, documents = defaultdict[int, list[Entry]](list), defaultdict[int, list[Document]](list)
    for entry in timeline(keys):
        entries[entry.subject_id].append(entry)
    for document in Document.objects.filter(case_id__in=keys).order_by("id"):
        documents[document.case_id].append(document)
    return [_progress(case, results.get(case.pk), entries[case.pk], tuple(documents[case.pk])) for case in cases]


def _progress(case: Case, result: Any, entries: list[Entry], documents: tuple[Document, ...]) -> Progress:
    left = None
    if case.state == "accepted" and case.promised_on is not None:
        left = remaining(clock.today(), case.promised_on, packaged())
    moves = case.machine.moves
    steps = tuple(Step(moves[entry.verb].words, entry.at, case.paper_at if entry.verb == "receive" else None) for entry in entries if entry.verb != "check")
    return Progress(case, result, _stages(case, result), _holder(case, result), left, steps, documents)


def _stages(case: Case, result: Any) -> tuple[Stage, ...]:
    reached = {"received": 0, "correcting": 0, "exempted": 1, "refused": 1, "accepted": 2, "granted": 3, "denied": 3, "closed": 4}[case.state]
    collected = clock.local(result.collected_at).date() if result is not None and result.collected_at else None
    names = [
        (Words("收件", "Received"), case.received_on),
        (Words("受理", "Accepted"), case.accepted_on),
        (Words("审批", "Decided"), case.decided_on),
        (Words("出件", "Delivered"), collected),
    ]
    if case.state in TURNED_AWAY:
        names[1] = (case.state_words, clock.local(case.moved_at).date())
        return (Stage(*_done(names[0])), Stage(*_done(names[1])))
    reached = max(reached, 1)
    return tuple(
        Stage(words, "done" if place < reached else "now" if place == reached else "next", on)
        for place, (words, on) in enumerate(names)
    )


def _done(named: tuple[Words, date | None]) -> tuple[Words, str, date | None]:
    return named[0], "done", named[1]


def _holder(case: Case, result: Any) -> Words:
    match case.state:
        case "received":
            return Words("综合窗口", "the window")
        case "correcting":
            return Words("您（等候补正）", "you (corrections awaited)")
        case "accepted":
            return Words(case.department.section_zh, case.department.section_en)
        case "granted" | "denied" if result is not None and result.state == "available":
            return Words("出件窗口，等您领取", "the delivery window, waiting for you")
        case "granted" | "denied":
            return Words("制证中", "being made")
    return Words("已办结", "closed")
