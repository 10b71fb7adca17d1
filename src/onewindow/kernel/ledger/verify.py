"""The auditor: recomputes every chain and every seal, and names the place where they do not agree.

What each check catches: a changed row breaks its subject's chain; a row removed from the middle
leaves a gap in `n`; a tail cut from one subject disagrees with the head on the subject's row; a tail
cut with the head forged to match disagrees with the seal's Merkle root; seals removed too disagree
with the anchor file outside the database. Rows younger than the last seal are reported as the
unsealed tail: they are covered by their chains only. A paper is compared with the digest a row keeps of it
(`attesting`), and the guards of the tables with what they should be (`guards`).

The auditor reads: nothing is migrated, mended or made, and a wrong clock is only told of.
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from onewindow.kernel.crypto import SealKey, merkle_root, sm3
from onewindow.kernel.errors import AnchorUnreadable, ClockWrong
from onewindow.kernel.ledger import chain
from onewindow.kernel.ledger.attesting import check_papers
from onewindow.kernel.ledger.checks import check_clock
from onewindow.kernel.ledger.findings import Report
from onewindow.kernel.ledger.guards import check_guards
from onewindow.kernel.ledger.models import Seal, Subject
from onewindow.kernel.ledger.rows import streamed
from onewindow.kernel.ledger.sealer import Row, read_anchor, seal_body


def verify(key: SealKey | None, anchor: Path) -> Report:
    """Check the whole ledger against itself, its subjects, seals, anchor, papers and guards, in one snapshot.

    Without a key the signatures cannot be checked, which is a finding as soon as there is a seal.
    """
    report = Report()
    # Before the snapshot: a seal stands in the database first and on the anchor later, so that whatever was on the
    # anchor by now is in the snapshot, even while the centre works on.
    anchored = _anchored(anchor, report)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")  # the longest ledger takes its time; nobody waits for it
        models = {model.machine.kind: model for model in apps.get_models() if issubclass(model, Subject)}
        for kind, model in sorted(models.items()):
            _check_chains(kind, model, report)
        _check_strangers(sorted(models), report)
        _check_seals(key, anchored, report)
        check_papers(report)
        check_guards(report)
        _check_clock(report)
    return report


def _check_clock(report: Report) -> None:
    """A wrong clock is no fault of the ledger, and no reason not to look at it."""
    try:
        check_clock()
    except ClockWrong as wrong:
        report.warn("clock-wrong", "clock", wrong.message("zh-hans"), wrong.message("en"))


def _check_chains(kind: str, model: type[Subject], report: Report) -> None:
    heads = f"""SELECT s.id, s.uuid, s.moves, s.head, s.state, e.n, e.was, e.now, e.verb, e.by, e.at, e.site, e.year,
                       e.facts, e.digest
                FROM {connection.ops.quote_name(model._meta.db_table)} s
                LEFT JOIN ledger_entry e ON e.subject_kind = %s AND e.subject_id = s.id
                ORDER BY s.id, e.n"""
    for pk, rows in groupby(streamed(heads, [kind]), key=lambda row: row[0]):
        report.subjects += 1
        _check_chain(kind, pk, list(rows), report)


def _check_chain(kind: str, pk: int, rows: list[Any], report: Report) -> None:
    place = f"{kind}:{pk}"
    _, uuid, moves, head, state, *_ = rows[0]
    previous, was = chain.genesis(kind, UUID(str(uuid))), ""
    entries = [row[5:] for row in rows if row[5] is not None]
    report.rows += len(entries)
    for expected, (n, row_was, now, verb, by, at, site, year, facts, digest) in enumerate(entries, 1):
        if n != expected:
            report.add("row-missing", f"{place}#{expected}", f"缺少第 {expected} 条记录", f"row {expected} is missing")
            return
        computed = chain.link(
            previous, n=n, was=row_was, now=now, verb=verb, by=by, at=at, site=site, year=year, facts=json.loads(facts)
        )
        if computed != bytes(digest) or row_was != was:
            report.add("row-changed", f"{place}#{n}", f"第 {n} 条记录被改动", f"row {n} was changed")
            return
        previous, was = computed, now
    if moves != len(entries):
        report.add(
            "tail-cut", f"{place}#{len(entries) + 1}", f"末尾应有 {moves} 条，实有 {len(entries)} 条",
            f"{moves} rows were written, {len(entries)} are there",
        )  # fmt: skip
    elif bytes(head) != previous or state != was:
        report.add("head-differs", place, "业务记录与台账最后一条不一致", "the subject does not agree with its last row")


def _check_strangers(kinds: list[str], report: Report) -> None:
    """Rows of subjects that are not there: a deleted subject, or a forged row."""
    for kind in kinds:
        table = connection.ops.quote_name(next(m for m in apps.get_models() if _kind(m) == kind)._meta.db_table)
        sql = f"""SELECT DISTINCT e.subject_id FROM ledger_entry e
                  WHERE e.subject_kind = %s AND NOT EXISTS (SELECT FROM {table} s WHERE s.id = e.subject_id) LIMIT 20"""
        for (pk,) in streamed(sql, [kind]):
            report.add("subject-missing", f"{kind}:{pk}", "台账有记录而业务记录不存在", "rows exist but their subject does not")
    unknown = "SELECT DISTINCT subject_kind FROM ledger_entry WHERE NOT subject_kind = ANY(%s) LIMIT 20"
    for (kind,) in streamed(unknown, [kinds]):
        report.add("kind-unknown", str(kind), "未知的业务类别", "no such kind of subject")


def _anchored(anchor: Path, report: Report) -> dict[int, dict[str, Any]] | None:
    """The lines of the anchor by seal; None, and a finding that names file and line, when it cannot be read."""
    try:
        return {line["n"]: line for line in read_anchor(anchor)}
    except AnchorUnreadable as damaged:
        line = damaged.details["line"]
        report.add(
            "anchor-unreadable", f"{anchor}:{line}", f"库外锚点文件第 {line} 行已损坏，无法读取",
            f"line {line} of the anchor file outside the database cannot be read",
        )  # fmt: skip
    except OSError as error:
        report.add(
            "anchor-unreadable", str(anchor), f"库外锚点文件无法读取（{error.strerror}）",
            f"the anchor file outside the database cannot be read ({error.strerror})",
        )  # fmt: skip
    return None


def _check_seals(key: SealKey | None, anchored: dict[int, dict[str, Any]] | None, report: Report) -> None:
    if key is None and Seal.objects.exists():
        report.add("seal-key-missing", "seal-key", "没有封存密钥，无法核对签名", "there is no seal key, so no signature can be checked")
    sql = "SELECT id, xid::text AS shown, subject_kind, subject_id, digest FROM ledger_entry ORDER BY ledger_entry.xid, ledger_entry.id"
    rows = (Row(i, int(x), kind, subject, bytes(d)) for i, x, kind, subject, d in streamed(sql, []))
    previous, first, n = sm3(b"onewindow.first-seal"), 1, 0
    for n, seal in enumerate(Seal.objects.order_by("n").iterator(), 1):
        covered = [row for _, row in zip(range(seal.rows), rows, strict=False)]
        body = seal_body(
            n=seal.n, first=seal.first, rows=seal.rows, last_xid=seal.last_xid, last_id=seal.last_id,
            root=bytes(seal.root), previous=bytes(seal.previous),
        )  # fmt: skip
        place = f"seal:{n}"
        line = None if anchored is None else anchored.pop(n, None)
        if seal.n != n or seal.first != first or bytes(seal.previous) != previous:
            report.add("seal-missing", place, f"缺少第 {n} 号封存", f"seal {n} is missing")
            return
        if sm3(body) != bytes(seal.digest) or (key is not None and not key.verifies(bytes(seal.signature), body)):
            report.add("seal-forged", place, f"第 {n} 号封存签名不符", f"the signature of seal {n} does not verify")
            return
        if line is None:
            report.unanchored_seals += anchored is not None
        elif line["digest"] != bytes(seal.digest).hex():
            report.add("anchor-differs", place, f"第 {n} 号封存与库外锚点不符", f"seal {n} disagrees with the anchor file")
            return
        if len(covered) < seal.rows or merkle_root([row.leaf() for row in covered]) != bytes(seal.root):
            span = f"ledger rows {seal.first}–{seal.first + seal.rows - 1}"
            report.add(
                "sealed-rows-differ", place, f"第 {n} 号封存所含记录（第 {seal.first} 至 {seal.first + seal.rows - 1} 条）被改动或删除",
                f"rows under seal {n} ({span}) were changed or removed",
            )  # fmt: skip
            return
        report.seals, report.sealed_rows = n, report.sealed_rows + seal.rows
        previous, first = bytes(seal.digest), first + seal.rows
    for lost in sorted(anchored or ()):
        report.add("seal-missing", f"seal:{lost}", f"库外锚点有第 {lost} 号封存，库内没有", f"seal {lost} is anchored but not in the database")
        return
    report.unsealed_rows = sum(1 for _ in rows)


def _kind(model: type[Any]) -> str:
    return model.machine.kind if issubclass(model, Subject) else ""
