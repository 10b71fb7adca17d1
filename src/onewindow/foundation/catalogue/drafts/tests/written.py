"""Who writes, reviews and approves in the demonstration district, and a draft on its way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from onewindow.errands.tests.scene import FOOD, staff
from onewindow.foundation.catalogue.definition.addressing import Change
from onewindow.foundation.catalogue.drafts import actions
from onewindow.foundation.catalogue.drafts.deciding import actions as deciding
from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.kernel import clock

EDITOR, COLLEAGUE, STRANGER, REVIEWER, OTHER_REVIEWER, CHIEF = "editor01", "editor02", "editor03", "reviewer01", "reviewer02", "chiefeditor01"
NEED = "/materials/application/need"
NAME = "/materials/application/name/zh"
CHANGED = (Change("set", NEED, "3"),)


def drafted(*changes: Change, item: str = FOOD) -> ItemDraft:
    """An open draft with these changes by the first editor."""
    draft = actions.open_draft(by=staff(EDITOR), item=item)
    if changes:
        actions.save(by=staff(EDITOR), draft_id=draft.pk, edition=0, changes=changes)
    return again(draft)


def again(draft: ItemDraft) -> ItemDraft:
    return ItemDraft.objects.select_related("based_on").get(pk=draft.pk)


def submitted(*changes: Change) -> ItemDraft:
    draft = drafted(*(changes or CHANGED))
    deciding.submit(by=staff(EDITOR), draft_id=draft.pk, edition=draft.edition)
    return again(draft)


def endorsed(*changes: Change) -> ItemDraft:
    draft = submitted(*changes)
    deciding.endorse(by=staff(REVIEWER), draft_id=draft.pk)
    return again(draft)


def approved(*changes: Change, on: date | None = None) -> ItemDraft:
    """Approved for tomorrow, unless another day is said."""
    draft = endorsed(*changes)
    deciding.approve(by=staff(CHIEF), draft_id=draft.pk, effective_on=on or clock.today() + timedelta(days=1))
    return again(draft)


def put(at: str, now: Any) -> Change:
    return Change("set", at, now)
