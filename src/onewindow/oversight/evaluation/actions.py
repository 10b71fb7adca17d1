"""The only writers of evaluations and follow-ups."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from onewindow.kernel import clock
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import AlreadyEvaluated, InvalidInput, NotFound, ReasonMissing
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.ledger.rows import fetched
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.oversight.evaluation.models import Evaluation, FollowUp
from onewindow.oversight.evaluation.policies import FOLLOW, GIVE
from onewindow.oversight.evaluation.queries import FINISHED, clerk_of
from onewindow.oversight.evaluation.rules import LONGEST, Said, checked, contact_by
from onewindow.oversight.evaluation.states import FOLLOW_UP
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.models import Visit


def evaluate_visit(*, by: Actor, visit_id: int, said: Said) -> Evaluation:
    """What somebody says of a sitting that has ended, once. A bad one opens a follow-up.

    Raises `NotFound` while it still lasts, `AlreadyEvaluated`, `InvalidInput`.
    """
    by.require(GIVE)
    visit = fetched(Visit, visit_id)
    if visit is None or visit.state != "closed":
        raise NotFound
    return _give(by, visit, None, checked(said, "on-site"))


def evaluate_case(*, by: Actor, case_id: int, said: Said) -> Evaluation:
    """What somebody says of a case that was decided, refused or handed over, once. A bad one opens a follow-up.

    Raises `NotFound` while nothing is decided, `AlreadyEvaluated`, `InvalidInput`.
    """
    by.require(GIVE)
    case = fetched(Case, case_id)
    visit = fetched(Visit, case.visit_id) if case is not None and case.state in FINISHED else None
    if visit is None:
        raise NotFound
    return _give(by, visit, case, checked(said, "online"))


def _give(by: Actor, visit: Visit, case: Case | None, said: Said) -> Evaluation:
    sealed = wrapped = None
    if said.text:
        envelope, wrapped = vault().new()
        sealed = envelope.seal("text", said.text)
    try:
        with transaction.atomic():
            given = begin(
                Evaluation, "give", by=by, site=visit.site,
                facts={"visit": visit.pk, "case": case.pk if case else None, "level": said.level, "reasons": sorted(said.reasons), "contact": said.contact},
                visit=visit, case=case, level=said.level, reasons=sorted(said.reasons), text_key=wrapped, text_sealed=sealed,
                contact=said.contact, served_by=clerk_of(visit.pk) if case is None else None,
            )  # fmt: skip
            if said.bad:
                due = contact_by(clock.today(), packaged())
                begin(
                    FollowUp, "open", by=by, site=visit.site, facts={"evaluation": given.pk, "by": due.isoformat()},
                    evaluation=given, contact_by=due,
                )  # fmt: skip
            return given
    except IntegrityError:
        raise AlreadyEvaluated from None


def contact(*, by: Actor, follow_up_id: int, finding: str) -> None:
    """The manager reached whoever said it, or looked into it where nobody may be called, and says what was found."""
    stated = _stated(by, "contact", finding)
    with moving(FollowUp, follow_up_id, "contact", by=by) as motion:
        motion.set(contacted_on=clock.today(), finding=stated)
        motion.record(in_time=clock.today() <= motion.subject.contact_by)


def schedule(*, by: Actor, follow_up_id: int, correct_by: date) -> None:
    """What cannot be mended at once gets a day (限期整改), today or later. Raises `InvalidInput`."""
    by.require(FOLLOW)
    if correct_by < clock.today():
        raise InvalidInput(field=Words("整改期限", "day to correct by"), reason_zh="不能早于今天", reason_en="cannot be before today")
    with moving(FollowUp, follow_up_id, "schedule", by=by) as motion:
        motion.set(correct_by=correct_by)
        motion.record(by=correct_by.isoformat())


def correct(*, by: Actor, follow_up_id: int, reply: str) -> None:
    """It was right, and it is mended. The reply says how, and is published."""
    stated = _stated(by, "correct", reply)
    with moving(FollowUp, follow_up_id, "correct", by=by) as motion:
        motion.set(reply=stated)


def explain(*, by: Actor, follow_up_id: int, reply: str) -> None:
    """Nothing was wrong, or it is not in the centre's hand. The reply says why, and is published."""
    stated = _stated(by, "explain", reply)
    with moving(FollowUp, follow_up_id, "explain", by=by) as motion:
        motion.set(reply=stated)


def resume(*, by: Actor, follow_up_id: int, finding: str) -> None:
    """Asked again, they are not satisfied: it goes on, with what they said now."""
    stated = _stated(by, "resume", finding)
    with moving(FollowUp, follow_up_id, "resume", by=by) as motion:
        motion.set(finding=stated, correct_by=None)


def revisit(*, by: Actor, follow_up_id: int) -> None:
    """Asked again, or not to be asked: it is closed, and the reply stays public."""
    with moving(FollowUp, follow_up_id, "revisit", by=by) as motion:
        motion.set(closed_on=clock.today())


def _stated(by: Actor, verb: str, words: str) -> str:
    """What has to be said with a verb, before anything is locked. Raises `NotPermitted`, `ReasonMissing`, `InvalidInput`."""
    by.require(FOLLOW)
    stated = words.strip()
    if not stated:
        raise ReasonMissing(verb=FOLLOW_UP.moves[verb].words)
    if len(stated) > LONGEST:
        raise InvalidInput(field=FOLLOW_UP.moves[verb].words, reason_zh=f"最多 {LONGEST} 个字", reason_en=f"at most {LONGEST} characters")
    return stated
