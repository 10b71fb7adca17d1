"""The only writers of results: make available, hand over."""

from __future__ import annotations

from django.db import transaction

from onewindow.foundation.people.models import Party
from onewindow.foundation.people.queries import number_ends_with, principals_of, remaining_id
from onewindow.kernel import clock
from onewindow.kernel.counting.actions import next_number
from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.ledger.rows import fetched
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.spine.cases.actions import attach_document
from onewindow.spine.cases.models import Case, Document
from onewindow.spine.cases.papers import chinese_date, listing, paper, paragraph
from onewindow.spine.cases.queries import form_of
from onewindow.spine.cases.rules import answer_texts, ends, valid_until
from onewindow.stages.delivery.models import Result
from onewindow.stages.delivery.rules import licence_lines, licence_number
from onewindow.stages.delivery.states import MAKE


@transaction.atomic
def make_available(*, by: Actor, case: Case, region: str) -> Result:
    """Make what a decided case results in, ready to collect: the licence, or the decision to deny."""
    by.require(MAKE)
    if case.decided_on is None:
        raise ValueError("only a decided case has a result")
    document = _licence(case, region) if case.state == "granted" else case.documents.get(kind="denial")
    deliver_by = ends(case.version.definition.limits.delivery, case.decided_on, packaged()).due
    return begin(
        Result, "make", by=by, site=case.site,
        facts={"case": case.pk, "document": document.number, "digest": document.digest, "by": deliver_by.isoformat()},
        case=case, document=document, deliver_by=deliver_by,
    )  # fmt: skip


def _licence(case: Case, region: str) -> Document:
    definition, granted = case.version.definition, case.decided_on
    assert granted is not None
    serial = next_number(f"licence/{definition.implementation_code}/{granted.year}")
    number = licence_number(definition, region=region, granted=granted, serial=serial)
    until = valid_until(definition.result.validity, granted)
    references = {f"form.{code}": value for code, value in form_of(case).items()}
    references |= {f"answers.{code}": text for code, text in answer_texts(definition, case.answers).items()}
    references |= {
        "licence.number": number,
        "licence.valid-until": chinese_date(until) if until else "长期",
        "body.deciding": definition.deciding_body.zh,
        "body.acting": definition.acting_body.zh,
        "decision.date": chinese_date(granted),
        "applicant.name": case.addressee,
    }
    title = definition.result.template.title
    content = paper(
        Words(title.zh, title.en), case=case.number, definition=definition, addressee=case.addressee, on=granted,
        seal=case.office.seal,
        blocks=[listing((f"{label}：{value}", f"{label}: {value}") for label, value in licence_lines(definition, references))],
    )  # fmt: skip
    content["number"] = number
    content["valid_until"] = until.isoformat() if until else None
    return attach_document(case, "licence", content)


def hand_over(*, by: Actor, result_id: int, collector: Party, tail: str) -> None:
    """Put a result into the collector's hand, after the last four of their number have been compared.

    A person takes it: the applicant, or the agent of the case while their authority lasts. Raises `InvalidInput`.
    """
    with moving(Result, result_id, "collect", by=by) as motion:
        case = fetched(Case, motion.subject.case_id)
        assert case is not None
        if not _entitled(collector, case):
            raise InvalidInput(
                field=Words("领取人", "collector"), reason_zh="不是本件的申请人，也不是委托仍有效的经办人",
                reason_en="is neither the applicant nor an agent whose authority is still valid",
            )  # fmt: skip
        if not number_ends_with(collector, tail):
            raise InvalidInput(
                field=Words("证件号码后四位", "last four of the number"), reason_zh="与领取人登记的证件不符，请核对原件",
                reason_en="does not match the collector's document; please look at the original"
            )
        motion.set(collected_by=collector, collected_at=clock.now())
        motion.record(case=case.pk, collector=collector.pk)
        slip = paper(
            Words("领取登记", "Record of delivery"), case=case.number, definition=case.version.definition,
            addressee=case.addressee, on=clock.today(), seal=case.office.seal,
            blocks=[paragraph(f"已由{collector.name}领取，证件核验无误。", f"Collected by {collector.name}; identity document checked.")],
        )  # fmt: skip
        attach_document(case, "pickup-slip", slip, motion)


def _entitled(collector: Party, case: Case) -> bool:
    if collector.kind != "person":  # a company's code is public: somebody with a document of their own must stand here
        return False
    if _is(collector, case.applicant_id):
        return True
    return _is(collector, case.agent_id) and principals_of(collector.pk, clock.today()).filter(principal_id=remaining_id(case.applicant_id)).exists()


def _is(collector: Party, party_id: int | None) -> bool:
    """Whether a case's party is who stands here, or was merged into their record since."""
    return party_id is not None and (collector.pk == party_id or collector.pk == remaining_id(party_id))
