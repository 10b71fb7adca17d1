"""Publishing: one version stands, what was published never changes, and a case keeps the version it was filed under."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from onewindow.errands import sitting
from onewindow.errands.tests.scene import (
    FOOD,
    HYGIENE,
    SITE,
    accepted,
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
from onewindow.foundation.catalogue.actions import publish
from onewindow.foundation.catalogue.definition import Definition, digest
from onewindow.foundation.catalogue.models import ItemVersion, definition_of
from onewindow.foundation.catalogue.queries import published, published_items
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound, NotPermitted
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import Actor


def changed(promised: int = 3) -> Definition:
    """The food licence with a shorter promise."""
    standing = published(FOOD).definition
    limits = standing.limits.model_copy(update={"promised": standing.limits.promised.model_copy(update={"n": promised})})
    return standing.model_copy(update={"limits": limits})


def issue(definition: Definition, by: Actor | None = None) -> ItemVersion:
    return publish(by=by or staff("administrator01"), site=SITE, definition=definition)


def test_the_district_s_items_are_published_in_version_one(db: None) -> None:
    assert [(item.code, item.version, item.state) for item in published_items()] == [(FOOD, 1, "published"), (HYGIENE, 1, "published")]
    assert list(published_items("B")) == []
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
