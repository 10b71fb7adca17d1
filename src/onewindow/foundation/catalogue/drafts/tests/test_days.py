"""The day a version comes into force: chosen, waited for, slept through, taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from onewindow.errands.tests.scene import (
    FOOD,
    accepted,
    at_once,
    received,
    refused,
    seated,
    staff,
)
from onewindow.foundation.catalogue.drafts.deciding import actions as deciding
from onewindow.foundation.catalogue.drafts.tasks import publish_all_due
from onewindow.foundation.catalogue.drafts.tests.written import (
    CHIEF,
    again,
    approved,
    endorsed,
)
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel import clock
from onewindow.kernel.errors import (
    InvalidInput,
)


def need(version: ItemVersion) -> str:
    return next(material.need for material in version.definition.materials if material.code == "application")


def test_a_day_the_machine_slept_through_is_made_up_for(morning: clock.Hand) -> None:
    approved()
    morning.forward(days=9)
    assert publish_all_due() == 1 and published(FOOD).version == 2


def test_today_s_case_keeps_the_old_list_and_tomorrow_s_has_the_new(morning: clock.Hand) -> None:
    approved()
    clerk, visit = seated()
    today = received(clerk, visit)
    morning.forward(days=1)
    publish_all_due()
    clerk, visit = seated("clerk02", 1)
    tomorrow = received(clerk, visit)
    today.refresh_from_db()
    assert (today.item.version, need(today.item), tomorrow.item.version, need(tomorrow.item)) == (1, "1", 2, "3")
    assert accepted(clerk, visit).item.version == 2


@pytest.mark.parametrize(("days", "good"), [(-1, False), (0, True), (366, True), (367, False)])
def test_the_day_of_effect_lies_ahead(morning: clock.Hand, days: int, good: bool) -> None:
    draft, on = endorsed(), clock.today() + timedelta(days=days)
    if good:
        deciding.approve(by=staff(CHIEF), draft_id=draft.pk, effective_on=on)
        assert again(draft).effective_on == on
        return
    with refused(InvalidInput):
        deciding.approve(by=staff(CHIEF), draft_id=draft.pk, effective_on=on)


def test_the_day_is_the_centre_s_own(morning: clock.Hand) -> None:
    morning.forward(hours=14)  # midnight of the 25th here, still the 24th in Greenwich
    draft = endorsed()
    with refused(InvalidInput):
        deciding.approve(by=staff(CHIEF), draft_id=draft.pk, effective_on=date(2026, 9, 24))


def test_an_approval_is_taken_back_before_its_day(morning: clock.Hand) -> None:
    draft = approved()
    deciding.take_back(by=staff(CHIEF), draft_id=draft.pk, reason="文件还没有印发")
    morning.forward(days=2)
    assert publish_all_due() == 0 and published(FOOD).version == 1
    assert (again(draft).state, again(draft).note) == ("drafting", "文件还没有印发")


def test_the_worker_publishes_once_however_often_it_looks(fresh_database: str, morning: clock.Hand) -> None:
    approved(on=clock.today())
    assert sorted(at_once([publish_all_due] * 4), key=str) == [0, 0, 0, 1]
    assert ItemVersion.objects.filter(code=FOOD).count() == 2
