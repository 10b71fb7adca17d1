"""Bringing it in: every row accounted for, all or nothing, once, by somebody who may."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from onewindow.errands.tests.scene import FOOD, SITE, refused, rows_written, staff
from onewindow.foundation.catalogue.actions import publish
from onewindow.foundation.catalogue.exchange.actions import bring_in
from onewindow.foundation.catalogue.exchange.bringing import Brought
from onewindow.foundation.catalogue.exchange.bundle import bundle
from onewindow.foundation.catalogue.exchange.exporting import exported
from onewindow.foundation.catalogue.exchange.outcomes import Plan, Wishes
from onewindow.foundation.catalogue.exchange.planning import plan
from onewindow.foundation.catalogue.exchange.queries import definitions, entries, standing
from onewindow.foundation.catalogue.exchange.tests.books import texts, told, whole
from onewindow.foundation.catalogue.exchange.workbook import workbook
from onewindow.foundation.catalogue.models import ItemVersion, RegisterEntry
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel.errors import ImportRefused, ImportStale, NotPermitted
from onewindow.kernel.ledger.models import Entry as Row
from onewindow.kernel.permissions import Actor

OPERATOR = Actor("operator", "uid-0", frozenset({"catalogue.import", "catalogue.publish", "catalogue.register"}))


def planned(data: bytes, wishes: Wishes | None = None) -> Plan:
    return plan(Brought(data, texts()), standing(), wishes)


def shorter() -> bytes:
    """The food licence with a shorter promise, and a new item beside it."""
    food = whole(FOOD)
    limits = food.limits.model_copy(update={"promised": food.limits.promised.model_copy(update={"n": 5})})
    number = food.implementation_code[:-3] + "999"
    return workbook([food.model_copy(update={"limits": limits}), food.model_copy(update={"code": "another", "implementation_code": number})])


def test_what_comes_in_is_what_the_report_said(db: None) -> None:
    made = planned(shorter())
    assert [(outcome.code, outcome.kind, [words.zh for words in outcome.changed]) for outcome in made.outcomes] == [
        (FOOD, "changed", ["时限"]), ("another", "created", []),
    ]  # fmt: skip
    with rows_written() as rows:
        assert bring_in(by=OPERATOR, site=SITE, plan=made) == (2, 0)
    assert rows == ["item-version.supersede", "item-version.publish", "item-version.publish"]
    last = list(Row.objects.order_by("-id")[:3])[::-1]
    assert {row.by for row in last} == {"operator:uid-0"}
    version = published(FOOD)
    assert (version.version, version.definition.limits.promised.n, published("another").version) == (2, 5, 1)
    assert last[1].facts == {"item": FOOD, "version": 2, "digest": version.digest}
    assert planned(shorter()).counts == {"created": 0, "changed": 0, "unchanged": 2, "refused": 0}


def test_published_one_by_one_or_together_it_is_the_same_row(db: None) -> None:
    made = planned(shorter())
    bring_in(by=OPERATOR, site=SITE, plan=made)
    together = ItemVersion.objects.get(code="another")
    alone = publish(by=staff("administrator01"), site=SITE, definition=together.definition.model_copy(update={"code": "alone"}))
    fresh = ItemVersion.objects.get(pk=alone.pk)
    fresh.body["code"] = "another"
    assert (fresh.body, fresh.hall, fresh.department_id, fresh.state, fresh.moves, fresh.version) == (
        together.body, together.hall, together.department_id, together.state, together.moves, together.version,
    )  # fmt: skip


def test_one_bad_row_and_nothing_is_written(db: None) -> None:
    bad = json.loads(b"".join(bundle([whole(FOOD)])))
    bad["items"][0]["name"]["zh"] = "新名字"
    bad["items"].append({"code": "x"})
    made = planned(json.dumps(bad).encode())
    assert made.counts == {"created": 0, "changed": 1, "unchanged": 0, "refused": 1}
    with rows_written() as rows, refused(ImportRefused):
        bring_in(by=OPERATOR, site=SITE, plan=made)
    assert rows == [] and published(FOOD).version == 1


def test_what_stands_has_changed_and_nothing_is_written(db: None) -> None:
    made = planned(shorter())
    publish(by=staff("administrator01"), site=SITE, definition=whole(FOOD).model_copy(update={"aliases": ("开店",)}))
    with rows_written() as rows, refused(ImportStale):
        bring_in(by=OPERATOR, site=SITE, plan=made)
    assert rows == [] and published(FOOD).version == 2


def test_an_import_needs_its_permission(db: None) -> None:
    made = planned(shorter())
    for code in ("catalogue.import", "catalogue.publish"):
        lacking = Actor("operator", "uid-0", OPERATOR.permissions - {code})
        with rows_written() as rows, refused(NotPermitted):
            bring_in(by=lacking, site=SITE, plan=made)
        assert rows == []


@pytest.mark.parametrize("after", [1, 2])
def test_a_fault_in_the_middle_leaves_nothing(db: None, after: int) -> None:
    made, count = planned(shorter()), Row.objects.count()
    made.outcomes[after - 1].payload = b"{"  # as if the machine failed there
    with pytest.raises(ValueError, match="json"):
        bring_in(by=OPERATOR, site=SITE, plan=made)
    assert Row.objects.count() == count
    assert ItemVersion.objects.filter(code="another").count() == 0 and published(FOOD).version == 1


def test_export_and_import_and_export_again_are_the_same_bytes(db: None) -> None:
    first = b"".join(exported("json"))
    made = planned(first)
    assert made.good and made.writes == 0 and made.counts["unchanged"] == ItemVersion.objects.filter(state="published").count() + RegisterEntry.objects.count()
    changed_file = first.replace("食品经营许可（新办）".encode(), "食品经营许可（首次）".encode(), 1)
    bring_in(by=OPERATOR, site=SITE, plan=planned(changed_file))
    assert b"".join(exported("json")) == changed_file
    bring_in(by=OPERATOR, site=SITE, plan=planned(first))
    assert b"".join(exported("json")) == first and published(FOOD).version == 3


def test_the_whole_catalogue_comes_back_from_its_workbook_unchanged(db: None) -> None:
    made = planned(workbook(definitions(), entries()))
    assert made.good, told(made)[:5]
    assert made.writes == 0


def test_a_struck_entry_that_is_listed_again_is_restored(db: None) -> None:
    from onewindow.foundation.catalogue.register.actions import strike

    line = next(entries())
    strike(by=OPERATOR, entry_id=RegisterEntry.objects.get(code=line.code).pk)
    made = planned(b"".join(bundle([], [line._replace(entered=not line.entered, name="新名字")])))
    assert [[words.zh for words in outcome.changed] for outcome in made.outcomes] == [["事项名称", "是否进驻政务大厅", "恢复"]]
    with rows_written() as rows:
        bring_in(by=OPERATOR, site=SITE, plan=made)
    assert rows == [f"register-entry.{verb}" for verb in ("restore", "amend", "move-out" if line.entered else "move-in")]


def test_what_was_imported_is_chained_like_everything_else(db: None) -> None:
    from onewindow.kernel.ledger.findings import Report
    from onewindow.kernel.ledger.verify import _check_chains

    bring_in(by=OPERATOR, site=SITE, plan=planned(shorter()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE by = 'operator:uid-0'")
        assert cursor.fetchone() == (3,)
    report = Report()
    _check_chains("item-version", ItemVersion, report)
    assert report.findings == [] and report.subjects == ItemVersion.objects.count()


def test_the_national_tables_name_what_is_there_and_come_back_as_a_list(db: None) -> None:
    tables = json.loads(b"".join(exported("national")))
    basic = {row["local_task_code"]: row for row in tables["tables"]["up_task_general_basic"]}
    food, stands = basic[FOOD], published(FOOD)
    assert (food["task_name"], food["task_code"], food["catalog_code"]) == ("食品经营许可（新办）", stands.implementation_code, stands.implementation_code[19:])
    assert (food["anticipate_day"], food["anticipate_type"], food["promise_day"], food["server_type"]) == (20, "1", 4, "1^2^3^4^5^6")
    assert food["row_guid"] == str(stands.uuid) and "《食品安全法》第三十五条" in food["by_law"]
    assert {row["is_entry_center"] for row in tables["tables"]["up_task_general_extend"]} == {"1"}
    made = planned(json.dumps(tables).encode())
    assert made.good and {outcome.about for outcome in made.outcomes} == {"entry"}
    assert len(made.outcomes) == len(basic)
    assert b"".join(exported("national-csv"))[:2] == b"PK"
