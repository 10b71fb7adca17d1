"""The only writers of an item's beginning: its first draft, and its line in the register on the day it is first published."""

from __future__ import annotations

from django.db import transaction

from onewindow.foundation.catalogue.definition import Definition
from onewindow.foundation.catalogue.drafts.beginning import queries, rules
from onewindow.foundation.catalogue.drafts.beginning.guards import still_unwritten
from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.foundation.catalogue.drafts.policies import DRAFT
from onewindow.foundation.catalogue.models import RegisterEntry
from onewindow.foundation.catalogue.register.actions import Listing, amend_entry, enlist
from onewindow.foundation.staff.models import Department
from onewindow.kernel.errors import InvalidInput, NotFound
from onewindow.kernel.ledger.moving import begin
from onewindow.kernel.permissions import Actor

FULL_DEPTH = 7  # online depth from which nobody has to come


@transaction.atomic
def begin_item(*, by: Actor, name: str, code: str = "", entry: str = "") -> ItemDraft:
    """Begin the first draft of an item of the actor's own department: one that the register lists (`entry`, its code), or a new one.

    `code` is what the item goes by from now on; without one it is made of the name. One department's beginnings wait for each other,
    so that no code is given twice. Raises `InvalidInput`, `NotFound`, `NotPermitted`.
    """
    by.require(DRAFT)
    office = Department.objects.select_for_update().filter(code=by.department).first()
    if office is None:
        raise NotFound
    listed = still_unwritten(entry, office) if entry else None
    name = (listed.name_zh if listed is not None else name).strip()
    code = code.strip() or rules.suggested(name, queries.is_taken)
    rules.check_begun(code, name)
    if queries.is_taken(code):
        raise InvalidInput(field=rules.CODE, reason_zh=f"“{code}”已经有了，请换一个", reason_en=f"“{code}” is taken; please choose another")
    return begin(
        ItemDraft, "open", by=by, site=by.site, facts={"item": code, "based_on": None, "entry": listed.code if listed is not None else None},
        code=code, department=office, based_on=None, entry=listed, body=rules.first_body(code, name, office, listed), authors=[],
    )  # fmt: skip


def list_item(*, by: Actor, draft: ItemDraft, definition: Definition) -> None:
    """Let the register say that this item is handled by its definition; what it lists already is left alone.

    The entry is the one the draft was begun for, else the one of its implementation code, else a new one, handled in the centre:
    the definition names its hall.
    """
    if RegisterEntry.objects.filter(item=definition.code).exists():
        return
    entry = RegisterEntry.objects.select_related("department").filter(pk=draft.entry_id).first() if draft.entry_id else None
    if entry is None:
        entry = RegisterEntry.objects.select_related("department").filter(code=definition.implementation_code, state="listed", item="").first()
    if entry is not None:
        listing = _listing(definition, entry.code)._replace(
            name_zh=entry.name_zh, item_type=entry.item_type, serves=entry.serves, department=entry.department.code,
        )  # fmt: skip
        amend_entry(by=by, entry_id=entry.pk, listing=listing)
    else:
        enlist(by=by, site=draft.site, listings=[_listing(definition, definition.implementation_code)])


def _listing(definition: Definition, code: str) -> Listing:
    service = definition.service
    return Listing(
        code=code, name_zh=definition.name.zh, name_en=definition.name.en, department=definition.department.code, item_type=definition.item_type,
        serves="company" if service.hall == "A" else "person", self_service=service.kiosk, city_wide=service.city_wide,
        online=service.online_depth >= FULL_DEPTH, item=definition.code,
    )  # fmt: skip
