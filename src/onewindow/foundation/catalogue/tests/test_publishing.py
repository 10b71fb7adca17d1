"""Publishing: one version stands, what was published never changes, and a case keeps the version it was filed under."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from onewindow.errands import sitting
from onewindow.errands.decision import decide
from onewindow.errands.tests.scene import (
    FOOD,
    SITE,
    accepted,
    application,
    everything,
    in_order,
    newest,
    received,
    refused,
    rows_written,
    seated,
    staff,
    verbs,
)
from onewindow.foundation.catalogue.actions import publish, withdraw
from onewindow.foundation.catalogue.definition import Definition, demo_folder, digest, load
from onewindow.foundation.catalogue.models import ItemVersion, definition_of
from onewindow.foundation.catalogue.queries import published, published_items, still_published
from onewindow.kernel import clock
from onewindow.kernel.errors import ItemNotOffered, NotFound, NotPermitted, WrongState
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.tests.lives import elsewhere
from onewindow.kernel.permissions import Actor
from onewindow.stages.acceptance.actions import receive

FILES = sorted((demo_folder() / "items").glob("*.json"))
ITEMS = [path.stem for path in FILES]


def changed(promised: int = 3) -> Definition:
    """The food licence with a shorter promise."""
    standing = published(FOOD).definition
    limits = standing.limits.model_copy(update={"promised": standing.limits.promised.model_copy(update={"n": promised})})
    return standing.model_copy(update={"limits": limits})


def issue(definition: Definition, by: Actor | None = None) -> ItemVersion:
    return publish(by=by or staff("administrator01"), site=SITE, definition=definition)


def test_the_district_s_items_are_published_in_version_one(db: None) -> None:
    assert [(item.code, item.version, item.state) for item in published_items()] == [(code, 1, "published") for code in ITEMS]
    in_b = [path.stem for path in FILES if load(path).service.hall == "B"]
    assert "residence-permit" in in_b and FOOD not in in_b
    assert [item.code for item in published_items("B")] == in_b
    item = published(FOOD)
    assert (item.digest, item.definition.code, item.department.code) == (digest(item.definition), FOOD, "market")
    assert newest(item).facts == {"item": FOOD, "version": 1, "digest": item.digest}


def test_a_new_version_supersedes_the_one_before(morning: clock.Hand) -> None:
    first = published(FOOD)
    with rows_written() as rows:
        second = issue(changed())
    assert (rows, second.version, published(FOOD).pk) == (["item-version.supersede", "item-version.publish"], 2, second.pk)
    assert ItemVersion.objects.get(pk=first.pk).state == "superseded"
    assert definition_of(first.pk).limits.promised.n == 4
    assert published(FOOD).definition.limits.promised.n == 3


def test_the_same_content_again_changes_nothing(morning: clock.Hand) -> None:
    before = everything()
    assert issue(published(FOOD).definition).pk == published(FOOD).pk
    assert everything() == before


def test_content_that_comes_back_is_a_version_of_its_own(morning: clock.Hand) -> None:
    original = published(FOOD).definition
    issue(changed())
    third = issue(original)
    assert (third.version, third.digest) == (3, digest(original))
    assert list(ItemVersion.objects.filter(code=FOOD).order_by("version").values_list("state", flat=True)) == [
        "superseded", "superseded", "published",
    ]  # fmt: skip


def test_a_case_keeps_the_version_it_was_filed_under(morning: clock.Hand) -> None:
    clerk, visit = seated()
    before = received(clerk, visit)
    issue(changed(promised=1))
    sitting.check_and(by=clerk, case_id=before.pk, standings=in_order(before), verb="accept")
    before.refresh_from_db()
    after = accepted(clerk, visit)
    assert (before.item.version, str(before.promised_on)) == (1, "2026-10-08")
    assert (after.item.version, str(after.promised_on)) == (2, "2026-09-28")


def test_nothing_new_is_received_under_a_withdrawn_version_and_what_was_goes_on(morning: clock.Hand) -> None:
    clerk, visit = seated()
    before, asked, version, later = received(clerk, visit), application(), published(FOOD), changed()
    with rows_written() as rows:
        withdraw(by=staff("administrator01"), version_id=version.pk, reason="演示")
    assert (rows, newest(version).facts) == (["item-version.withdraw"], {"item": FOOD, "version": 1, "reason": "演示"})
    assert [item.code for item in published_items()] == [code for code in ITEMS if code != FOOD]
    with pytest.raises(NotFound):
        published(FOOD)
    # A screen that was open, and a version read before it was withdrawn.
    with refused(ItemNotOffered) as no:
        receive(by=clerk, visit=visit, item=version, answers=asked.answers, form=asked.form, given=set(asked.given), once=asked.once)
    assert "食品经营许可" in no.value.message("zh-hans") and "no longer in force" in no.value.message("en")
    sitting.check_and(by=clerk, case_id=before.pk, standings=in_order(before), verb="accept")
    decide(by=staff("market01"), case_id=before.pk, verb="grant", words="符合条件")
    before.refresh_from_db()
    assert before.state == "granted"
    # The next version stands on its own number.
    assert (issue(later).version, received(clerk, visit).item.version) == (2, 2)


def test_nothing_is_received_under_a_version_superseded_meanwhile(morning: clock.Hand) -> None:
    clerk, visit = seated()
    asked, old = application(), published(FOOD)
    issue(changed())
    with refused(ItemNotOffered):
        receive(by=clerk, visit=visit, item=old, answers=asked.answers, form=asked.form, given=set(asked.given), once=asked.once)


def test_a_version_is_withdrawn_once_and_by_the_administrator(morning: clock.Hand) -> None:
    version = published(FOOD)
    for username in ("clerk01", "market01", "manager01"):
        with refused(NotPermitted):
            withdraw(by=staff(username), version_id=version.pk, reason="演示")
    withdraw(by=staff("administrator01"), version_id=version.pk, reason="演示")
    with refused(WrongState):
        withdraw(by=staff("administrator01"), version_id=version.pk, reason="演示")
    with refused(NotFound):
        withdraw(by=staff("administrator01"), version_id=10**12, reason="演示")


def test_a_version_waits_to_be_withdrawn_until_a_receipt_under_it_is_done(fresh_database: str, morning: clock.Hand) -> None:
    version = published(FOOD)
    with elsewhere() as other:
        with other.cursor() as cursor:
            cursor.execute("SELECT FROM catalogue_item_version WHERE id = %s AND state = 'published' FOR SHARE", [version.pk])
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
            withdraw(by=staff("administrator01"), version_id=version.pk, reason="演示")
    withdraw(by=staff("administrator01"), version_id=version.pk, reason="演示")
    assert not still_published(version.pk)


def test_only_the_administrator_publishes(morning: clock.Hand) -> None:
    new = changed()
    for username in ("clerk01", "market01", "manager01"):
        with refused(NotPermitted):
            issue(new, by=staff(username))
    assert verbs(published(FOOD)) == ["publish"]


def test_the_database_keeps_one_published_version(morning: clock.Hand) -> None:
    standing = published(FOOD)
    twin = ItemVersion.objects.get(pk=standing.pk)
    twin.pk, twin.version = None, 2
    twin.uuid = uuid7()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_an_item_that_is_not_there(db: None) -> None:
    with pytest.raises(NotFound):
        published("flying-licence")
