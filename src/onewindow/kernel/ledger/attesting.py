"""What the ledger vouches for besides states: papers whose digest stands in a row.

A model says by one class attribute, ``attested = Attested(owner="case")``, that each of its rows is such a
paper; the kernel knows no paper by name. The rule it then keeps: every paper's digest is the SM3 of its
content's one JSON form, and a ledger row of the paper's owner, or one whose facts name the owner under its
kind (``{"case": 17}``), holds number and digest: in ``documents`` as ``{"number", "digest", "kind"}``, or
plainly as ``document`` and ``digest``. `check_papers` compares all three, both ways.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from onewindow.kernel.crypto import sm3
from onewindow.kernel.ledger.chain import canonical
from onewindow.kernel.ledger.findings import Report
from onewindow.kernel.ledger.rows import streamed

_STRIDE = 500  # papers are pages of JSON: few at a time


@dataclass(frozen=True)
class Attested:
    """The fields of a model that the ledger vouches for; `owner` is the foreign key to a subject."""

    owner: str
    number: str = "number"
    kind: str = "kind"
    content: str = "content"
    digest: str = "digest"


def mark(content: Any) -> str:
    """The digest of a paper's content, as the paper's row and the ledger keep it."""
    return sm3(canonical(content)).hex()


# Every (number, digest, kind) a ledger row tells of, with the row's place. Facts that are no list are passed over.
_TOLD = """
    SELECT e.subject_kind, e.subject_id, e.n, e.facts, paper->>'number' AS number, paper->>'digest' AS digest, paper->>'kind' AS kind
    FROM ledger_entry e CROSS JOIN LATERAL jsonb_array_elements(
        CASE WHEN jsonb_typeof(e.facts->'documents') = 'array' THEN e.facts->'documents' ELSE '[]'::jsonb END
        || CASE WHEN jsonb_typeof(e.facts->'document') = 'string'
           THEN jsonb_build_array(jsonb_build_object('number', e.facts->'document', 'digest', e.facts->'digest')) ELSE '[]'::jsonb END
    ) AS paper"""


def check_papers(report: Report) -> None:
    """Compare every attested row with its own digest and with the ledger's, and every digest told of with its row.

    Streams: the server joins and spills to disk, and no more than `_STRIDE` papers are here at a time.
    """
    declared = [(model, getattr(model, "attested", None)) for model in apps.get_models()]
    found = [(model, attested) for model, attested in declared if isinstance(attested, Attested)]
    for model, attested in found:
        owner: Any = model._meta.get_field(attested.owner)
        kind = owner.related_model.machine.kind
        for row in streamed(_papers(model, attested), [kind, kind], _STRIDE):
            report.documents += 1
            _check(kind, row, report)
    if found:
        _check_lost(found, report)


def _papers(model: type[models.Model], attested: Attested) -> str:
    quote = connection.ops.quote_name
    of = {name: quote(model._meta.get_field(getattr(attested, name)).column) for name in ("owner", "number", "kind", "content", "digest")}
    return f"""WITH told AS ({_TOLD}), recorded AS (
            SELECT number, jsonb_agg(jsonb_build_array(
                digest, kind, CASE WHEN subject_kind = %s THEN subject_id::text ELSE facts->>%s END)) AS records
            FROM told GROUP BY number)
        SELECT p.{of["owner"]}, p.{of["number"]}, p.{of["kind"]}, p.{of["content"]}, p.{of["digest"]}, r.records
        FROM {quote(model._meta.db_table)} p LEFT JOIN recorded r ON r.number = p.{of["number"]}"""


def _check(owner_kind: str, row: Any, report: Report) -> None:
    owner, number, kind, content, digest, records = row
    place = f"{owner_kind}:{owner}/{number}"
    if not _holds(content, digest):
        report.add(
            "document-changed", place, f"文书 {number} 的内容与其摘要不符", f"the content of document {number} does not agree with its digest"
        )
    if records is None:
        report.add("document-unrecorded", place, f"台账中没有文书 {number} 的摘要", f"no ledger row holds the digest of document {number}")
        return
    for told, told_kind, told_owner in json.loads(records):
        if told != digest:
            report.add("document-differs", place, f"文书 {number} 与台账所记摘要不符", f"document {number} does not agree with the digest in the ledger")
            return
        if told_owner != str(owner) or told_kind not in (None, kind):
            report.add(
                "document-misfiled", place, f"文书 {number} 的种类或所属与台账不符", f"document {number} is not of the kind or owner the ledger says"
            )
            return


def _holds(content: str, digest: str) -> bool:
    try:
        return mark(json.loads(content)) == digest
    except TypeError:  # a float, which no paper of ours holds
        return False


def _check_lost(found: list[tuple[type[models.Model], Attested]], report: Report) -> None:
    """Papers the ledger tells of that are not there."""
    quote = connection.ops.quote_name
    gone = " AND ".join(
        f"NOT EXISTS (SELECT FROM {quote(model._meta.db_table)} p WHERE p.{quote(model._meta.get_field(attested.number).column)} = told.number)"
        for model, attested in found
    )
    for kind, pk, n, number in streamed(f"SELECT subject_kind, subject_id, n, number FROM ({_TOLD}) told WHERE {gone} LIMIT 20", []):
        report.add("document-missing", f"{kind}:{pk}#{n}/{number}", f"台账所记文书 {number} 不存在", f"document {number}, which the ledger tells of, is not there")
