"""A version published meanwhile is overwritten by nothing: the draft comes up to it first."""

from __future__ import annotations

import json

import pytest

from onewindow.errands.tests.scene import (
    FOOD,
    SITE,
    refused,
    staff,
    verbs,
)
from onewindow.foundation.catalogue.actions import publish, withdraw
from onewindow.foundation.catalogue.definition.addressing import Change, value_at
from onewindow.foundation.catalogue.drafts import actions
from onewindow.foundation.catalogue.drafts.deciding import actions as deciding
from onewindow.foundation.catalogue.drafts.tasks import publish_all_due
from onewindow.foundation.catalogue.drafts.tests.written import (
    CHIEF,
    EDITOR,
    NAME,
    NEED,
    REVIEWER,
    again,
    approved,
    drafted,
    endorsed,
    put,
)
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel import clock
from onewindow.kernel.errors import (
    DraftOutdated,
    InvalidInput,
)


def newer() -> ItemVersion:
    """The administrator publishes another version meanwhile: other words in two places."""
    standing = published(FOOD).definition
    body = standing.model_dump(mode="json", by_alias=True, exclude_none=True)
    body["materials"][0]["need"], body["summary"]["zh"] = "2", "另一种介绍。"
    return publish(by=staff("administrator01"), site=SITE, definition=type(standing).model_validate_json(json.dumps(body)))


def test_a_draft_of_an_older_version_is_not_approved_until_it_was_brought_up(morning: clock.Hand) -> None:
    draft = endorsed(put(NEED, "3"), put(NAME, "申请书"))
    theirs = newer()
    with refused(DraftOutdated):
        deciding.approve(by=staff(CHIEF), draft_id=draft.pk, effective_on=clock.today())
    deciding.decline(by=staff(CHIEF), draft_id=draft.pk, reason="请并入新版本")
    with refused(InvalidInput):
        actions.rebase(by=staff(EDITOR), draft_id=draft.pk, edition=1, choices={})
    saved = actions.rebase(by=staff(EDITOR), draft_id=draft.pk, edition=1, choices={NEED: "mine"})
    assert (value_at(saved.body, NEED), value_at(saved.body, NAME), value_at(saved.body, "/summary/zh")) == ("3", "申请书", "另一种介绍。")
    assert again(draft).based_on_id == theirs.pk
    deciding.submit(by=staff(EDITOR), draft_id=draft.pk, edition=2)
    deciding.endorse(by=staff(REVIEWER), draft_id=draft.pk)
    deciding.approve(by=staff(CHIEF), draft_id=draft.pk, effective_on=clock.today())
    assert publish_all_due() == 1 and published(FOOD).version == 3


def test_their_side_can_be_chosen_even_of_a_part_that_was_removed(morning: clock.Hand) -> None:
    draft = drafted(Change("remove", "/materials/application"))
    newer()
    saved = actions.rebase(by=staff(EDITOR), draft_id=draft.pk, edition=1, choices={NEED: "theirs"})
    assert value_at(saved.body, NEED) == "2" and [m["code"] for m in saved.body["materials"]] != []


@pytest.mark.parametrize("meanwhile", ["published", "withdrawn"])
def test_what_changed_between_approval_and_its_day_is_overwritten_by_nothing(morning: clock.Hand, meanwhile: str) -> None:
    draft = approved()
    standing = newer() if meanwhile == "published" else published(FOOD)
    if meanwhile == "withdrawn":
        withdraw(by=staff("administrator01"), version_id=standing.pk, reason="演示")
    morning.forward(days=1)
    assert publish_all_due() == 0
    assert (again(draft).state, verbs(draft)[-1], ItemVersion.objects.filter(code=FOOD).order_by("-version")[0].pk) == ("drafting", "lapse", standing.pk)
