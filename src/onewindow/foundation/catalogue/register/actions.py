"""The only writers of the register of items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction

from onewindow.foundation.catalogue.models import RegisterEntry
from onewindow.foundation.catalogue.policies import KEEP_REGISTER
from onewindow.foundation.catalogue.states import ENTRY
from onewindow.foundation.staff.models import Department
from onewindow.kernel.errors import InvalidInput, NotFound, WrongState
from onewindow.kernel.ledger.moving import begin_all, move_locked, moving
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words

INSIDE, OUTSIDE = Words("已进驻中心", "in the centre"), Words("未进驻中心", "not in the centre")


class Listing(NamedTuple):
    """What the register says of an item; its columns are those of `RegisterEntry`, the department by its code."""

    code: str
    name_zh: str
    name_en: str
    department: str
    item_type: str
    serves: str
    self_service: bool
    city_wide: bool
    online: bool
    item: str


@transaction.atomic
def enlist(*, by: Actor, site: str, listings: Iterable[Listing], outside: Iterable[str] = ()) -> int:
    """List new items, all or none; how many. Each is handled in the centre unless its code is among `outside`.

    Each gets its own first ledger row, which holds everything that is listed of it but its names. Raises `NotFound` for an
    unknown department, `InvalidInput` for a code that is listed already or given twice.
    """
    by.require(KEEP_REGISTER)
    wanted, away = list(listings), frozenset(outside)
    codes = [listing.code for listing in wanted]
    if len(set(codes)) < len(codes) or RegisterEntry.objects.filter(code__in=codes).exists():
        field = Words("事项编码", "item code")
        raise InvalidInput(field=field, reason_zh="目录中已有此编码", reason_en="this code is in the register already")
    departments = dict(Department.objects.values_list("code", "pk"))
    entered = [listing.code not in away for listing in wanted]
    births = [
        (_facts(listing) | {"entered": inside}, _columns(listing, departments) | {"entered": inside})
        for listing, inside in zip(wanted, entered, strict=True)
    ]  # fmt: skip
    return begin_all(RegisterEntry, "list", by=by, site=site, births=births)


def amend_entry(*, by: Actor, entry_id: int, listing: Listing) -> None:
    """Change what the register says of an item; its code never changes, and moving in or out is a move of its own.

    Nothing is written when nothing would change. Raises `NotFound` for an unknown entry or department, `WrongState` for one struck.
    """
    with transaction.atomic():
        by.require(KEEP_REGISTER)
        standing = locked(RegisterEntry, entry_id)
        if standing is None:
            raise NotFound
        wanted = _columns(listing, dict(Department.objects.values_list("code", "pk")))
        del wanted["code"]
        changed = {column: value for column, value in wanted.items() if value != getattr(standing, column)}
        if changed:
            with move_locked(standing, "amend", by=by) as motion:
                motion.set(**changed)
                motion.record(changed=sorted(changed), **_facts(listing))


def move_into_centre(*, by: Actor, entry_id: int) -> None:
    """From now on the item is handled in the centre (进驻). `WrongState` for one that is already, or is struck."""
    _move(by, entry_id, "move-in", entered=True)


def move_out(*, by: Actor, entry_id: int) -> None:
    """From now on the item is handled at its department and no longer in the centre. `WrongState` for one that is not there."""
    _move(by, entry_id, "move-out", entered=False)


def strike(*, by: Actor, entry_id: int) -> None:
    """The item no longer exists (取消): it counts nowhere, and its entry stays. Raises `NotFound`, `WrongState`."""
    with moving(RegisterEntry, entry_id, "strike", by=by) as motion:
        motion.record(code=motion.subject.code)


def restore(*, by: Actor, entry_id: int) -> None:
    """A struck entry stands again as it stood. Raises `NotFound`, `WrongState`."""
    with moving(RegisterEntry, entry_id, "restore", by=by) as motion:
        motion.record(code=motion.subject.code)


def _move(by: Actor, entry_id: int, verb: str, *, entered: bool) -> None:
    with moving(RegisterEntry, entry_id, verb, by=by) as motion:
        if motion.subject.entered == entered:
            raise WrongState(state=INSIDE if entered else OUTSIDE, verb=ENTRY.moves[verb].words)
        motion.set(entered=entered)
        motion.record(code=motion.subject.code, entered=entered)


def _columns(listing: Listing, departments: dict[str, int]) -> dict[str, Any]:
    columns = listing._asdict()
    pk = departments.get(columns.pop("department"))
    if pk is None:
        raise NotFound
    return columns | {"department_id": pk}


def _facts(listing: Listing) -> dict[str, Any]:
    facts = listing._asdict()
    del facts["name_zh"], facts["name_en"]
    return facts
