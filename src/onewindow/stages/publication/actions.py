"""The only writers of the public list: publish, mask anew, mark as ended; and of requests that something is not shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from onewindow.foundation.people.models import Party
from onewindow.foundation.people.queries import number_of
from onewindow.kernel import clock
from onewindow.kernel.crypto import Erased
from onewindow.kernel.errors import InvalidInput, NotFound, NotPermitted, StateConflict
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.ledger.rows import fetched, locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.law.packs import PERMIT as PERMIT_TYPE
from onewindow.spine.cases.models import Case, Document
from onewindow.spine.cases.papers import chinese_date
from onewindow.spine.cases.queries import form_of
from onewindow.spine.cases.rules import answer_texts
from onewindow.spine.cases.states import OPEN
from onewindow.stages.publication.models import PublishedPermit, SecrecyRequest
from onewindow.stages.publication.policies import ASK, DECIDE, MARK, PUBLISH
from onewindow.stages.publication.queries import secret_fields
from onewindow.stages.publication.rules import ENDINGS, LONGEST, checked_request, content_of, grams, publish_by, shown_name


@transaction.atomic(savepoint=False)
def publish(*, by: Actor, case_id: int) -> PublishedPermit | None:
    """Put a granted permit into the public list (行政许可法 art 40); None for what is no permit, or was not granted. Once a case."""
    by.require(PUBLISH)
    case = locked(Case, case_id)
    if case is None:
        raise NotFound
    papers = {document.kind: document for document in Document.objects.filter(case=case, kind__in=["grant", "licence"])}
    if case.version.item_type != PERMIT_TYPE or papers.keys() != {"grant", "licence"} or case.decided_on is None:
        return None
    known = PublishedPermit.objects.filter(case=case).first()
    if known is not None:
        return known
    definition, party = case.version.definition, fetched(Party, case.applicant_id)
    assert party is not None
    licence, kind = papers["licence"].content, "company" if party.kind == "company" else "person"
    until, name, content = licence.get("valid_until"), shown_name(party.name, kind), _content(case, kind, licence)
    return begin(
        PublishedPermit, "publish", by=by, site=case.site,
        facts={"case": case.pk, "number": papers["grant"].number, "licence": licence.get("number", ""), "hidden": _hidden(content)},
        case=case, kind=kind, name=name, grams=grams(name), credit_code=number_of(party) if kind == "company" else "",
        item=definition.code, item_zh=definition.name.zh, item_en=definition.name.en, department_id=case.department_id,
        body=definition.deciding_body.zh, body_code=definition.department.credit_code, paper=papers["grant"].words.zh, number=papers["grant"].number,
        licence_name=definition.result.name.zh, licence=str(licence.get("number", "")), content=content, hidden=_hidden(content),
        decided_on=case.decided_on, valid_from=case.decided_on, valid_until=date.fromisoformat(until) if until else None,
        published_on=clock.today(), publish_by=publish_by(case.decided_on, packaged()),
    )  # fmt: skip


def _content(case: Case, kind: str, licence: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of what was permitted; a form whose key was erased shows nothing of what it said."""
    definition = case.version.definition
    try:
        form = form_of(case)
    except Erased:
        return []
    until = licence.get("valid_until")
    assert case.decided_on is not None
    references = {f"form.{code}": str(value) for code, value in form.items()}
    references |= {f"answers.{code}": text for code, text in answer_texts(definition, case.answers).items()}
    references |= {
        "licence.number": str(licence.get("number", "")), "licence.valid-until": chinese_date(date.fromisoformat(until)) if until else "长期",
        "body.deciding": definition.deciding_body.zh, "body.acting": definition.acting_body.zh,
        "decision.date": chinese_date(case.decided_on), "applicant.name": shown_name(case.addressee, kind),
    }  # fmt: skip
    lines = content_of(definition, references, kind=kind, secret=secret_fields(case.pk))
    return [{"zh": line.zh, "en": line.en, "value": line.value, "hidden": line.hidden} for line in lines]


def _hidden(content: Iterable[dict[str, Any]]) -> int:
    return sum(1 for line in content if line["hidden"])


