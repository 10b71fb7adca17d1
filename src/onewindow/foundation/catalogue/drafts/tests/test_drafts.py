"""A draft's life: written, reviewed by another, approved by a third for a day, published on it; and whatever may stand in its way."""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.errands.tests.scene import (
    FOOD,
    everything,
    newest,
    refused,
    rows_written,
    staff,
)
from onewindow.foundation.catalogue.drafts import actions, queries
from onewindow.foundation.catalogue.drafts.deciding import actions as deciding
from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.foundation.catalogue.drafts.tasks import publish_all_due
from onewindow.foundation.catalogue.drafts.tests.written import (
    CHIEF,
    COLLEAGUE,
    EDITOR,
    NAME,
    NEED,
    OTHER_REVIEWER,
    REVIEWER,
    again,
    approved,
    drafted,
    endorsed,
    put,
    submitted,
)
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.staff.actions import reassign
from onewindow.foundation.staff.models import Staff
from onewindow.kernel import clock
from onewindow.kernel.errors import (
    InvalidInput,
    NotPermitted,
    OwnDraft,
    ReasonMissing,
    WrongState,
)


def need(version: ItemVersion) -> str:
    return next(material.need for material in version.definition.materials if material.code == "application")


def test_from_the_first_word_to_the_day_of_publication(morning: clock.Hand) -> None:
    before = published(FOOD)
    with rows_written() as rows:
        draft = approved()
    assert rows == [f"item-draft.{verb}" for verb in ("open", "save", "submit", "endorse", "approve")]
    assert (draft.state, draft.effective_on, draft.reviewed_by, draft.approved_by) == (
        "approved", date(2026, 9, 25), staff(REVIEWER).ref, staff(CHIEF).ref,
    )  # fmt: skip
    morning.forward(hours=13, minutes=59)  # a minute to midnight
    assert publish_all_due() == 0 and published(FOOD).pk == before.pk
    morning.forward(minutes=1)
    with rows_written() as rows:
        assert publish_all_due() == 1
    assert rows == ["item-version.supersede", "item-version.publish", "item-draft.publish"]
    now, draft = published(FOOD), again(draft)
    assert (now.version, need(now), need(before), draft.state, draft.version_id) == (2, "3", "1", "published", now.pk)
    assert newest(draft).facts == {"item": FOOD, "version": 2, "digest": now.digest}
    assert publish_all_due() == 0


def test_a_draft_that_says_nothing_new_is_not_submitted(morning: clock.Hand) -> None:
    draft = drafted(put(NEED, "3"))
    actions.undo(by=staff(EDITOR), draft_id=draft.pk, edition=1)
    with refused(InvalidInput):
        deciding.submit(by=staff(EDITOR), draft_id=draft.pk, edition=2)


def test_a_reviewer_is_of_the_department_and_gives_a_reason(morning: clock.Hand) -> None:
    draft = submitted()
    for username in (OTHER_REVIEWER, CHIEF, EDITOR):
        with refused(NotPermitted):
            deciding.endorse(by=staff(username), draft_id=draft.pk)
    with refused(ReasonMissing):
        deciding.return_draft(by=staff(REVIEWER), draft_id=draft.pk, reason="  ")
    deciding.return_draft(by=staff(REVIEWER), draft_id=draft.pk, reason="说明再清楚些")
    draft = again(draft)
    assert (draft.state, draft.note) == ("drafting", "说明再清楚些")
    deciding.submit(by=staff(EDITOR), draft_id=draft.pk, edition=1)
    assert again(draft).note == ""


def test_nobody_reviews_or_approves_what_they_wrote_and_nobody_does_both(morning: clock.Hand) -> None:
    roles = ["catalogue-editor", "catalogue-reviewer", "chief-editor"]
    for username in (EDITOR, REVIEWER):
        account = Staff.objects.get(username=username)
        reassign(by=staff("administrator01"), staff_id=account.pk, roles=roles, department=account.department)
    draft = submitted()
    with refused(OwnDraft):
        deciding.endorse(by=staff(EDITOR), draft_id=draft.pk)
    deciding.endorse(by=staff(REVIEWER), draft_id=draft.pk)
    for username in (EDITOR, REVIEWER):
        with refused(OwnDraft):
            deciding.approve(by=staff(username), draft_id=draft.pk, effective_on=clock.today())
    deciding.approve(by=staff(CHIEF), draft_id=draft.pk, effective_on=clock.today())


@pytest.mark.parametrize("made", [drafted, submitted, endorsed, approved])
def test_a_draft_is_given_up_from_every_open_state_and_the_item_may_have_another(morning: clock.Hand, made: object) -> None:
    draft = made()  # type: ignore[operator]
    actions.abandon(by=staff(COLLEAGUE), draft_id=draft.pk)
    with refused(WrongState):
        actions.abandon(by=staff(COLLEAGUE), draft_id=draft.pk)
    assert drafted().pk != draft.pk
    morning.forward(days=2)
    assert publish_all_due() == 0


def test_nothing_is_changed_while_somebody_reviews(morning: clock.Hand) -> None:
    draft = submitted()
    with refused(WrongState):
        actions.save(by=staff(EDITOR), draft_id=draft.pk, edition=1, changes=[put(NAME, "x")])


def test_looking_writes_nothing(morning: clock.Hand) -> None:
    draft = approved()
    before = everything()
    queries.history_of(draft), queries.body_at(draft, 0), queries.undoable(draft), publish_all_due()
    assert everything() == before


def test_a_draft_begun_before_a_field_was_thought_of_differs_in_nothing_by_it(morning: clock.Hand) -> None:
    draft = drafted()
    body = {name: value for name, value in draft.body.items() if value or name not in ("intermediaries", "joint_bodies", "rights")}
    assert len(body) < len(draft.body)
    body["service"] = {name: value for name, value in body["service"].items() if name != "kiosk"}
    ItemDraft.objects.filter(pk=draft.pk).update(body=body)
    assert again(draft).body != draft.body and queries.content_of(again(draft)) == queries.base_of(again(draft))
    with refused(InvalidInput):
        deciding.submit(by=staff(EDITOR), draft_id=draft.pk, edition=0)
