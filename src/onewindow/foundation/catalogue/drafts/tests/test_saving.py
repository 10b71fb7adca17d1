"""Writing in a draft: whose it is, two at once, nothing lost, everything taken back again."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from onewindow.errands.tests.scene import (
    FOOD,
    HYGIENE,
    at_once,
    refused,
    staff,
    verbs,
)
from onewindow.foundation.catalogue.definition.addressing import Change, value_at
from onewindow.foundation.catalogue.drafts import actions, queries
from onewindow.foundation.catalogue.drafts.deciding import actions as deciding
from onewindow.foundation.catalogue.drafts.models import DraftEdition, ItemDraft
from onewindow.foundation.catalogue.drafts.tests.written import (
    CHANGED,
    CHIEF,
    COLLEAGUE,
    EDITOR,
    NAME,
    NEED,
    REVIEWER,
    STRANGER,
    again,
    drafted,
    put,
)
from onewindow.kernel import clock
from onewindow.kernel.errors import (
    DraftUnsound,
    FieldTaken,
    InvalidInput,
    NotFound,
    NotPermitted,
    StateConflict,
)
from onewindow.kernel.keys import uuid7


def test_only_an_editor_of_the_department_writes(morning: clock.Hand) -> None:
    for username in (STRANGER, REVIEWER, CHIEF, "market01", "administrator01"):
        with refused(NotPermitted):
            actions.open_draft(by=staff(username), item=FOOD)
    draft = drafted()
    for username in (STRANGER, REVIEWER, CHIEF):
        with refused(NotPermitted):
            actions.save(by=staff(username), draft_id=draft.pk, edition=0, changes=CHANGED)
    with refused(NotFound):
        actions.open_draft(by=staff(EDITOR), item="flying-licence")
    with refused(NotPermitted):
        actions.open_draft(by=staff(EDITOR), item=HYGIENE)


def test_one_open_draft_an_item(fresh_database: str, morning: clock.Hand) -> None:
    found = at_once([partial(actions.open_draft, by=staff(EDITOR), item=FOOD), partial(actions.open_draft, by=staff(COLLEAGUE), item=FOOD)])
    assert len({draft.pk for draft in found}) == 1  # type: ignore[union-attr]
    twin = ItemDraft.objects.get()
    twin.pk, twin.uuid = None, uuid7()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_what_two_editors_change_at_different_places_is_merged_and_told(morning: clock.Hand) -> None:
    draft = drafted(put(NEED, "3"))
    saved = actions.save(by=staff(COLLEAGUE), draft_id=draft.pk, edition=0, changes=[put(NAME, "申请书")])
    assert (saved.edition, [row.by for row in saved.others]) == (2, [staff(EDITOR).ref])
    assert (value_at(saved.body, NEED), value_at(saved.body, NAME)) == ("3", "申请书")
    assert again(draft).authors == [staff(EDITOR).ref, staff(COLLEAGUE).ref]


def test_the_same_place_is_refused_with_who_when_theirs_and_yours(morning: clock.Hand) -> None:
    draft = drafted(put(NEED, "3"))
    with refused(FieldTaken) as no:
        actions.save(by=staff(COLLEAGUE), draft_id=draft.pk, edition=0, changes=[put(NEED, "2"), put(NAME, "申请书")])
    said = no.value.message("zh-hans")
    assert all(words in said for words in ("市场监管编写一号（演示）", "10:00", "容缺后补", "非必要", "必要性"))
    assert "Market regulation editor 1" in no.value.message("en") and no.value.details["address"] == NEED
    # Having chosen, the editor sends it again looking at the newest edition.
    saved = actions.save(by=staff(COLLEAGUE), draft_id=draft.pk, edition=1, changes=[put(NEED, "2"), put(NAME, "申请书")])
    assert (saved.edition, value_at(saved.body, NEED)) == (2, "2")


def test_the_same_wish_meets_nothing(morning: clock.Hand) -> None:
    draft = drafted(put(NEED, "3"))
    saved = actions.save(by=staff(COLLEAGUE), draft_id=draft.pk, edition=0, changes=[put(NEED, "3")])
    assert (saved.edition, verbs(draft)) == (1, ["open", "save"])


def test_something_written_in_a_part_another_removed_is_refused(morning: clock.Hand) -> None:
    draft = drafted(Change("remove", "/materials/application"))
    with refused(FieldTaken):
        actions.save(by=staff(COLLEAGUE), draft_id=draft.pk, edition=0, changes=[put(NAME, "申请书")])


def test_two_saves_race_and_exactly_one_conflicts(fresh_database: str, morning: clock.Hand) -> None:
    draft = drafted()
    found = at_once([
        partial(actions.save, by=staff(EDITOR), draft_id=draft.pk, edition=0, changes=[put(NAME, "甲"), put("/summary/zh", "甲的介绍")]),
        partial(actions.save, by=staff(COLLEAGUE), draft_id=draft.pk, edition=0, changes=[put(NAME, "乙")]),
    ])  # fmt: skip
    assert sorted(type(one).__name__ for one in found) == ["FieldTaken", "Saved"]
    draft = again(draft)
    assert (draft.edition, DraftEdition.objects.filter(draft=draft).count(), verbs(draft)) == (1, 1, ["open", "save"])
    assert value_at(draft.body, NAME) in ("甲", "乙")


def test_twenty_saves_at_twenty_places_all_stand(fresh_database: str, morning: clock.Hand) -> None:
    draft = drafted()
    codes = [material["code"] for material in draft.body["materials"]][:10]
    wishes = [put(f"/materials/{code}/name/{language}", f"{code} {language}") for code in codes for language in ("zh", "en")]
    by = [staff(EDITOR), staff(COLLEAGUE)]
    found = at_once([partial(actions.save, by=by[n % 2], draft_id=draft.pk, edition=0, changes=[wish]) for n, wish in enumerate(wishes)])
    assert all(isinstance(one, actions.Saved) for one in found), found
    draft = again(draft)
    assert draft.edition == len(wishes) and all(value_at(draft.body, wish.at) == wish.now for wish in wishes)


def test_nothing_typed_is_lost_however_wrong_it_is(morning: clock.Hand) -> None:
    draft = drafted(put(NAME, ""), put("/limits/promised/n", "三天"), put("/steps/review/days", -4))
    assert value_at(draft.body, "/limits/promised/n") == "三天"
    assert {fault.address for fault in queries.faults_of(draft.body)} == {NAME, "/limits/promised/n", "/steps/review/days"}
    with refused(DraftUnsound) as no:
        deciding.submit(by=staff(EDITOR), draft_id=draft.pk, edition=1)
    assert no.value.details["count"] == 3


@pytest.mark.parametrize("at", ["/code", "/schema", "/department/code", "/materials/application/code", "/nothing", "/materials/application/nothing"])
def test_what_is_no_matter_of_wording_is_not_changed(morning: clock.Hand, at: str) -> None:
    draft = drafted()
    with refused(InvalidInput):
        actions.save(by=staff(EDITOR), draft_id=draft.pk, edition=0, changes=[put(at, "x")])


def test_every_edition_can_be_looked_at_restored_and_undone(morning: clock.Hand) -> None:
    editor, draft = staff(EDITOR), drafted(put(NEED, "3"))
    actions.save(by=editor, draft_id=draft.pk, edition=1, changes=[Change("remove", "/materials/application")])
    actions.save(by=editor, draft_id=draft.pk, edition=2, changes=[put("/summary/zh", "改")])
    draft = again(draft)
    began, first = queries.body_at(draft, 0), queries.body_at(draft, 1)
    assert began == queries.base_of(draft) and value_at(first, NEED) == "3"
    assert actions.undo(by=editor, draft_id=draft.pk, edition=3).edition == 4
    assert actions.undo(by=editor, draft_id=draft.pk, edition=4).body == first
    assert actions.undo(by=editor, draft_id=draft.pk, edition=5).body == began
    assert actions.undo(by=editor, draft_id=draft.pk, edition=6).edition == 6  # nothing is left to take back
    assert actions.restore(by=editor, draft_id=draft.pk, edition=6, to=1).body == first
    assert [row.n for row in queries.editions_of(draft)] == [7, 6, 5, 4, 3, 2, 1]
    with refused(StateConflict):
        actions.undo(by=editor, draft_id=draft.pk, edition=3)
    with refused(NotFound):
        actions.restore(by=editor, draft_id=draft.pk, edition=7, to=8)
