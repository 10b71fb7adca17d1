"""一件事: one sitting, one applicant, one form, every paper once; several cases, each with its own number, clock and department.

All or nothing: what a bundle promises is that nobody has to come again for the half that did not go in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from onewindow.foundation.catalogue.bundles.queries import Offer, offer, still_offered
from onewindow.foundation.catalogue.definition import AnswersWrong
from onewindow.foundation.catalogue.definition.bundles import Merged, merge, split
from onewindow.foundation.catalogue.definition.parts import Text
from onewindow.foundation.places.queries import site
from onewindow.kernel import clock
from onewindow.kernel.errors import IdentityUnverified, InvalidInput, ItemNotOffered, StateConflict
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.policies import RECEIVE
from onewindow.spine.together.actions import file_together
from onewindow.spine.together.models import Together
from onewindow.spine.together.papers import Awaited, Kept, Line, joint_receipt
from onewindow.spine.together.queries import together_once
from onewindow.spine.visits.models import Visit
from onewindow.stages.acceptance import drafts
from onewindow.stages.acceptance.actions import receive
from onewindow.stages.acceptance.rules import checked_form


@dataclass(frozen=True)
class JointApplication:
    """What is asked for at once: a bundle, the merged answers, form and papers; `once` is the screen's nonce."""

    bundle: str
    answers: Mapping[str, Sequence[str]]
    form: Mapping[str, str]
    given: frozenset[str]
    once: UUID


def file_bundle(*, by: Actor, visit: Visit, wanted: JointApplication) -> Together:
    """Take in every application of a bundle by one act: all of them, or none.

    The same `once` again returns what it filed. Raises `InvalidInput` for answers or fields that do not fit, `ItemNotOffered`,
    `IdentityUnverified`, and whatever `receive` raises for one of the members: then nothing at all is written.
    """
    by.require(RECEIVE)
    standing = together_once(wanted.once)
    if standing is None:
        try:
            with transaction.atomic():
                return _filed(by, visit, wanted)
        except IntegrityError:  # the same click, twice at once: the other one won
            standing = together_once(wanted.once)
            if standing is None:
                raise
    if (standing.visit_id, standing.version.code) != (visit.pk, wanted.bundle):
        raise StateConflict
    return standing


def _filed(by: Actor, visit: Visit, wanted: JointApplication) -> Together:
    if visit.claim_id is not None or visit.applicant is None:
        raise IdentityUnverified
    if visit.ticket is None:
        raise InvalidInput(
            field=Words("一件事", "bundle"), reason_zh="手写收件凭证一张录一件，请逐件补录", reason_en="a receipt written by hand is one case: enter them one by one"
        )
    offered = offer(wanted.bundle)
    if not still_offered(offered.version.pk):
        raise ItemNotOffered(item=offered.version.words)
    merged = _merged(offered, wanted)
    today = clock.today()
    values = _checked(merged, wanted.form, today)
    cases = [
        receive(
            by=by, visit=visit, item=offered.members[part.item], answers=part.answers, form=part.form, given=set(part.given),
            once=uuid5(wanted.once, part.item), arriving=part.arriving,
        )
        for part in split(merged, values, wanted.given)
    ]  # fmt: skip
    centre, applicant = site(visit.site), visit.applicant.name

    def receipt(number: str) -> dict[str, object]:
        return joint_receipt(
            number=number, bundle=offered.version.words, centre=centre.words, addressee=applicant, on=today, lines=_lines(cases),
            kept=_kept(merged, offered, wanted.given), awaited=_awaited(merged, offered),
        )  # fmt: skip

    drafts.discard(by=by, once=wanted.once)
    return file_together(by=by, visit=visit, bundle=offered.version, cases=cases, once=wanted.once, receipt=receipt)


def _merged(offered: Offer, wanted: JointApplication) -> Merged:
    """The bundle for these answers, all of them given and something left to apply for."""
    try:
        merged = merge(offered.bundle, offered.definitions, {code: tuple(chosen) for code, chosen in wanted.answers.items()})
    except AnswersWrong as wrong:
        raise InvalidInput(field=Words("情形", "situation"), reason_zh=wrong.findings[0].zh, reason_en=wrong.findings[0].en) from None
    if merged.next is not None:
        text = merged.next.question.text
        raise InvalidInput(field=_words(text), reason_zh="还没有回答", reason_en="has no answer yet")
    if not merged.needed:
        raise InvalidInput(field=Words("情形", "situation"), reason_zh="这种情形没有要办的事", reason_en="in this situation there is nothing to apply for")
    return merged


def _checked(merged: Merged, form: Mapping[str, str], today: date) -> dict[str, str]:
    """The merged form's values, each keeping every rule of every member that uses it. Raises `InvalidInput` by the merged label."""
    values: dict[str, str] = {}
    for one in merged.fields:
        for check in one.checks or (None,):
            values |= checked_form([one.field.model_copy(update={"check": check})], form, on=today)
    return values


def _lines(cases: Sequence[Case]) -> list[Line]:
    return [Line(case.version.words, case.number, case.office.words, case.notice_due_on) for case in cases]


def _kept(merged: Merged, offered: Offer, given: frozenset[str]) -> list[Kept]:
    return [
        Kept(_words(paper.name), tuple(offered.members[item].words for item in paper.items)) for paper in merged.papers if paper.code in given
    ]


def _awaited(merged: Merged, offered: Offer) -> list[Awaited]:
    return [
        Awaited(_words(one.material.name), offered.members[one.arrival.item].words, offered.members[one.arrival.giver].words)
        for one in merged.arriving
    ]


def _words(text: Text) -> Words:
    return Words(text.zh, text.en)