def mark(*, by: Actor, permit_id: int, ending: str, reason: str) -> None:
    """Mark a permit as withdrawn, revoked, forfeited or deregistered; it stays in the list. By its own department. Raises `InvalidInput`."""
    by.require(MARK)
    text = _stated(reason)
    if ending not in ENDINGS:
        raise InvalidInput(field=Words("失效方式", "how it ended"), reason_zh="请选择一种", reason_en="choose one")
    with moving(PublishedPermit, permit_id, "mark", by=by) as motion:
        _own(fetched(Case, motion.subject.case_id), by)
        motion.set(ending=ending, ended_on=clock.today(), ending_reason=text)
        motion.record(ending=ending)


@transaction.atomic(savepoint=False)
def ask_secrecy(*, by: Actor, case_id: int, fields: Iterable[str], reason: str, once: UUID) -> SecrecyRequest:
    """The applicant asks that values are not published (行政许可法 art 5). Until it is decided they are not shown.

    The same `once` again returns what it asked. Raises `InvalidInput`, `StateConflict` while another request is undecided, `NotFound`
    for a case that is no permit or was not granted and is over.
    """
    by.require(ASK)
    case = locked(Case, case_id)
    if case is None or case.version.item_type != PERMIT_TYPE or case.state not in OPEN | {"granted", "closed"}:
        raise NotFound
    known = SecrecyRequest.objects.filter(once=once).first()
    if known is not None:
        return known
    chosen, text = checked_request(case.version.definition, fields, reason)
    if SecrecyRequest.objects.filter(case=case, state="asked").exists():
        raise StateConflict
    asked = begin(
        SecrecyRequest, "ask", by=by, site=case.site, facts={"case": case.pk, "fields": chosen}, case=case, fields=chosen, reason=text, once=once
    )
    _masked_anew(by, case)
    return asked


def allow_secrecy(*, by: Actor, request_id: int, note: str) -> None:
    """The approver of the department agrees: these values stay masked."""
    by.require(DECIDE)
    _decide(by, request_id, "allow", _stated(note))


def decline_secrecy(*, by: Actor, request_id: int, note: str) -> None:
    """The approver of the department does not agree, with the reason: these values are published, but for what the law itself hides."""
    by.require(DECIDE)
    _decide(by, request_id, "decline", _stated(note))


@transaction.atomic(savepoint=False)
def _decide(by: Actor, request_id: int, verb: str, note: str) -> None:
    found = SecrecyRequest.objects.filter(pk=request_id).values_list("case_id", flat=True).first()
    case = locked(Case, found) if found is not None else None
    if case is None:
        raise NotFound
    with moving(SecrecyRequest, request_id, verb, by=by) as motion:
        _own(case, by)
        motion.set(decided_by=int(by.id), note=note)
        motion.record(case=case.pk)
    _masked_anew(by, case)


def _masked_anew(by: Actor, case: Case) -> None:
    """What the list shows of a case whose secrets changed, if it stands there."""
    permit = PublishedPermit.objects.filter(case=case, state="published").first()
    if permit is None:
        return
    licence = Document.objects.get(case=case, kind="licence").content
    content = _content(case, permit.kind, licence)
    may = Actor(by.kind, by.id, by.permissions | {PUBLISH.code}, by.site, by.department, by.account)
    with moving(PublishedPermit, permit.pk, "mask", by=may) as motion:
        motion.set(content=content, hidden=_hidden(content))
        motion.record(hidden=_hidden(content))


def _own(case: Case | None, by: Actor) -> None:
    """Raise `NotPermitted` unless the case is one of the approver's own department."""
    if case is None or case.office.code != by.department:
        name = case.office if case is not None else None
        raise NotPermitted(permission=Words(f"办理{name.name_zh if name else ''}的许可", f"act on permits of {name.name_en if name else ''}"))


def _stated(text: str) -> str:
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise InvalidInput(field=Words("理由", "reason"), reason_zh=f"请写明，最多 {LONGEST} 个字", reason_en=f"please say why, in at most {LONGEST} characters")
    return said
