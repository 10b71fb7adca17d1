"""The only writers of acceptance: receive, check, accept, correct once, supplement, exempt, refuse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from onewindow.foundation.catalogue.definition import AnswersWrong, Definition, ResolvedItem, resolve
from onewindow.foundation.catalogue.definition.model import FormField
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.catalogue.queries import still_published
from onewindow.foundation.staff.queries import Authority, authorisation_for
from onewindow.kernel import clock
from onewindow.kernel.errors import (
    AcceptanceStands,
    IdentityUnverified,
    InvalidInput,
    ItemNotOffered,
    MaterialsIncomplete,
    NoticeAlreadyGiven,
    NoticeTooLate,
    ReasonMissing,
    StateConflict,
    StillTime,
)
from onewindow.kernel.ledger.moving import Motion, move_locked, moving
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.spine.cases.actions import LONGEST_NOTE, file_case, issue_document, note_materials, resealed
from onewindow.spine.cases.models import Case, Document
from onewindow.spine.cases.papers import chinese_date, english_date
from onewindow.spine.cases.policies import RECEIVE, VOID_ANY
from onewindow.spine.cases.queries import case_once, form_of
from onewindow.spine.cases.rules import OnPaper, ends
from onewindow.spine.together.queries import Giving, coming_to
from onewindow.spine.visits.models import Visit
from onewindow.stages.acceptance import drafts, papers
from onewindow.stages.acceptance.queries import deemed
from onewindow.stages.acceptance.rules import (
    NOT_CORRECTED,
    NOT_OURS,
    NOT_REQUIRED,
    Ground,
    Standing,
    blocking,
    checked_form,
    grounds_for,
    to_correct,
    to_correct_line,
    unchecked,
)
from onewindow.stages.acceptance.voiding import stands_because


def receive(
    *, by: Actor, visit: Visit, item: ItemVersion, answers: Mapping[str, Any], form: Mapping[str, str], given: set[str],
    once: UUID, on_paper: OnPaper | None = None, arriving: frozenset[str] = frozenset(),
) -> Case:  # fmt: skip
    """Take an application in (收件): file it, list what was given, issue the receipt.

    Whatever is lacking, an application is received; only acceptance asks for completeness. The same
    `once` again returns the case already received. With `on_paper` it was received by hand during an outage and is entered now:
    its day of receipt is the true one, and every limit is counted from it. `arriving` are fields that the result of another case
    of the same filing will fill in: nobody can write them yet.
    Raises `IdentityUnverified` while nobody has compared the document of who sits here, `NotAuthorised`, `InvalidInput`,
    and `ItemNotOffered` for a version that was superseded or withdrawn.
    """
    by.require(RECEIVE)
    if visit.claim_id is not None:
        raise IdentityUnverified
    standing = case_once(once)
    if standing is not None:
        if (standing.visit_id, standing.item_id) != (visit.pk, item.pk):
            raise StateConflict
        return standing
    today = clock.today()
    received_on = on_paper.day if on_paper else today
    definition = item.definition
    resolved = _resolved(definition, answers)
    authorisation = authorisation_for(by, item.department_id, item.code, item.words, "receive", today)
    calendar = packaged()
    notice_due = ends(definition.limits.correction, received_on, calendar)
    filled_in = checked_form([_not_yet(field) if field.code in arriving else field for field in resolved.fields], form, on=received_on)
    listed = [(m.name.zh, m.name.en) for m in resolved.materials if m.code in given]

    def receipt(number: str) -> dict[str, Any]:
        return papers.receipt(
            definition, case=number, addressee=visit.applicant.name, on=today, seal=authorisation.seal,
            given=listed or [("（未提交材料）", "(nothing)")], notice_due=notice_due.due,
            on_paper=on_paper, entered=clock.now(),
        )  # fmt: skip

    try:
        with transaction.atomic():
            if not still_published(item.pk):
                raise ItemNotOffered(item=item.words)
            case = file_case(
                by=by, visit=visit, item=item, resolved=resolved, form=filled_in, given=given, received_on=received_on,
                notice_due_on=notice_due.due, calendar_version=calendar.version, once=once, receipt=receipt, on_paper=on_paper,
            )  # fmt: skip
            drafts.discard(by=by, once=once)
            return case
    except IntegrityError:  # the same click, twice at once: the other one won
        standing = case_once(once)
        if standing is None:
            raise
        return standing


def check_materials(*, by: Actor, case_id: int, standings: Mapping[str, tuple[str, str]]) -> None:
    """Write down how materials stand: {code: (standing, note)}."""
    with moving(Case, case_id, "check", by=by) as motion:
        note_materials(motion, standings)


def accept(*, by: Actor, case_id: int) -> None:
    """Accept (受理): the clocks start today, the day itself not counted.

    Where the days for the one-time notice passed in silence the law has already accepted (art 32(1)(4)):
    then the day of acceptance is the day of receipt, whatever the materials lack, and the paper says so.
    What was accepted on paper during an outage counts from that day, unless a correction was asked for after all.
    Raises `MaterialsIncomplete`, `NotAuthorised`, and `InvalidInput` for what needs no licence (art 32(1)).
    """
    with moving(Case, case_id, "accept", by=by) as motion:
        case, today = motion.subject, clock.today()
        definition = case.version.definition
        authorisation = _authorised(by, case, "accept", today)
        stop = _resolved(definition, case.answers).not_needed
        if stop is not None:
            raise InvalidInput(
                field=Words("情形", "situation"), reason_zh=f"{stop.zh.rstrip('。')}，请出具不受理告知书",
                reason_en=f"{stop.en.rstrip('.')}; issue the notice that no licence is required",
            )  # fmt: skip
        on_paper = case.paper_accepted_on if case.noticed_on is None else None
        silent = deemed(case, on_paper or today)
        if not silent:
            _complete(case, definition)
        accepted_on, calendar = case.received_on if silent else on_paper or today, packaged()
        due = ends(definition.limits.statutory, accepted_on, calendar)
        promised = ends(definition.limits.promised, accepted_on, calendar)
        motion.set(
            accepted_on=accepted_on, accepted_by=int(by.id), due_on=due.due, promised_on=promised.due,
            provisional=due.provisional or promised.provisional, calendar_version=calendar.version,
        )  # fmt: skip
        motion.record(due=due.due.isoformat(), promised=promised.due.isoformat(), provisional=case.provisional,
                      authorisation=authorisation.pk)  # fmt: skip
        if silent or on_paper:
            motion.record(**{"deemed" if silent else "on_paper": accepted_on.isoformat()})
        paper = papers.acceptance(
            definition, case=case.number, addressee=case.addressee, on=today, seal=authorisation.seal,
            promised=promised.due, due=due.due, provisional=case.provisional,
            silent_since=(case.received_on, case.notice_due_on) if silent else None, on_paper=None if silent else on_paper,
        )  # fmt: skip
        issue_document(motion, "acceptance", paper, n=case.voided + 1)


def void_acceptance(*, by: Actor, case_id: int, reason: str) -> None:
    """Take back an acceptance made in error (撤回误受理): the case is as it was received, and its notice of acceptance is void.

    Only while nobody has decided, no special procedure was begun, and the days for the one-time notice, counted from receipt, have
    not run out: after them the law itself has accepted (art 32(1)(4)). Whoever accepted voids their own, a supervisor anybody's.
    The applicant is told in writing. Raises `NotPermitted`, `AcceptanceStands`, `ReasonMissing`.
    """
    with moving(Case, case_id, "void", by=by) as motion:
        case, today = motion.subject, clock.today()
        if str(case.accepted_by) != by.id:
            by.require(VOID_ANY)
        if not reason.strip():
            raise ReasonMissing(verb=case.verb_words("void"))
        if len(reason.strip()) > LONGEST_NOTE:
            raise InvalidInput(
                field=Words("撤回的理由", "reason"), reason_zh=f"最多 {LONGEST_NOTE} 个字", reason_en=f"at most {LONGEST_NOTE} characters"
            )
        # By the calendar of today: what an acceptance put in place of the receipt's own may know more holidays.
        calendar, correction = packaged(), case.version.definition.limits.correction
        notice_due = ends(correction, case.received_on, calendar).due if case.noticed_on is None else case.notice_due_on
        if (why := stands_because(procedures=case.procedures_begun > 0, notice_due_on=notice_due, today=today)) is not None:
            raise AcceptanceStands(why=why)
        accepted_on, n = case.accepted_on, case.voided + 1
        assert accepted_on is not None
        voided = case.documents.get(kind="acceptance", n=n)
        motion.set(
            accepted_on=None, accepted_by=None, due_on=None, promised_on=None, provisional=False, voided=n,
            notice_due_on=notice_due, calendar_version=calendar.version,
        )  # fmt: skip
        motion.record(accepted=accepted_on.isoformat())
        paper = papers.acceptance_voided(
            case.version.definition, case=case.number, addressee=case.addressee, on=today, seal=voided.content["seal"], voided=voided.number,
            accepted_on=accepted_on, reason=reason.strip(), notice_due=notice_due,
        )  # fmt: skip
        issue_document(motion, "acceptance-voided", paper, n=n, voids=voided)


def give_correction_notice(*, by: Actor, case_id: int) -> None:
    """Tell the applicant, once and completely, what to correct, and until when.

    Raises `NoticeAlreadyGiven`, `NoticeTooLate`, `InvalidInput`.
    """
    with moving(Case, case_id, "correct", by=by) as motion:
        case, today = motion.subject, clock.today()
        if case.noticed_on is not None:
            raise NoticeAlreadyGiven(on=_day(case.noticed_on))
        if deemed(case, today):
            raise NoticeTooLate(due=_day(case.notice_due_on), received=_day(case.received_on))
        authorisation = _authorised(by, case, "receive", today)
        standings = _standings(case)
        if unseen := unchecked(standings):
            raise InvalidInput(
                field=Words("材料清单", "materials"), reason_zh=f"还有 {len(unseen)} 份已提交的材料没有核对，告知只有一次，请先逐项核对",
                reason_en=f"{len(unseen)} material(s) given are not checked yet; the notice is given only once, so check each first",
            )  # fmt: skip
        coming = coming_to(case)  # nobody is asked for what another case of the same filing gives
        wanted = [s for s in to_correct(standings) if s.code not in coming or s.standing == "deficient"]
        if not wanted:
            raise InvalidInput(
                field=Words("材料清单", "materials"), reason_zh="没有需要补正的材料，请直接受理", reason_en="nothing needs correcting; accept instead"
            )
        materials = {material.code: material for material in case.version.definition.materials}
        lines = [to_correct_line(materials[s.code], s.note) for s in wanted]
        until = ends(case.version.definition.limits.supplement, today, packaged()).due
        motion.set(noticed_on=today, supplement_due_on=until)
        motion.record(materials=[s.code for s in wanted], until=until.isoformat())
        paper = papers.correction_notice(
            case.version.definition, case=case.number, addressee=case.addressee, on=today, seal=authorisation.seal,
            lines=lines, until=until,
        )  # fmt: skip
        issue_document(motion, "correction-notice", paper)


def take_supplement(*, by: Actor, case_id: int, given: set[str]) -> None:
    """The applicant brought corrections: those materials are given again and wait to be checked.

    Raises `InvalidInput` when nothing was brought.
    """
    if not given:
        raise InvalidInput(
            field=Words("补正材料", "corrections"), reason_zh="请勾选申请人今天带来的材料", reason_en="tick what the applicant brought today"
        )
    with moving(Case, case_id, "supplement", by=by) as motion:
        note_materials(motion, dict.fromkeys(given, ("given", "")))


def take_arrival(*, by: Actor, giving: Giving, document: Document, decided_on: date) -> bool:
    """The result of another case of the same filing gives this one a material and facts for its form; whether it took anything.

    The material counts as handed in and is looked at like any other. When corrections are awaited and nothing else is lacking, the case
    goes back to the window. What the applicant brought or wrote meanwhile stays as they did it.
    """
    with transaction.atomic():
        case = locked(Case, giving.case_id)
        row = case.materials.filter(code=giving.material).first() if case else None
        if case is None or case.state not in ("received", "correcting") or row is None:
            return False
        facts, values = {"licence.number": document.content["number"], "decision.date": decided_on.isoformat()}, form_of(case)
        filled = {field: facts[fact] for field, fact in giving.fields.items() if not values.get(field)}
        if row.standing != "missing" and not filled:
            return False
        left = [s for s in to_correct(_standings(case)) if s.code != giving.material]
        with move_locked(case, "arrive" if case.state == "received" else "arrive-correcting" if left else "supplement", by=by) as motion:
            if row.standing == "missing":
                note_materials(motion, {giving.material: ("given", "")})
            if filled:
                motion.set(form_sealed=resealed(case, filled))
            motion.record(**{"from": document.case_id, "result": document.number, "fields": sorted(filled)})
    return True


def exempt(*, by: Actor, case_id: int, reason: str) -> None:
    """Tell that the law asks for no licence (不受理, art 32(1)(1)). Raises `ReasonMissing`, `InvalidInput`."""
    with moving(Case, case_id, "exempt", by=by) as motion:
        _turn_away(motion, by, "exemption", NOT_REQUIRED, reason)


def refuse(*, by: Actor, case_id: int, ground: str, reason: str, agency: str = "") -> None:
    """Do not accept (不予受理), on one of the law's grounds, with the reason.

    `agency` is whom the applicant must turn to when the matter is not ours (art 32(1)(2)).
    Raises `ReasonMissing`, `InvalidInput`, and `StillTime` while the applicant may still bring corrections.
    """
    with moving(Case, case_id, "refuse", by=by) as motion:
        match ground:
            case NOT_OURS.code:
                if not agency.strip():
                    raise InvalidInput(
                        field=Words("应向哪个机关申请", "agency to turn to"), reason_zh="请写明有权办理的行政机关",
                        reason_en="name the agency that has the power",
                    )  # fmt: skip
                motion.record(agency=agency.strip())
                _turn_away(motion, by, "refusal", NOT_OURS, reason, agency.strip())
            case NOT_CORRECTED.code:
                _turn_away(motion, by, "refusal", NOT_CORRECTED, reason)
            case _:
                raise InvalidInput(field=Words("依据", "ground"), reason_zh="请选择法定情形", reason_en="choose one of the lawful grounds")


def _not_yet(field: FormField) -> FormField:
    return field.model_copy(update={"required": False})


def _turn_away(motion: Motion[Case], by: Actor, kind: str, ground: Ground, reason: str, agency: str = "") -> None:
    """What both ways of not accepting share: a ground that stands today, a reason, the department's seal, the paper."""
    case, today = motion.subject, clock.today()
    standing = grounds_for(
        state=case.state, noticed_on=case.noticed_on, supplement_due_on=case.supplement_due_on, today=today
    )
    if ground not in standing:
        if ground is NOT_CORRECTED and case.supplement_due_on is not None:
            raise StillTime(due=_day(case.supplement_due_on))
        raise InvalidInput(
            field=Words("依据", "ground"), reason_zh="没有一次性告知过补正，不能以未补正为由不予受理",
            reason_en="no one-time notice was given, so lack of corrections is no ground",
        )  # fmt: skip
    if not reason.strip():
        raise ReasonMissing(verb=case.verb_words(motion.move.verb))
    authorisation = _authorised(by, case, "accept", today)
    motion.record(ground=ground.code)
    paper = papers.turned_away(
        case.version.definition, case=case.number, addressee=case.addressee, on=today, seal=authorisation.seal,
        ground=ground, reason=reason.strip(), agency=agency,
    )  # fmt: skip
    issue_document(motion, kind, paper)


