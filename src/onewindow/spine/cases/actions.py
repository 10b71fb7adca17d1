"""The writers of cases that every stage shares: birth, materials, documents. The verbs belong to the stages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from onewindow.foundation.catalogue.definition import ResolvedItem
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.places.queries import label_of
from onewindow.kernel import clock
from onewindow.kernel.counting.actions import next_number
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import InvalidInput, NotFound
from onewindow.kernel.ledger.attesting import mark
from onewindow.kernel.ledger.moving import Motion, begin
from onewindow.kernel.ledger.rows import inserted, locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case, Document, Material, Reissue
from onewindow.spine.cases.policies import REISSUE
from onewindow.spine.cases.rules import OnPaper
from onewindow.spine.visits.models import Visit

LONGEST_NOTE = 500
# How a document's number ends, after the case number it belongs to.
_SUFFIX = {
    "receipt": "SJ", "correction-notice": "BZ", "acceptance": "SL", "exemption": "BXK", "refusal": "BSL", "grant": "ZY", "denial": "BZY",
    "licence": "ZZ", "pickup-slip": "LQ", "acceptance-voided": "CH", "excluded-time": "CW",
    "payment-notice": "JK", "fiscal-receipt": "PJ", "refund-notice": "TF",
}  # fmt: skip


@transaction.atomic(savepoint=False)
def file_case(
    *, by: Actor, visit: Visit, item: ItemVersion, resolved: ResolvedItem, form: Mapping[str, Any], given: set[str],
    received_on: date, notice_due_on: date, calendar_version: str, once: UUID, receipt: Callable[[str], dict[str, Any]],
    on_paper: OnPaper | None = None,
) -> Case:  # fmt: skip
    """Put an application on file as received, with the materials its situation asks for and its receipt.

    `receipt` composes the receipt's content for the case number it is given; the case's first ledger row
    keeps its digest, as every later row keeps that of what was issued with it. `on_paper` is the hand-written receipt the case
    is entered from: the row is stamped with the present moment all the same, and tells of the true one.
    """
    if visit.applicant_id is None:
        raise InvalidInput(field=Words("申请人", "applicant"), reason_zh="本次办事还没有登记申请人", reason_en="no applicant is named for this visit")
    envelope, wrapped = vault().new()
    sealed = envelope.seal("form", json.dumps(dict(form), ensure_ascii=False))
    answers = {question: list(chosen) for question, chosen in resolved.answers.items()}
    serial = next_number(f"case/{item.implementation_code}/{received_on:%Y%m%d}")
    number = f"{item.implementation_code}{received_on:%Y%m%d}{serial:04d}"
    issued = _composed(number, "receipt", receipt(number))
    told = {"paper": on_paper.number, "paper_at": clock.local(on_paper.at).isoformat()} if on_paper else {}
    case = begin(
        Case, "receive", by=by, site=visit.site,
        facts={"item": item.code, "version": item.version, "visit": visit.pk, "applicant": visit.applicant_id,
               "agent": visit.agent_id, "window": label_of(visit.window_id).code, "documents": [_told(issued)]} | told,
        number=number, visit=visit, item=item,
        department_id=item.department_id, applicant_id=visit.applicant_id, agent_id=visit.agent_id, answers=answers,
        form_key=wrapped, form_sealed=sealed, received_on=received_on, notice_due_on=notice_due_on,
        calendar_version=calendar_version, once=once,
        paper=on_paper.number if on_paper else "", paper_at=on_paper.at if on_paper else None,
        paper_accepted_on=on_paper.accepted_on if on_paper else None,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cases_material (case_id, place, code, need, standing, note)
               SELECT %s, place, code, need, CASE WHEN code = ANY(%s) THEN 'given' ELSE 'missing' END, ''
               FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS wanted (code, need, place)""",
            [case.pk, list(given), [m.code for m in resolved.materials], [m.need for m in resolved.materials]],
        )
    issued.case = case
    inserted(issued)
    return case


def resealed(case: Case, changed: Mapping[str, str]) -> bytes:
    """The form with some of its fields changed, sealed anew under the case's own key: for the move under way to set."""
    envelope = vault().unwrap(bytes(case.form_key))
    values = json.loads(envelope.open("form", bytes(case.form_sealed))) | dict(changed)
    return envelope.seal("form", json.dumps(values, ensure_ascii=False))


