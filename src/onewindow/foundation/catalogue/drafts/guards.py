"""What is asked before a draft is changed or decided: whose it is, as it was looked at, sound, and by whom."""

from __future__ import annotations

from onewindow.foundation.catalogue.drafts import queries
from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.foundation.catalogue.drafts.policies import DRAFT, REVIEW
from onewindow.foundation.catalogue.drafts.states import ITEM_DRAFT
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.staff.queries import department_by_id
from onewindow.kernel.errors import DraftUnsound, NotFound, NotPermitted, OwnDraft, ReasonMissing, StateConflict
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words

LONGEST_REASON = 500


def locked_draft(draft_id: int, by: Actor) -> ItemDraft:
    """A draft of the actor's own department, locked."""
    by.require(DRAFT)
    draft = locked(ItemDraft, draft_id)
    if draft is None:
        raise NotFound
    own_office(draft.department_id, by)
    return draft


def own_office_of(draft_id: int, by: Actor) -> None:
    office = ItemDraft.objects.filter(pk=draft_id).values_list("department_id", flat=True).first()
    if office is None:
        raise NotFound
    if by.may(DRAFT) or by.may(REVIEW):  # whoever may neither is told so by the move
        own_office(office, by)


def own_office(department_id: int, by: Actor) -> None:
    office = department_by_id(department_id)
    if office.code != by.department:
        raise NotPermitted(permission=Words(f"编写{office.name_zh}的事项", f"write items of {office.name_en}"))


def known(draft: ItemDraft, edition: int) -> None:
    if not 0 <= edition <= draft.edition:
        raise StateConflict


def unchanged(draft: ItemDraft, edition: int) -> None:
    if draft.edition != edition:
        raise StateConflict


def in_force(item: str) -> ItemVersion | None:
    """The published version, kept from being superseded until the transaction ends."""
    return ItemVersion.objects.select_for_update(of=("self",)).filter(code=item, state="published").first()


def sound(draft: ItemDraft, verb: str) -> None:
    found = queries.faults_of(draft.body)
    if found:
        raise DraftUnsound(count=len(found), first=Words(found[0].zh, found[0].en), verb=ITEM_DRAFT.moves[verb].words)


def not_an_author(draft: ItemDraft, by: Actor, verb: str) -> None:
    if by.ref in draft.authors:
        raise OwnDraft(verb=ITEM_DRAFT.moves[verb].words)


def reason_given(typed: str, verb: str) -> str:
    return said_why(typed, ITEM_DRAFT.moves[verb].words)


def said_why(typed: str, verb: Words) -> str:
    reason = typed.strip()
    if not reason:
        raise ReasonMissing(verb=verb)
    return reason[:LONGEST_REASON]
