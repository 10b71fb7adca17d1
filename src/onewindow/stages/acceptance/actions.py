"""The only writers of acceptance: receive, check, accept, correct once, supplement, refuse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from onewindow.foundation.catalogue.definition import AnswersWrong, Definition, ResolvedItem, resolve
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.staff.queries import Authority, authorisation_for
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, MaterialsIncomplete, NoticeAlreadyGiven, ReasonMissing, StateConflict
from onewindow.kernel.ledger.moving import moving
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.spine.cases.actions import attach_document, file_case, issue_document, note_materials
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.policies import RECEIVE
from onewindow.spine.cases.queries import case_once
from onewindow.spine.cases.rules import ends
from onewindow.spine.visits.models import Visit
from onewindow.stages.acceptance import papers
from onewindow.stages.acceptance.rules import GROUNDS, Standing, blocking, checked_form, to_correct, unchecked


def receive(
    *, by: Actor, visit: Visit, item: ItemVersion, answers: Mapping[str, Any], form: Mapping[str, str], given: set[str],
    once: UUID,
) -> Case:  # fmt: skip
    """Take an application in (收件): file it, list what was given, issue the receipt.

    Whatever is lacking, an application is received; only acceptance asks for completeness. The same
    `once` again returns the case already received.
    Raises `NotAuthorised`, `InvalidInput`.
    """
    by.require(RECEIVE)
    standing = case_once(once)
    if standing is not None:
        if (standing.visit_id, standing.item_id) != (visit.pk, item.pk):
            raise StateConflict
        return standing
    today = clock.today()
    definition = item.definition
    resolved = _resolved(definition, answers)
    authorisation = authorisation_for(by, item.department_id, item.code, item.words, "receive", today)
    calendar = packaged()
    notice_due = ends(definition.limits.correction, today, calendar)
    filled_in = checked_form(resolved.fields, form, on=today)
    try:
        with transaction.atomic():
            case = file_case(
                by=by, visit=visit, item=item, resolved=resolved, form=filled_in, given=given, received_on=today,
                notice_due_on=notice_due.due, calendar_version=calendar.version, once=once,
            )  # fmt: skip
            listed = [(m.name.zh, m.name.en) for m in resolved.materials if m.code in given]
            attach_document(
                case, "receipt",
                papers.receipt(
                    definition, case=case.number, addressee=visit.applicant.name, on=today, seal=authorisation.seal,
                    given=listed or [("（未提交材料）", "(nothing)")], notice_due=notice_due.due,
                ),
            )  # fmt: skip
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
        lacking = blocking(_standings(case))
        if lacking:
            names = {material.code: material.name for material in definition.materials}
            listed = Words("、".join(names[c].zh for c in lacking), ", ".join(names[c].en for c in lacking))
            raise MaterialsIncomplete(count=len(lacking), names=listed)
        calendar = packaged()
        due = ends(definition.limits.statutory, today, calendar)
        promised = ends(definition.limits.promised, today, calendar)
        motion.set(
            accepted_on=today, accepted_by=int(by.id), due_on=due.due, promised_on=promised.due,
            provisional=due.provisional or promised.provisional, calendar_version=calendar.version,
        )  # fmt: skip
        motion.record(due=due.due.isoformat(), promised=promised.due.isoformat(), provisional=case.provisional,
                      authorisation=authorisation.pk)  # fmt: skip
        paper = papers.acceptance(
            definition, case=case.number, addressee=case.addressee, on=today, seal=authorisation.seal,
            promised=promised.due, due=due.due, provisional=case.provisional,
        )  # fmt: skip
        issue_document(motion, "acceptance", paper)


def give_correction_notice(*, by: Actor, case_id: int) -> None:
    """Tell the applicant, once and completely, what to correct. Raises `NoticeAlreadyGiven`, `InvalidInput`."""
    with moving(Case, case_id, "correct", by=by) as motion:
        case, today = motion.subject, clock.today()
        if case.noticed_on is not None:
            raise NoticeAlreadyGiven(on=case.noticed_on.isoformat())
        authorisation = _authorised(by, case, "receive", today)
        standings = _standings(case)
        if unseen := unchecked(standings):
            raise InvalidInput(
                field=Words("材料清单", "materials"), reason_zh=f"还有 {len(unseen)} 份已提交的材料没有核对，告知只有一次，请先逐项核对",
                reason_en=f"{len(unseen)} material(s) given are not checked yet; the notice is given only once, so check each first",
            )  # fmt: skip
        wanted = to_correct(standings)
        if not wanted:
            raise InvalidInput(
                field=Words("材料清单", "materials"), reason_zh="没有需要补正的材料，请直接受理", reason_en="nothing needs correcting; accept instead"
            )
        names = {material.code: material.name for material in case.version.definition.materials}
        lines = [
            (f"{names[s.code].zh}：{s.note or '未提交，请补交'}", f"{names[s.code].en}: {s.note or 'not given, please bring it'}")
            for s in wanted
        ]
        motion.set(noticed_on=today)
        motion.record(materials=[s.code for s in wanted], late=today > case.notice_due_on)
        paper = papers.correction_notice(
            case.version.definition, case=case.number, addressee=case.addressee, on=today, seal=authorisation.seal,
            lines=lines,
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


def refuse(*, by: Actor, case_id: int, ground: str, reason: str) -> None:
    """Do not accept, on one of the law's grounds, with the reason. Raises `ReasonMissing`, `InvalidInput`."""
    with moving(Case, case_id, "refuse", by=by) as motion:
        if ground not in GROUNDS:
            raise InvalidInput(field=Words("依据", "ground"), reason_zh="请选择法定情形", reason_en="choose one of the lawful grounds")
        if not reason.strip():
            raise ReasonMissing(verb=motion.move.words)
        case, today = motion.subject, clock.today()
        authorisation = _authorised(by, case, "accept", today)
        motion.record(ground=ground)
        paper = papers.refusal(
            case.version.definition, case=case.number, addressee=case.addressee, on=today, seal=authorisation.seal,
            ground=GROUNDS[ground], reason=reason.strip(),
        )  # fmt: skip
        issue_document(motion, "refusal", paper)


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