def note_materials(motion: Motion[Case], standings: Mapping[str, tuple[str, str]]) -> None:
    """Write how materials stand, as {code: (standing, note)}, under the case's lock."""
    names = {material.code: Words(material.name.zh, material.name.en) for material in motion.subject.version.definition.materials}
    for code, (standing, note) in standings.items():
        if standing not in Material.STANDINGS:
            raise InvalidInput(field=names.get(code, code), reason_zh="请选择核对结果", reason_en="choose how it stands")
        if standing == "deficient" and not note.strip():
            raise InvalidInput(field=names.get(code, code), reason_zh="请写明需要补正什么", reason_en="say what has to be corrected")
        if len(note.strip()) > LONGEST_NOTE:
            raise InvalidInput(
                field=names.get(code, code), reason_zh=f"说明最多 {LONGEST_NOTE} 个字", reason_en=f"the note has at most {LONGEST_NOTE} characters"
            )
    codes = list(standings)
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE cases_material m SET standing = found.standing, note = found.note
               FROM unnest(%s::text[], %s::text[], %s::text[]) AS found (code, standing, note)
               WHERE m.case_id = %s AND m.code = found.code""",
            [codes, [standings[c][0] for c in codes], [standings[c][1].strip() for c in codes], motion.subject.pk],
        )
        if cursor.rowcount != len(codes):
            raise InvalidInput(field=Words("材料", "material"), reason_zh="含有本件不需要的材料", reason_en="names a material this case does not ask for")
    motion.record(materials={code: standing for code, (standing, _) in sorted(standings.items())})


def issue_document(motion: Motion[Case], kind: str, content: dict[str, Any], *, n: int = 1, voids: Document | None = None) -> Document:
    """Issue a legal document in the move under way, the `n`-th of its kind; the ledger keeps its number and digest.

    `voids` is the document that this one takes back; what was issued stays in the file as it was.
    """
    if voids is not None:
        motion.record(voided=voids.number)
    return attach_document(motion.subject, kind, content, motion, n=n, voids=voids)


def attach_document(
    case: Case, kind: str, content: dict[str, Any], motion: Motion[Any] | None = None, *, n: int = 1, voids: Document | None = None
) -> Document:
    """Issue a document of a case; `motion` is the move whose ledger row records it.

    Without one the caller must record number and digest in the row it writes itself: `onewindow audit verify`
    names every document that no row vouches for.
    """
    document = _composed(case.number, kind, content, n)
    document.case, document.voids = case, voids
    inserted(document)
    if motion is not None:
        motion.facts.setdefault("documents", []).append(_told(document))
    return document


@transaction.atomic(savepoint=False)
def reissue_document(*, by: Actor, document: Document, reason: str, once: UUID) -> Reissue:
    """Give a document out once more, counted and in the ledger; the same `once` again returns what it gave.

    A licence is not reissued at a window: a lost one is replaced on an application of its own. Raises `InvalidInput`.
    """
    by.require(REISSUE)
    case = locked(Case, document.case_id)  # one reissue of a case at a time, so that each has its own number
    if case is None:
        raise NotFound
    given = Reissue.objects.filter(once=once, document=document).first()
    if given is not None:
        return given
    if document.kind == "licence":
        raise InvalidInput(
            field=Words("文书", "document"), reason_zh="证件遗失、损毁的，应当申请补证，不能在窗口直接补发",
            reason_en="a lost or damaged licence is replaced on application and cannot be reissued at a window",
        )  # fmt: skip
    if document.voided:
        raise InvalidInput(
            field=Words("文书", "document"), reason_zh="这份文书已作废，不能补发", reason_en="this document is void and cannot be given out again"
        )
    if reason not in Reissue.REASONS:
        raise InvalidInput(field=Words("补发原因", "reason"), reason_zh="请选择补发原因", reason_en="choose why it is given out again")
    n = Reissue.objects.filter(document=document).count() + 1
    return begin(
        Reissue, "reissue", by=by, site=case.site,
        facts={"case": case.pk, "document": document.number, "digest": document.digest, "n": n, "reason": reason},
        document=document, n=n, reason=reason, once=once,
    )  # fmt: skip


def _composed(case_number: str, kind: str, content: dict[str, Any], n: int = 1) -> Document:
    """A document numbered and digested, not yet stored; the second of its kind ends in 2."""
    content = content | {"demo": settings.DEMONSTRATION}
    number = f"{case_number}-{_SUFFIX[kind]}{n if n > 1 else ''}"
    return Document(kind=kind, n=n, number=number, issued_at=clock.now(), content=content, digest=mark(content))


def _told(document: Document) -> dict[str, str]:
    """What a ledger row keeps of a document."""
    return {"kind": document.kind, "number": document.number, "digest": document.digest}
