"""Where a case is, in the applicant's words: four stages, who has it, since when, how long still."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow.kernel import clock
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.law.limits import overdue, remaining
from onewindow.spine.cases.history import Step, histories_of
from onewindow.spine.cases.models import Case, Document, SpecialProcedure
from onewindow.spine.cases.queries import documents_of, procedures_of
from onewindow.spine.cases.states import TURNED_AWAY


@dataclass(frozen=True)
class Stage:
    """One of the four stages. `mark` is ``done``, ``now`` or ``next``."""

    words: Words
    mark: str
    on: date | None = None


@dataclass(frozen=True)
class Running:
    """A special procedure under way; `over` when it takes longer than the applicant was told."""

    procedure: SpecialProcedure
    over: bool


@dataclass(frozen=True)
class Progress:
    """Everything the progress page says of one case.

    `days_left` counts working days to the promised day, None when no clock runs; `holder` is who has the file; `running` are the
    special procedures under way, whose time is not counted.
    """

    case: Case
    result: Any
    stages: tuple[Stage, ...]
    holder: Words
    days_left: int | None
    steps: tuple[Step, ...]
    documents: tuple[Document, ...]
    running: tuple[Running, ...] = ()


def progress_of(case: Case, result: Any = None) -> Progress:
    """The progress of one case; `result` is what waits for the applicant, if anything does."""
    return progress_of_each([case], {case.pk: result})[0]


def progress_of_each(cases: Sequence[Case], results: Mapping[int, Any]) -> list[Progress]:
    """The progress of several cases, with what waits for the applicant by case key: as many questions as for one."""
    keys = [case.pk for case in cases]
    documents, histories = defaultdict[int, list[Document]](list), histories_of(cases)
    for document in documents_of(keys):
        documents[document.case_id].append(document)
    running = running_of(cases)
    return [
        _progress(case, results.get(case.pk), histories.get(case.pk, []), tuple(documents[case.pk]), running.get(case.pk, ())) for case in cases
    ]


def running_of(cases: Sequence[Case]) -> dict[int, tuple[Running, ...]]:
    """The special procedures under way, by case key; nothing is asked when there is none."""
    keys = [case.pk for case in cases if case.procedures_open]
    found, today = defaultdict[int, list[Running]](list), clock.today()
    for procedure in procedures_of(keys).filter(state="running") if keys else ():
        found[procedure.case_id].append(Running(procedure, overdue(today, procedure.expected_last)))
    return {key: tuple(running) for key, running in found.items()}


def _progress(case: Case, result: Any, history: Sequence[Step], documents: tuple[Document, ...], running: tuple[Running, ...]) -> Progress:
    left = None
    if case.state == "accepted" and case.promised_on is not None:
        left = remaining(clock.today(), case.promised_on, packaged())
    steps = tuple(step for step in history if step.verb != "check")
    return Progress(case, result, _stages(case, result), _holder(case, result), left, steps, documents, running)


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
