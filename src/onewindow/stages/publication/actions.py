"""The only writers of the public list: publish, and mark as ended."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from onewindow.foundation.people.models import Party
from onewindow.foundation.people.queries import number_of
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.ledger.rows import fetched, locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.law.packs import PERMIT as PERMIT_TYPE
from onewindow.spine.cases.models import Case, Document
from onewindow.stages.publication.models import PublishedPermit
from onewindow.stages.publication.policies import MARK, PUBLISH
from onewindow.stages.publication.rules import ENDINGS, grams, publish_by, shown_name
from onewindow.stages.publication.shown import content_shown, hidden_lines, own, stated


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
    until, name, content = licence.get("valid_until"), shown_name(party.name, kind), content_shown(case, kind, licence)
    return begin(
        PublishedPermit, "publish", by=by, site=case.site,
        facts={"case": case.pk, "number": papers["grant"].number, "licence": licence.get("number", ""), "hidden": hidden_lines(content)},
        case=case, kind=kind, name=name, grams=grams(name), credit_code=number_of(party) if kind == "company" else "",
        item=definition.code, item_zh=definition.name.zh, item_en=definition.name.en, department_id=case.department_id,
        body=definition.deciding_body.zh, body_code=definition.department.credit_code, paper=papers["grant"].words.zh, number=papers["grant"].number,
        licence_name=definition.result.name.zh, licence=str(licence.get("number", "")), content=content, hidden=hidden_lines(content),
        decided_on=case.decided_on, valid_from=case.decided_on, valid_until=date.fromisoformat(until) if until else None,
        published_on=clock.today(), publish_by=publish_by(case.decided_on, packaged()),
    )  # fmt: skip


def mark(*, by: Actor, permit_id: int, ending: str, reason: str) -> None:
    """Mark a permit as withdrawn, revoked, forfeited or deregistered; it stays in the list. By its own department. Raises `InvalidInput`."""
    by.require(MARK)
    text = stated(reason)
    if ending not in ENDINGS:
        raise InvalidInput(field=Words("失效方式", "how it ended"), reason_zh="请选择一种", reason_en="choose one")
    with moving(PublishedPermit, permit_id, "mark", by=by) as motion:
        own(fetched(Case, motion.subject.case_id), by)
        motion.set(ending=ending, ended_on=clock.today(), ending_reason=text)
        motion.record(ending=ending)
