"""What is asked before an item begins, and before it is listed: that its line of the register is still free. The line stays locked."""

from __future__ import annotations

from onewindow.foundation.catalogue.drafts.beginning import rules
from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.foundation.catalogue.drafts.states import OPEN
from onewindow.foundation.catalogue.models import RegisterEntry
from onewindow.foundation.staff.models import Department
from onewindow.kernel.errors import InvalidInput, NotFound


def still_unwritten(entry: str, office: Department) -> RegisterEntry:
    """The entry, of this department and still to be written, locked."""
    found = RegisterEntry.objects.select_for_update().filter(code=entry, state="listed", department=office).first()
    if found is None:
        raise NotFound
    if found.item or ItemDraft.objects.filter(entry=found, state__in=sorted(OPEN)).exists():
        raise InvalidInput(field=rules.NAME, reason_zh="这件事已经有人在写，或者已经写好", reason_en="somebody writes this item, or has written it")
    return found


def listable(draft: ItemDraft) -> bool:
    """Whether the register can still take the item in: what the draft was begun for stands, and no other item has taken its place."""
    if draft.entry_id is None:
        return True
    found = RegisterEntry.objects.select_for_update().filter(pk=draft.entry_id).first()
    return found is not None and found.state == "listed" and found.item in ("", draft.code)
