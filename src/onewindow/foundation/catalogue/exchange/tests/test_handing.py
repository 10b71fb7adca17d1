"""An import through the browser's hands: kept, tried, confirmed, written once."""

from __future__ import annotations

from onewindow.errands.importing import bring_file, confirm_import
from onewindow.errands.tests.scene import FOOD, refused, rows_written, staff
from onewindow.foundation.catalogue.actions import publish
from onewindow.foundation.catalogue.exchange import handing
from onewindow.foundation.catalogue.exchange.tests.books import whole
from onewindow.foundation.catalogue.exchange.tests.test_importing import shorter
from onewindow.foundation.catalogue.models import CatalogueImport
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel.errors import ImportRefused, ImportStale, InvalidInput, NotPermitted, WrongState


def brought(data: bytes) -> CatalogueImport:
    return bring_file(by=staff("administrator01"), name="清单.xlsx", data=data, departments={}, serves="")


def tried(data: bytes) -> CatalogueImport:
    made = brought(data)
    handing.try_out(made.pk)
    return CatalogueImport.objects.get(pk=made.pk)


def test_a_file_is_tried_confirmed_and_written_once(db: None) -> None:
    with rows_written() as rows:
        one = tried(shorter())
        assert (one.state, one.report["counts"]["changed"], one.report["good"]) == ("reported", 1, True)
        assert published(FOOD).version == 1
        confirm_import(by=staff("administrator01"), import_id=one.pk, agreed=one.agreed)
        handing.carry_out(one.pk)
        handing.carry_out(one.pk)  # the job ran twice
    assert rows == [
        "catalogue-import.bring", "catalogue-import.report", "catalogue-import.confirm", "item-version.supersede", "item-version.publish",
        "item-version.publish", "catalogue-import.finish",
    ]  # fmt: skip
    one.refresh_from_db()
    assert (one.state, bytes(one.data), published(FOOD).version, published("another").version) == ("done", b"", 2, 1)
    with refused(WrongState):
        confirm_import(by=staff("administrator01"), import_id=one.pk, agreed=one.agreed)


def test_what_changed_since_the_report_must_be_confirmed_again(db: None) -> None:
    one = tried(shorter())
    publish(by=staff("administrator01"), site="demo-centre", definition=whole(FOOD).model_copy(update={"aliases": ("开店",)}))
    confirm_import(by=staff("administrator01"), import_id=one.pk, agreed=one.agreed)
    with rows_written() as rows:
        handing.carry_out(one.pk)
    again = CatalogueImport.objects.get(pk=one.pk)
    assert rows == ["catalogue-import.report-anew"]
    assert (again.state, again.stale, published(FOOD).version) == ("reported", True, 2) and again.agreed != one.agreed
    assert [words["zh"] for words in again.report["rows"][0]["changed"]] == ["别名", "时限"]
    with refused(ImportStale):
        confirm_import(by=staff("administrator01"), import_id=one.pk, agreed=one.agreed)
    confirm_import(by=staff("administrator01"), import_id=one.pk, agreed=again.agreed)
    handing.carry_out(one.pk)
    assert published(FOOD).version == 3


def test_a_refused_row_cannot_be_confirmed_and_a_discarded_file_is_let_go(db: None) -> None:
    one = tried(b'[{"item_code": "A-1"}]')
    with refused(ImportRefused):
        confirm_import(by=staff("administrator01"), import_id=one.pk, agreed=one.agreed)
    handing.discard(by=staff("administrator01"), import_id=one.pk)
    one.refresh_from_db()
    assert (one.state, bytes(one.data)) == ("discarded", b"")
    handing.try_out(one.pk)
    handing.carry_out(one.pk)
    assert CatalogueImport.objects.get(pk=one.pk).moves == one.moves


def test_who_may_not_and_what_is_no_file(db: None) -> None:
    with refused(NotPermitted):
        bring_file(by=staff("manager01"), name="x", data=b"x", departments={}, serves="")
    with refused(InvalidInput):
        bring_file(by=staff("administrator01"), name="x", data=b"", departments={}, serves="")