def _complete(case: Case, definition: Definition) -> None:
    """Raise `MaterialsIncomplete` with what is lacking and what else the law leaves to do."""
    lacking = blocking(_standings(case))
    if not lacking:
        return
    names = {material.code: material.name for material in definition.materials}
    otherwise = (
        Words("出具一次性补正告知书", "issue the one-time correction notice")
        if case.noticed_on is None
        else Words("以补正后仍不齐全为由不予受理（补正只能告知一次）", "refuse because the corrections are not complete (only one notice is allowed)")
    )
    raise MaterialsIncomplete(
        count=len(lacking), otherwise=otherwise,
        names=Words("、".join(names[c].zh for c in lacking), ", ".join(names[c].en for c in lacking)),
    )  # fmt: skip


def _day(day: date) -> Words:
    return Words(chinese_date(day), english_date(day))


def _resolved(definition: Definition, answers: Mapping[str, Any]) -> ResolvedItem:
    try:
        return resolve(definition, answers)
    except AnswersWrong as wrong:
        first = wrong.findings[0]
        raise InvalidInput(field=Words("情形", "situation"), reason_zh=first.zh, reason_en=first.en) from None


def _authorised(by: Actor, case: Case, scope: str, on: date) -> Authority:
    return authorisation_for(by, case.department_id, case.version.code, case.version.words, scope, on)


def _standings(case: Case) -> list[Standing]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, need, standing, note FROM cases_material WHERE case_id = %s ORDER BY place", [case.pk])
        return [Standing(*row) for row in cursor.fetchall()]
