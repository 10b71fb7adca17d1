"""An import through the browser: the file is kept, tried by the worker, confirmed by the person who reads the report, written once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connections, transaction

from onewindow.foundation.catalogue.definition import read_statutes, statutes_folder
from onewindow.foundation.catalogue.exchange.actions import bring_in
from onewindow.foundation.catalogue.exchange.bringing import LARGEST_MB, Brought
from onewindow.foundation.catalogue.exchange.outcomes import Plan, Wishes
from onewindow.foundation.catalogue.exchange.planning import plan
from onewindow.foundation.catalogue.exchange.queries import standing
from onewindow.foundation.catalogue.models import CatalogueImport
from onewindow.foundation.catalogue.policies import IMPORT
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel.crypto import sm3
from onewindow.kernel.errors import ImportRefused, ImportStale, InvalidInput, Refusal
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.permissions import Actor, system
from onewindow.kernel.words import Words

FILE = Words("文件", "file")
BY = system("catalogue-import", [IMPORT])  # who makes reports; what is written is written in the name of whoever confirmed it


def bring(*, by: Actor, name: str, data: bytes, departments: Mapping[str, str], serves: str) -> CatalogueImport:
    """Keep a file for a dry run, which the worker makes (`try_out`). Raises `InvalidInput` for none or one too large."""
    by.require(IMPORT)
    if not data or len(data) > LARGEST_MB * 1024 * 1024:
        zh, en = f"请选择一个不超过 {LARGEST_MB} MB 的文件", f"please choose a file of at most {LARGEST_MB} MB"
        raise InvalidInput(field=FILE, reason_zh=zh, reason_en=en)
    mark = sm3(data).hex()
    return begin(
        CatalogueImport, "bring", by=by, site=by.site, facts={"file": mark, "bytes": len(data)}, file_name=name[-120:] or "—", mark=mark, data=data,
        account_id=int(by.id), departments=dict(departments), serves=serves, report=None,
    )  # fmt: skip


def try_out(import_id: int) -> None:
    """Make the dry run's report. What was reported or discarded meanwhile is left as it is."""
    one = CatalogueImport.objects.select_related("account").get(pk=import_id)
    if one.state != "checking":
        return
    made = _planned(one)
    with transaction.atomic():
        locked = CatalogueImport.objects.select_for_update().get(pk=import_id)
        if locked.state == "checking":
            _report(locked, "report", made, stale=False)


def confirm(*, by: Actor, import_id: int, agreed: str) -> None:
    """Write what the report says, once: the worker does it (`carry_out`). `agreed` is the digest of the report that was read.

    Raises `ImportStale` for another report than the one that stands, `ImportRefused` for one with a refused row, `WrongState`.
    """
    with moving(CatalogueImport, import_id, "confirm", by=by) as motion:
        one = motion.subject
        if one.agreed != agreed:
            raise ImportStale
        if not one.report or not one.report["good"]:
            raise ImportRefused(count=one.report["counts"]["refused"] + len(one.report["problems"]) if one.report else 0)
        motion.set(account_id=int(by.id), phase="", done=0, of=0)
        motion.record(report=agreed)


def carry_out(import_id: int) -> None:
    """Write a confirmed import, all or nothing, in the name of whoever confirmed it. Where the catalogue changed since the report, a new
    report is made instead, to be confirmed again. Done twice it happens once."""
    one = CatalogueImport.objects.select_related("account").get(pk=import_id)
    if one.state != "confirmed":
        return
    made = _planned(one)
    if made.digest != one.agreed:
        _anew(one, made)
        return
    by = actor_of(one.account)
    try:
        with transaction.atomic():
            done = bring_in(by=by, site=one.site, plan=made, told=_teller(one.pk))
            with moving(CatalogueImport, one.pk, "finish", by=by) as motion:
                motion.set(data=b"", phase="", done=made.writes, of=made.writes)
                motion.record(file=one.mark, versions=done.versions, entries=done.entries)
    except Refusal:  # the catalogue changed, or who confirmed it no longer may: a person looks again
        _anew(one, _planned(one))


def discard(*, by: Actor, import_id: int) -> None:
    """Nothing of it is wanted; its file is let go. Raises `NotFound`, `WrongState`."""
    with moving(CatalogueImport, import_id, "discard", by=by) as motion:
        motion.set(data=b"")


def _planned(one: CatalogueImport) -> Plan:
    brought = Brought(bytes(one.data), read_statutes(statutes_folder()), _teller(one.pk))
    return plan(brought, standing(), Wishes(one.departments, one.serves))


def _anew(one: CatalogueImport, made: Plan) -> None:
    with transaction.atomic():
        locked = CatalogueImport.objects.select_for_update().get(pk=one.pk)
        if locked.state == "confirmed":
            _report(locked, "report-anew", made, stale=True)


def _report(one: CatalogueImport, verb: str, made: Plan, *, stale: bool) -> None:
    with moving(CatalogueImport, one.pk, verb, by=BY) as motion:
        motion.set(report=made.as_dict(), agreed=made.digest, stale=stale, phase="", done=0, of=0)
        motion.record(file=one.mark, report=made.digest, **made.counts)


def _teller(import_id: int) -> Callable[[str, int, int], None]:
    """Tells how far it is where others can see it: over a connection of its own, for what is written is not to be seen before its end."""

    def told(phase: str, n: int, of: int) -> None:
        other: Any = connections["default"].copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("UPDATE catalogue_import SET phase = %s, done = %s, of = %s WHERE id = %s", [phase, n, of, import_id])
        finally:
            other.close()

    last = [0.0]

    def seldom(phase: str, n: int, of: int) -> None:
        from time import monotonic

        if (now := monotonic()) - last[0] >= 0.5:  # a person looks once a second
            last[0] = now
            told(phase, n, of)

    return seldom
