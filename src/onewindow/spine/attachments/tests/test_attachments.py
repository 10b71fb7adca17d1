"""Pages of a case: kept sealed, vouched for by the ledger, gone with the case's key."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from onewindow.errands.tests.scene import opening, received, refused
from onewindow.instruments.reading import examine
from onewindow.instruments.reading.tests.handed import pdf
from onewindow.kernel import clock
from onewindow.kernel.crypto import Erased, sm3
from onewindow.kernel.errors import NotFound
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.attesting import check_papers
from onewindow.kernel.ledger.findings import Report
from onewindow.kernel.ledger.models import Entry
from onewindow.spine.attachments.actions import (
    sort_page,
)
from onewindow.spine.attachments.models import Attachment
from onewindow.spine.attachments.queries import file_of, page_of, picture_of, sheets_of
from onewindow.spine.attachments.tests.handed import on_a_case
from onewindow.spine.cases.models import Case


def test_a_file_is_split_into_pages_sealed_and_recorded(db: None) -> None:
    with opening():
        examined = examine(pdf(3), "租赁合同 张三.pdf", most=10**7)
        _, case, pages = on_a_case(examined=examined)
        kept = Attachment.objects.get()
        assert [page.n for page in pages] == [1, 2, 3] and kept.number == f"{case.number}-FJ001"
        assert kept.content == {"kind": "pdf", "size": len(examined.data), "pages": 3, "sm3": sm3(examined.data).hex()}
        assert file_of(kept) == examined.data
        assert examined.data not in bytes(kept.sealed) and "张三".encode() not in bytes(kept.name_sealed)
        assert picture_of(case, pages[2].uuid) == examined.pages[2].picture
        assert [sheet.file for sheet in sheets_of(case)] == ["租赁合同 张三.pdf"] * 3
        for page in pages:
            row = Entry.objects.get(subject_kind="page", subject_id=page.pk)
            assert row.facts == {"case": case.pk, "document": kept.number, "digest": kept.digest, "n": page.n, "material": ""}
        report = Report()
        check_papers(report)
        assert report.findings == []


def test_a_file_no_ledger_row_vouches_for_is_noticed(db: None) -> None:
    with opening():
        on_a_case()
        report = Report()
        Attachment.objects.create(
            case_id=Case.objects.latest("id").pk, number="nobody-wrote-this-down", kind="jpeg", content={"sm3": ""}, digest="0" * 64, name_sealed=b"",
            sealed=b"", taken_at=clock.now(), by="staff:1", once=uuid7(), place=0,
        )  # fmt: skip
        check_papers(report)
        assert {finding.rule for finding in report.findings} == {"document-changed", "document-unrecorded"}


def test_files_and_pictures_are_never_changed_nor_deleted(db: None) -> None:
    with opening():
        on_a_case()
        for statement in (
            "UPDATE attachments_attachment SET kind = 'png'", "DELETE FROM attachments_attachment", "UPDATE attachments_pageimage SET sealed = ''",
            "DELETE FROM attachments_pageimage", "DELETE FROM attachments_page", "UPDATE attachments_page SET state = 'removed'",
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_destroying_the_case_s_key_makes_every_page_unreadable(db: None) -> None:
    with opening():
        clerk, case, pages = on_a_case()
        sort_page(by=clerk, page_id=pages[0].pk, material="", title="张三的身份证")
        assert sheets_of(case)[0].title == "张三的身份证"
        Case.objects.filter(pk=case.pk).update(form_key=b"")
        case = Case.objects.get(pk=case.pk)
        assert sheets_of(case) == []
        with refused(NotFound):
            picture_of(case, pages[0].uuid)
        with pytest.raises(Erased):
            file_of(Attachment.objects.select_related("case").get())


def test_a_page_of_one_case_does_not_open_as_another_s(db: None) -> None:
    with opening():
        clerk, case, pages = on_a_case()
        other = received(clerk, case.visit)
        with refused(NotFound):
            page_of(other, pages[0].uuid)
        with refused(NotFound):
            picture_of(other, pages[0].uuid)
