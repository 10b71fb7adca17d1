"""An item withdrawn by the chief editor, and written again by its department."""

from __future__ import annotations

import pytest

from onewindow.errands.tests.scene import FOOD, everything, refused, staff
from onewindow.foundation.catalogue.drafts import actions
from onewindow.foundation.catalogue.drafts.beginning.queries import is_taken, withdrawn_items
from onewindow.foundation.catalogue.drafts.deciding import actions as deciding
from onewindow.foundation.catalogue.drafts.tasks import publish_all_due
from onewindow.foundation.catalogue.drafts.tests.written import CHIEF, EDITOR, REVIEWER
from onewindow.foundation.catalogue.models import ItemVersion, RegisterEntry
from onewindow.foundation.catalogue.queries import in_force, published
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound, NotPermitted, ReasonMissing
from onewindow.kernel.ledger.models import Entry

pytestmark = pytest.mark.usefixtures("morning")


def test_a_withdrawn_item_is_written_again(morning: clock.Hand) -> None:
    before = everything()
    for nobody in (EDITOR, REVIEWER, "clerk01"):
        with refused(NotPermitted):
            deciding.withdraw_item(by=staff(nobody), item=FOOD, reason="演示")
    with refused(ReasonMissing):
        deciding.withdraw_item(by=staff(CHIEF), item=FOOD, reason="  ")
    with refused(NotFound):
        deciding.withdraw_item(by=staff(CHIEF), item="no-such-item", reason="演示")
    assert everything() == before
    standing = published(FOOD)
    deciding.withdraw_item(by=staff(CHIEF), item=FOOD, reason="法律依据已废止（演示）")
    row = Entry.objects.filter(subject_kind="item-version", subject_id=standing.pk).latest("n")
    assert (row.verb, row.facts["reason"], in_force(FOOD)) == ("withdraw", "法律依据已废止（演示）", None)
    assert [version.code for version in withdrawn_items()] == [FOOD] and is_taken(FOOD)
    draft = actions.open_draft(by=staff(EDITOR), item=FOOD)
    assert (draft.based_on, draft.body["code"]) == (None, FOOD)
    deciding.submit(by=staff(EDITOR), draft_id=draft.pk, edition=0)
    deciding.endorse(by=staff(REVIEWER), draft_id=draft.pk)
    deciding.approve(by=staff(CHIEF), draft_id=draft.pk, effective_on=clock.today())
    assert publish_all_due() == 1
    assert (published(FOOD).version, ItemVersion.objects.get(pk=standing.pk).state) == (2, "withdrawn")
    assert RegisterEntry.objects.filter(item=FOOD).count() == 1 and list(withdrawn_items()) == []
