"""The only writer of an import: everything a plan says, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db import connection, transaction

from onewindow.foundation.catalogue.actions import publish_all
from onewindow.foundation.catalogue.definition import Definition
from onewindow.foundation.catalogue.exchange.bringing import unpacked
from onewindow.foundation.catalogue.exchange.listing import Entry
from onewindow.foundation.catalogue.exchange.outcomes import CHANGED, CREATED, Outcome, Plan
from onewindow.foundation.catalogue.exchange.queries import standing
from onewindow.foundation.catalogue.models import RegisterEntry
from onewindow.foundation.catalogue.policies import IMPORT
from onewindow.foundation.catalogue.register.actions import Listing, amend_entry, enlist, move_into_centre, move_out, restore
from onewindow.kernel.errors import ImportRefused, ImportStale
from onewindow.kernel.permissions import Actor


class Done(NamedTuple):
    """How many versions were published and how many entries listed or changed."""

    versions: int
    entries: int


@transaction.atomic
def bring_in(*, by: Actor, site: str, plan: Plan, told: Callable[[str, int, int], None] = lambda phase, n, of: None) -> Done:
    """Carry out a plan, all of it or nothing: items become their next versions, entries are listed, amended, moved.

    Imports happen one after the other. Raises `ImportRefused` for a plan with a refused row, `ImportStale` where the catalogue is no
    longer what it was when the plan was made, `NotPermitted`.
    """
    by.require(IMPORT)
    if not plan.good:
        raise ImportRefused(count=plan.counts["refused"] + len(plan.problems))
    _lock()
    now = standing()
    if now.mark != plan.mark:
        raise ImportStale
    of = plan.writes
    replaced = [outcome.code for outcome in plan.outcomes if outcome.about == "item" and outcome.kind == CHANGED]
    versions = publish_all(by=by, site=site, definitions=_definitions(plan, told, of), replaced=replaced)
    told("write", versions, of)
    wanted = [outcome for outcome in plan.outcomes if outcome.about == "entry" and outcome.payload is not None]
    fresh = [outcome.payload for outcome in wanted if outcome.kind == CREATED]
    if fresh:
        enlist(by=by, site=site, listings=map(_listing, fresh), outside=[entry.code for entry in fresh if not entry.entered])
    told("write", versions + len(fresh), of)
    _amend(by, [outcome for outcome in wanted if outcome.kind == CHANGED])
    told("write", of, of)
    return Done(versions, len(wanted))


def _lock() -> None:
    """Imports, and whatever else changes the whole catalogue, one after the other until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('onewindow.district'))")


def _definitions(plan: Plan, told: Callable[[str, int, int], None], of: int) -> Iterator[Definition]:
    n = 0
    for outcome in plan.outcomes:
        if outcome.about == "item" and outcome.payload is not None:
            n += 1
            if n % 50 == 0:
                told("write", n, of)
            yield unpacked(outcome.payload)


def _amend(by: Actor, changed: list[Outcome]) -> None:
    standing_entries = {entry.code: entry for entry in RegisterEntry.objects.filter(code__in=[outcome.code for outcome in changed])}
    for outcome in changed:
        stood, wanted = standing_entries[outcome.code], outcome.payload
        if stood.state == "struck":
            restore(by=by, entry_id=stood.pk)
        amend_entry(by=by, entry_id=stood.pk, listing=_listing(wanted))
        if stood.entered != wanted.entered:
            (move_into_centre if wanted.entered else move_out)(by=by, entry_id=stood.pk)


def _listing(entry: Entry) -> Listing:
    return Listing(
        code=entry.code, name_zh=entry.name, name_en=entry.name_en, department=entry.department, item_type=entry.type, serves=entry.serves,
        self_service=entry.self_service, city_wide=entry.city_wide, online=entry.online, item=entry.item,
    )  # fmt: skip
