"""The only writers of decisions, and of the time that is not counted before them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotExcluded, NotFound, NotPermitted, ProcedureRunning, ReasonMissing, SamePerson
from onewindow.kernel.ledger.moving import Motion, begin, move_locked, moving
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.law.exclusions import KINDS, expected_last
from onewindow.spine.cases.actions import issue_document
from onewindow.spine.cases.models import Case, SpecialProcedure
from onewindow.spine.cases.policies import SET_ASIDE
from onewindow.spine.cases.queries import procedures_of
from onewindow.spine.cases.rules import ends, pack_for
from onewindow.stages.approval import papers
from onewindow.stages.approval.rules import Basis, checked_basis, checked_end


def grant(*, by: Actor, case_id: int, opinion: str = "") -> None:
    """Grant the licence (art 38): the first approver to come decides, the others get `WrongState`. Raises `ProcedureRunning`."""
    with moving(Case, case_id, "grant", by=by) as motion:
        _decide(motion, by)
        issue_document(motion, "grant", papers.grant(motion.subject, on=clock.today(), opinion=opinion.strip()))


def deny(*, by: Actor, case_id: int, reason: str) -> None:
    """Deny the licence, with the reason and the remedies (art 38). Raises `ReasonMissing`, `ProcedureRunning`."""
    with moving(Case, case_id, "deny", by=by) as motion:
        if not reason.strip():
            raise ReasonMissing(verb=motion.subject.verb_words("deny"))
        _decide(motion, by)
        issue_document(motion, "denial", papers.deny(motion.subject, on=clock.today(), reason=reason.strip()))


@transaction.atomic(savepoint=False)
def begin_procedure(*, by: Actor, case_id: int, kind: str, basis: Basis, days: int, once: UUID) -> SpecialProcedure:
    """Begin a hearing, test, expert review or another procedure of art 45, from today: its time is not counted.

    `days` are the working days it is expected to take. In the same transaction the applicant is told them in writing and both limits
    are counted anew. The same `once` again returns what it began. Raises `NotExcluded` for what is no permit, `ProcedureRunning`
    while another of the kind has not ended, `NotPermitted`, `InvalidInput`.
    """
    by.require(SET_ASIDE)
    case = locked(Case, case_id)
    if case is None:
        raise NotFound
    standing = list(procedures_of([case.pk]))
    for procedure in standing:
        if procedure.once == once:
            return procedure
    with move_locked(case, "suspend", by=by) as motion:
        _own(case, by)
        if not pack_for(case.version.definition).excludes_time:
            laws = case.version.definition.basis
            raise NotExcluded(item=case.version.words, law=laws[0].name if laws else "")
        if kind not in KINDS:
            raise InvalidInput(field=Words("程序种类", "kind of procedure"), reason_zh="请从法律列举的种类中选择", reason_en="choose one that the law names")
        if any(procedure.kind == kind and procedure.last is None for procedure in standing):
            raise ProcedureRunning(procedure=KINDS[kind], verb=Words("再开始一次", "begin another"))
        basis, first = checked_basis(basis), clock.today()
        until = expected_last(first, days, packaged())
        procedure = begin(
            SpecialProcedure, "begin", by=by, site=case.site,
            facts={"case": case.pk, "kind": kind, "law": basis.law, "article": basis.article, "first": first.isoformat(), "until": until.isoformat()},
            case=case, kind=kind, law=basis.law, article=basis.article, reason=basis.reason,
            first=first, expected=days, expected_last=until, once=once,
        )  # fmt: skip
        motion.set(procedures_open=case.procedures_open + 1, procedures_begun=case.procedures_begun + 1)
        motion.record(procedure=procedure.pk, kind=kind, days=days, until=until.isoformat())
        _recount(motion, [*standing, procedure])
        issue_document(motion, "excluded-time", papers.excluded_time(case, procedure, on=first), n=case.procedures_begun)
    return procedure


def end_procedure(*, by: Actor, procedure_id: int, last: date | None = None) -> None:
    """The procedure's result is in: `last` was its last day, today unless said otherwise. Both limits are counted anew with the true days.

    Raises `NotPermitted`, `WrongState` when it has ended before, `InvalidInput` for a day before it began or still to come.
    """
    with transaction.atomic(savepoint=False):
        found = SpecialProcedure.objects.filter(pk=procedure_id).values_list("case_id", flat=True).first()
        if found is None:
            raise NotFound
        case = locked(Case, found)
        assert case is not None
        with moving(SpecialProcedure, procedure_id, "end", by=by) as motion:
            _own(case, by)
            procedure = motion.subject
            motion.set(last=checked_end(last, first=procedure.first, today=clock.today()))
            motion.record(case=case.pk, kind=procedure.kind, last=procedure.span.last.isoformat())
        with move_locked(case, "resume", by=by) as moved:
            moved.set(procedures_open=case.procedures_open - 1)
            moved.record(procedure=procedure.pk, kind=procedure.kind, days=len(procedure.span), last=procedure.span.last.isoformat())
            _recount(moved, list(procedures_of([case.pk])))


def _recount(motion: Motion[Case], procedures: list[SpecialProcedure]) -> None:
    """Both limits from the day of acceptance, without the days of these procedures."""
    case, calendar = motion.subject, packaged()
    assert case.accepted_on is not None
    limits, excluded = case.version.definition.limits, tuple(procedure.span for procedure in procedures)
    due = ends(limits.statutory, case.accepted_on, calendar, excluded)
    promised = ends(limits.promised, case.accepted_on, calendar, excluded)
    motion.set(
        due_on=due.due, promised_on=promised.due, provisional=due.provisional or promised.provisional, calendar_version=calendar.version,
    )  # fmt: skip
    motion.record(due=due.due.isoformat(), promised=promised.due.isoformat(), provisional=case.provisional)


def _own(case: Case, by: Actor) -> None:
    """Raise `NotPermitted` unless the case is one of the approver's own department."""
    if case.office.code != by.department:
        raise NotPermitted(permission=Words(f"审批{case.office.name_zh}的办件", f"decide cases of {case.office.name_en}"))


def _decide(motion: Motion[Case], by: Actor) -> None:
    """An approver decides for their own department, never what they accepted themselves, and not before what was asked for is known."""
    case, today = motion.subject, clock.today()
    _own(case, by)
    if str(case.accepted_by) == by.id:
        raise SamePerson
    if case.procedures_open:
        running = [procedure.words for procedure in procedures_of([case.pk]) if procedure.last is None]
        named = Words("、".join(words.zh for words in running), ", ".join(words.en for words in running))
        raise ProcedureRunning(procedure=named, verb=case.verb_words(motion.move.verb))
    motion.set(decided_on=today, decided_by=int(by.id))
    motion.record(
        late=case.due_on is not None and today > case.due_on,
        promise_kept=case.promised_on is not None and today <= case.promised_on,
    )
