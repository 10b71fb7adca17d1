"""The register of items: the figures are counted from what was loaded, and change when an item does."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from time import perf_counter

import pytest
from django.db import IntegrityError, transaction

from onewindow.errands.tests.scene import FOOD, SITE, at_once, everything, newest, refused, rows_written, staff, verbs
from onewindow.foundation.catalogue.models import ItemVersion, RegisterEntry
from onewindow.foundation.catalogue.register.actions import (
    Listing,
    amend_entry,
    enlist,
    move_into_centre,
    move_out,
    restore,
    strike,
)
from onewindow.foundation.catalogue.register.queries import (
    Share,
    city_wide_presence,
    counts,
    counts_by_department,
    defined,
    entry,
    entry_rate,
    find_entries,
    online_rate,
    register,
)
from onewindow.foundation.staff.models import Department
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, NotPermitted, WrongState

NEW = Listing("DEMO-1", "演示事项", "", "market", "01", "company", True, False, True, "")


def an_approval() -> RegisterEntry:
    """An approval item that is handled in the centre."""
    found = register().filter(item_type="01", entered=True, city_wide=False).first()
    assert found is not None
    return found


# --- the demonstration, at the reference centre's figures ---------------------------------------------


def test_the_district_s_departments_and_approval_items(db: None) -> None:
    figures = counts()
    assert Department.objects.count() == len(counts_by_department()) == 29
    assert (figures.approvals, figures.approvals_entered) == (375, 369)
    assert (entry_rate(), entry_rate().percent) == (Share(369, 375), Decimal("98.4"))


def test_what_is_handled_at_a_workstation_and_anywhere_in_the_city(db: None) -> None:
    figures = counts()
    assert (figures.self_service, figures.self_service_departments) == (654, 29)
    assert figures.city_wide == register().filter(city_wide=True, serves="person").count() == 167
    assert (city_wide_presence(), city_wide_presence().percent) == (Share(167, 167), Decimal("100.0"))


def test_company_items_that_need_no_coming(db: None) -> None:
    rate = online_rate()
    assert rate.of == register().filter(serves="company").count() and rate.percent == Decimal("96.0")


def test_the_departments_figures_add_up(db: None) -> None:
    figures, each = counts(), counts_by_department().values()
    for name in figures._fields:
        if name != "self_service_departments":
            assert sum(getattr(one, name) for one in each) == getattr(figures, name), name
    assert {one.self_service_departments for one in each} == {1}


def test_every_definition_is_linked_and_nothing_else_is_measured(db: None) -> None:
    published = set(ItemVersion.objects.filter(state="published").values_list("code", flat=True))
    assert set(defined().values_list("item", flat=True)) == published
    assert counts().stubs + defined().count() == counts().entries == register().count()
    assert not any(one.stub for one in defined())


def test_a_stub_has_its_chinese_name_only(db: None) -> None:
    stub, known = register().filter(item="").first(), defined().filter(item=FOOD).get()
    assert stub is not None and stub.words == (stub.name_zh, stub.name_zh) and stub.stub
    assert known.words == (known.name_zh, "Food business licence (new)") and not known.stub and known.approval


# --- moving in and out --------------------------------------------------------------------------------


def test_one_item_moved_out_of_the_centre_changes_the_entry_rate(morning: clock.Hand) -> None:
    one = an_approval()
    with rows_written() as rows:
        move_out(by=staff("administrator01"), entry_id=one.pk)
    assert rows == ["register-entry.move-out"]
    assert (entry_rate(), entry_rate().percent) == (Share(368, 375), Decimal("98.1"))
    assert newest(one).facts == {"code": one.code, "entered": False}
    with rows_written() as rows:
        move_into_centre(by=staff("administrator01"), entry_id=one.pk)
    assert (rows, entry_rate()) == (["register-entry.move-in"], Share(369, 375))
    assert verbs(one) == ["list", "move-out", "move-in"]


def test_what_is_in_cannot_move_in_nor_what_is_out_move_out(morning: clock.Hand) -> None:
    one = an_approval()
    with refused(WrongState) as no:
        move_into_centre(by=staff("administrator01"), entry_id=one.pk)
    assert "已进驻中心" in no.value.message("zh-hans") and "in the centre" in no.value.message("en")
    move_out(by=staff("administrator01"), entry_id=one.pk)
    with refused(WrongState):
        move_out(by=staff("administrator01"), entry_id=one.pk)


def test_two_editors_who_move_one_item_out_at_once_move_it_once(fresh_database: str, morning: clock.Hand) -> None:
    pk, by = an_approval().pk, staff("administrator01")
    outcomes = at_once([partial(move_out, by=by, entry_id=pk)] * 4)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", *["WrongState"] * 3]
    assert entry_rate() == Share(368, 375)


# --- listing, amending, striking ----------------------------------------------------------------------


def test_what_is_struck_counts_nowhere_and_may_stand_again(morning: clock.Hand) -> None:
    one, by = an_approval(), staff("administrator01")
    strike(by=by, entry_id=one.pk)
    assert entry_rate() == Share(368, 374) and one not in register() and entry(one.code).state == "struck"
    assert one not in find_entries(one.name_zh, limit=1000)
    for doing in (strike, move_out, move_into_centre):
        with refused(WrongState):
            doing(by=by, entry_id=one.pk)
    with refused(WrongState):
        amend_entry(by=by, entry_id=one.pk, listing=NEW)
    restore(by=by, entry_id=one.pk)
    assert entry_rate() == Share(369, 375)
    with refused(WrongState):
        restore(by=by, entry_id=one.pk)


def test_an_item_is_listed_and_amended(morning: clock.Hand) -> None:
    by = staff("administrator01")
    with rows_written() as rows:
        assert enlist(by=by, site=SITE, listings=[NEW, NEW._replace(code="DEMO-2")], outside=["DEMO-2"]) == 2
    assert rows == ["register-entry.list"] * 2
    assert entry_rate() == Share(370, 377)
    one = entry("DEMO-1")
    assert newest(one).facts == {
        "code": "DEMO-1", "department": "market", "item_type": "01", "serves": "company", "self_service": True, "city_wide": False,
        "online": True, "item": "", "entered": True,
    }  # fmt: skip
    with rows_written() as rows:
        amend_entry(by=by, entry_id=one.pk, listing=NEW._replace(department="health", item_type="20", code="OTHER"))
    assert (rows, entry("DEMO-1").department.code, entry_rate()) == (["register-entry.amend"], "health", Share(369, 376))
    assert newest(one).facts["changed"] == ["department_id", "item_type"]
    before = everything()
    amend_entry(by=by, entry_id=one.pk, listing=NEW._replace(department="health", item_type="20"))
    assert everything() == before


def test_what_cannot_be_listed_is_refused_and_nothing_of_it_is_written(morning: clock.Hand) -> None:
    by = staff("administrator01")
    twice: list[tuple[type[Exception], list[Listing]]] = [
        (InvalidInput, [NEW, NEW]),
        (InvalidInput, [NEW, NEW._replace(code=an_approval().code)]),
        (NotFound, [NEW, NEW._replace(code="DEMO-2", department="weather")]),
    ]
    for kind, listings in twice:
        with refused(kind):  # type: ignore[arg-type]
            enlist(by=by, site=SITE, listings=listings)
    with refused(NotFound):
        amend_entry(by=by, entry_id=10**12, listing=NEW)
    with refused(NotFound):
        entry("nowhere")
    with pytest.raises(IntegrityError, match="catalogue_entry_serves_somebody"), transaction.atomic():
        enlist(by=by, site=SITE, listings=[NEW._replace(serves="robots")])


@pytest.mark.parametrize("username", ["clerk01", "manager01", "supervisor01", "market01"])
def test_nobody_else_keeps_the_register(morning: clock.Hand, username: str) -> None:
    one = an_approval()
    doings: list[Callable[..., object]] = [
        partial(enlist, site=SITE, listings=[NEW]), partial(enlist, site=SITE, listings=[]),
        partial(amend_entry, entry_id=one.pk, listing=NEW), partial(move_out, entry_id=one.pk),
        partial(move_into_centre, entry_id=one.pk), partial(strike, entry_id=one.pk), partial(restore, entry_id=one.pk),
    ]  # fmt: skip
    for doing in doings:
        with refused(NotPermitted):
            doing(by=staff(username))


def test_a_thousand_items_are_listed_within_two_seconds(morning: clock.Hand) -> None:
    listings = [NEW._replace(code=f"DEMO-{n}") for n in range(1000)]
    began = perf_counter()
    enlist(by=staff("administrator01"), site=SITE, listings=listings)
    assert perf_counter() - began < 2
    assert entry_rate() == Share(1369, 1375)


# --- finding ------------------------------------------------------------------------------------------


def test_reception_finds_an_item_by_words_of_its_name_those_with_a_definition_first(db: None) -> None:
    found = find_entries("食品 许可")
    assert found[0].item == FOOD and len(found) > 5
    assert all("食品" in one.name_zh and "许可" in one.name_zh for one in found)
    assert [one.item for one in find_entries("food LICENCE")] == [FOOD]
    assert len(find_entries("证", limit=7)) == 7
    for nothing in ("", "  ", "\0", "没有这样的事项", "100%_", "证%可"):
        assert find_entries(nothing) == []


def test_a_share_of_nothing_has_no_percentage() -> None:
    assert Share(0, 0).percent is None
    assert (Share(1, 8).percent, Share(2, 3).percent, Share(375, 375).percent) == (Decimal("12.5"), Decimal("66.7"), Decimal("100.0"))


def test_figures_and_search_ask_once(db: None, django_assert_num_queries: Callable[[int], object]) -> None:
    for asked in (counts, counts_by_department, entry_rate, online_rate, partial(find_entries, "许可")):
        with django_assert_num_queries(1):  # type: ignore[attr-defined]
            asked()
