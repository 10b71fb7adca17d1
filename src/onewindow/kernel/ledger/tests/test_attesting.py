"""Papers and the ledger: each document's content, its digest and the digest a row of its case keeps are one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings

from onewindow.errands.collection import collect
from onewindow.errands.tests.scene import HYGIENE, TAIL, accepted, agent, available, newest, received, seated, staff
from onewindow.kernel import clock
from onewindow.kernel.ledger import attesting
from onewindow.kernel.ledger.attesting import Attested, mark
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.ledger.tests.lives import audit, findings
from onewindow.spine.cases.models import Case, Document

Owner = Callable[..., object]


@pytest.fixture
def day_s_work(fresh_database: str, morning: clock.Hand) -> Case:
    """Papers of every kind the line makes: receipts, acceptances, a grant with its licence and slip, a denial. The collected case."""
    clerk, visit = seated()
    collected = available(clerk, visit)
    collect(by=staff("handover01"), results=[collected], collector=agent(), tail=TAIL)
    available(clerk, visit, HYGIENE, "deny")
    accepted(clerk, visit)
    received(clerk, visit)
    return collected.case


def test_every_document_is_vouched_for_by_a_row_of_its_case(day_s_work: Case) -> None:
    assert audit().findings == []
    assert audit().documents == Document.objects.count() == 11
    assert isinstance(Document.attested, Attested)
    kinds = set(Document.objects.values_list("kind", flat=True))
    assert kinds == {"receipt", "acceptance", "grant", "licence", "pickup-slip", "denial"}


def test_the_receipt_s_digest_stands_in_the_case_s_first_row(day_s_work: Case) -> None:
    for receipt in Document.objects.filter(kind="receipt"):
        first = Entry.objects.get(subject_kind="case", subject_id=receipt.case_id, n=1)
        assert first.facts["documents"] == [{"kind": "receipt", "number": receipt.number, "digest": receipt.digest}]
        assert receipt.digest == mark(receipt.content) and receipt.content["demo"] is settings.DEMONSTRATION


def place(case: Case, kind: str) -> str:
    return f"case:{case.pk}/{case.documents.get(kind=kind).number}"


@pytest.mark.parametrize("kind", ["receipt", "acceptance", "grant", "licence", "pickup-slip"])
def test_changed_content_is_named(day_s_work: Case, as_owner: Owner, kind: str) -> None:
    where = place(day_s_work, kind)
    as_owner("UPDATE cases_document SET content = content || '{\"date\": \"2026-01-01\"}' WHERE case_id = %s AND kind = %s", day_s_work.pk, kind)
    assert findings() == [("document-changed", where)]
    changed = Document.objects.get(case=day_s_work, kind=kind)
    as_owner("UPDATE cases_document SET digest = %s WHERE id = %s", mark(changed.content), changed.pk)
    assert findings() == [("document-differs", where)]


def test_the_form_of_the_json_does_not_matter_and_a_float_is_a_change(day_s_work: Case, as_owner: Owner) -> None:
    as_owner("UPDATE cases_document SET content = (content::text)::jsonb")
    assert findings() == []
    as_owner("UPDATE cases_document SET content = content || '{\"fee\": 1.5}' WHERE case_id = %s AND kind = 'grant'", day_s_work.pk)
    assert findings() == [("document-changed", place(day_s_work, "grant"))]


def test_a_document_taken_away_is_named_by_the_row_that_tells_of_it(day_s_work: Case, as_owner: Owner) -> None:
    number = day_s_work.documents.get(kind="grant").number
    as_owner("DELETE FROM cases_document WHERE number = %s", number)
    row = newest_of(day_s_work, "grant")
    assert findings() == [("document-missing", f"case:{day_s_work.pk}#{row.n}/{number}")]


def newest_of(case: Case, verb: str) -> Entry:
    return Entry.objects.filter(subject_kind="case", subject_id=case.pk, verb=verb).latest("n")


def test_a_document_no_row_vouches_for_is_named(day_s_work: Case, as_owner: Owner) -> None:
    number = f"{day_s_work.number}-X"
    as_owner(
        "INSERT INTO cases_document (case_id, kind, number, issued_at, content, digest) VALUES (%s, 'denial', %s, now(), '{}', %s)",
        day_s_work.pk, number, mark({}),
    )  # fmt: skip
    assert findings() == [("document-unrecorded", f"case:{day_s_work.pk}/{number}")]


def test_a_document_given_to_another_case_or_kind_is_named(day_s_work: Case, as_owner: Owner) -> None:
    other = Case.objects.filter(state="received").get()
    slip = day_s_work.documents.get(kind="pickup-slip")
    as_owner("UPDATE cases_document SET case_id = %s WHERE id = %s", other.pk, slip.pk)
    assert findings() == [("document-misfiled", f"case:{other.pk}/{slip.number}")]
    as_owner("UPDATE cases_document SET case_id = %s WHERE id = %s", day_s_work.pk, slip.pk)
    grant = day_s_work.documents.get(kind="grant")
    as_owner("UPDATE cases_document SET kind = 'refusal' WHERE id = %s", grant.pk)
    assert findings() == [("document-misfiled", f"case:{day_s_work.pk}/{grant.number}")]


def test_papers_are_read_a_few_at_a_time(day_s_work: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attesting, "_STRIDE", 2)
    assert (audit().documents, audit().findings) == (11, [])
    assert newest(day_s_work).verb == "close"
