"""The only writers of what is decided about a draft: submitted, returned, endorsed, approved for a day, published on it; and of a withdrawal."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from onewindow.foundation.catalogue import actions as catalogue
from onewindow.foundation.catalogue.actions import withdraw
from onewindow.foundation.catalogue.definition import DefinitionWrong, load
from onewindow.foundation.catalogue.definition.comparing import differences
from onewindow.foundation.catalogue.drafts import queries, rules
from onewindow.foundation.catalogue.drafts.beginning.actions import list_item
from onewindow.foundation.catalogue.drafts.beginning.guards import listable
from onewindow.foundation.catalogue.drafts.guards import (
    in_force,
    locked_draft,
    not_an_author,
    own_office_of,
    reason_given,
    said_why,
    sound,
    unchanged,
)
from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.foundation.catalogue.drafts.states import ITEM_DRAFT
from onewindow.foundation.catalogue.policies import WITHDRAW
from onewindow.foundation.catalogue.states import VERSION
from onewindow.kernel import clock
from onewindow.kernel.errors import DraftOutdated, InvalidInput, NotFound, OwnDraft
from onewindow.kernel.ledger.moving import move_locked, moving
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor


@transaction.atomic
def submit(*, by: Actor, draft_id: int, edition: int) -> None:
    """Hand a draft to the department's reviewer. Raises `DraftUnsound` while anything keeps it from being published, `StateConflict`."""
    unchanged(locked_draft(draft_id, by), edition)
    with moving(ItemDraft, draft_id, "submit", by=by) as motion:
        draft = motion.subject
        sound(draft, "submit")
        if not differences(queries.base_of(draft), queries.content_of(draft)):
            raise InvalidInput(field=rules.CHANGES, reason_zh="和现行版本一样，没有要审的", reason_en="it says what the version in force says")
        motion.set(note="", reviewed_by="", approved_by="", effective_on=None)
        motion.record(item=draft.code, edition=draft.edition)


@transaction.atomic
def return_draft(*, by: Actor, draft_id: int, reason: str) -> None:
    """The department's reviewer sends a draft back, and says why. Raises `ReasonMissing`."""
    own_office_of(draft_id, by)
    with moving(ItemDraft, draft_id, "return", by=by) as motion:
        motion.set(note=reason_given(reason, "return"))
        motion.record(item=motion.subject.code)


@transaction.atomic
def endorse(*, by: Actor, draft_id: int) -> None:
    """The department's reviewer, who wrote nothing of it, hands a draft on to the chief editor. Raises `OwnDraft`."""
    own_office_of(draft_id, by)
    with moving(ItemDraft, draft_id, "endorse", by=by) as motion:
        not_an_author(motion.subject, by, "endorse")
        motion.set(reviewed_by=by.ref)
        motion.record(item=motion.subject.code, edition=motion.subject.edition)


@transaction.atomic
def decline(*, by: Actor, draft_id: int, reason: str) -> None:
    """The chief editor sends an endorsed draft back, and says why. Raises `ReasonMissing`."""
    with moving(ItemDraft, draft_id, "decline", by=by) as motion:
        motion.set(note=reason_given(reason, "decline"))
        motion.record(item=motion.subject.code)


@transaction.atomic
def approve(*, by: Actor, draft_id: int, effective_on: date) -> None:
    """The chief editor, who neither wrote nor reviewed it, lets a draft be published on a day.

    Raises `OwnDraft`, `DraftUnsound`, `DraftOutdated` when the version it began from is no longer in force, `InvalidInput` for a day past.
    """
    with moving(ItemDraft, draft_id, "approve", by=by) as motion:
        draft = motion.subject
        not_an_author(draft, by, "approve")
        if draft.reviewed_by == by.ref:
            raise OwnDraft(verb=ITEM_DRAFT.moves["approve"].words)
        rules.check_effective(effective_on, today=clock.today())
        newer = in_force(draft.code)
        if (newer.pk if newer else None) != draft.based_on_id:
            raise DraftOutdated(version=newer.version if newer else "–")
        sound(draft, "approve")
        motion.set(effective_on=effective_on, approved_by=by.ref)
        motion.record(item=draft.code, edition=draft.edition, effective_on=effective_on.isoformat())


@transaction.atomic
def take_back(*, by: Actor, draft_id: int, reason: str) -> None:
    """The chief editor takes an approval back before its day, and says why."""
    with moving(ItemDraft, draft_id, "take-back", by=by) as motion:
        motion.set(note=reason_given(reason, "take-back"), effective_on=None, approved_by="")
        motion.record(item=motion.subject.code)


@transaction.atomic
def publish_due(*, by: Actor, draft_id: int, today: date) -> bool:
    """Publish an approved draft whose day has come; whether it was. One that can no longer be is sent back with the reason.

    Not yet due, or published by somebody else meanwhile: nothing is done.
    """
    draft = locked(ItemDraft, draft_id)
    if draft is None or draft.state != "approved" or draft.effective_on is None or draft.effective_on > today:
        return False
    newer = in_force(draft.code)
    try:
        definition = load(draft.body)
    except DefinitionWrong:
        definition = None
    if definition is None or (newer.pk if newer else None) != draft.based_on_id or not listable(draft):
        with move_locked(draft, "lapse", by=by) as motion:
            motion.set(note="", effective_on=None, approved_by="")
            motion.record(item=draft.code)
        return False
    with move_locked(draft, "publish", by=by) as motion:
        made = catalogue.publish(by=by, site=draft.site, definition=definition)
        list_item(by=by, draft=draft, definition=definition)
        motion.set(version=made)
        motion.record(item=draft.code, version=made.version, digest=made.digest)
    return True


@transaction.atomic
def withdraw_item(*, by: Actor, item: str, reason: str) -> None:
    """The chief editor withdraws an item's version in force, and says why: nothing new is received until another is published.

    Raises `NotFound` where none is in force, `NotPermitted`, `ReasonMissing`.
    """
    by.require(WITHDRAW)
    standing = in_force(item)
    if standing is None:
        raise NotFound
    withdraw(by=by, version_id=standing.pk, reason=said_why(reason, VERSION.moves["withdraw"].words))
