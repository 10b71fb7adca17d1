"""Which drafts somebody sees, and which wait for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onewindow.foundation.catalogue.drafts import queries
from onewindow.foundation.catalogue.drafts.policies import APPROVE, REVIEW
from onewindow.kernel.errors import NotFound
from onewindow.kernel.permissions import Actor

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.drafts.models import ItemDraft


def sees(by: Actor, department: str) -> bool:
    """An editor and a reviewer see their department's items, the chief editor all."""
    return by.may(APPROVE) or by.department == department


def waits_for(by: Actor, draft: ItemDraft) -> bool:
    """Whether a draft waits for this person."""
    return (draft.state == "in-review" and by.may(REVIEW)) or (draft.state == "endorsed" and by.may(APPROVE))


def draft_of(by: Actor, item: str) -> ItemDraft:
    """The open draft of an item that this person may see. Raises `NotFound`."""
    draft = queries.open_draft_of(item)
    if draft is None or not sees(by, draft.department.code):
        raise NotFound
    return draft
