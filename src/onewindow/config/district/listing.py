"""The register of items: what the folder lists is listed, amended, and moved into the centre or out of it."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.config.district.changes import Change
from onewindow.foundation.catalogue.definition import District
from onewindow.foundation.catalogue.definition.district import RegisterLine
from onewindow.foundation.catalogue.models import RegisterEntry
from onewindow.foundation.catalogue.register.actions import Listing, amend_entry, enlist, move_into_centre, move_out, restore
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words


def listed(district: District, by: Actor) -> Iterator[Change]:
    """All that is new at once, told as one change; each entry that stands otherwise made what the folder says.

    An entry that the folder no longer has is kept and named; a district without a register has nothing said of it.
    """
    if not district.register:
        return
    home = district.places[0].code
    english = {item.code: item.name.en for item in district.items}
    standing = {entry.code: entry for entry in RegisterEntry.objects.select_related("department")}
    fresh = [line for line in district.register if line.code not in standing]
    if fresh:
        enlist(
            by=by, site=home, listings=[_listing(line, english) for line in fresh],
            outside=[line.code for line in fresh if not line.entered],
        )  # fmt: skip
        yield Change("added", Words(f"事项目录 {len(fresh)} 项", f"register: {len(fresh)} items"))
    for line in district.register:
        entry = standing.pop(line.code, None)
        if entry is not None and _renewed(entry, line, _listing(line, english), by):
            yield Change("renewed", Words(f"目录事项 {line.code}", f"register entry {line.code}"))
    for left in standing.values():
        if left.state == "listed" and left.site == home:
            yield Change("kept", Words(f"目录事项 {left.code}（文件中没有）", f"register entry {left.code} (not in the folder)"))


def _renewed(entry: RegisterEntry, line: RegisterLine, wanted: Listing, by: Actor) -> bool:
    """Make the entry what the line says; whether anything had to be done."""
    back, other, moved = entry.state == "struck", _stored(entry) != wanted, entry.entered != line.entered
    if back:
        restore(by=by, entry_id=entry.pk)
    if other:
        amend_entry(by=by, entry_id=entry.pk, listing=wanted)
    if moved:
        (move_into_centre if line.entered else move_out)(by=by, entry_id=entry.pk)
    return back or other or moved


def _listing(line: RegisterLine, english: dict[str, str]) -> Listing:
    return Listing(
        code=line.code, name_zh=line.name, name_en=english.get(line.item, ""), department=line.department, item_type=line.type,
        serves=line.serves, self_service=line.self_service, city_wide=line.city_wide, online=line.online, item=line.item,
    )  # fmt: skip


def _stored(entry: RegisterEntry) -> Listing:
    return Listing(
        code=entry.code, name_zh=entry.name_zh, name_en=entry.name_en, department=entry.department.code, item_type=entry.item_type,
        serves=entry.serves, self_service=entry.self_service, city_wide=entry.city_wide, online=entry.online, item=entry.item,
    )  # fmt: skip
