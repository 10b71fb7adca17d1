"""Drafts at work, which can be made more: one edition, one draft and one version at each step."""

from __future__ import annotations

from onewindow.errands.tests.scene import FOOD, SITE, staff
from onewindow.foundation.catalogue.actions import publish
from onewindow.foundation.catalogue.definition.addressing import Change
from onewindow.foundation.catalogue.drafts.actions import keep_sample, open_draft, save
from onewindow.foundation.catalogue.drafts.queries import open_draft_of
from onewindow.foundation.catalogue.queries import published
from onewindow.spine.attachments.tests.handed import photo

RENEWED = "self-employed-registration"
_MORE = ("company-registration", "drug-retail-licence", "partnership-registration")


class Drafts:
    """One draft that two editors write in."""

    def __init__(self) -> None:
        self.steps = 0
        self.editor, self.colleague = staff("editor01"), staff("editor02")
        self.food = open_draft(by=self.editor, item=FOOD).pk
        keep_sample(by=self.editor, draft_id=self.food, examined=photo())

    def busier(self) -> None:
        """Two more editions, another draft, another version."""
        self.steps += 1
        for by in (self.editor, self.colleague):
            standing = open_draft_of(FOOD)
            assert standing is not None
            wording = Change("set", "/summary/zh", f"{by.account} {self.steps}")
            save(by=by, draft_id=self.food, edition=standing.edition, changes=[wording])
        open_draft(by=self.editor, item=_MORE[self.steps - 1])
        definition = published(RENEWED).definition
        promised = definition.limits.promised.model_copy(update={"n": 1 + self.steps})
        limits = definition.limits.model_copy(update={"promised": promised})
        publish(by=staff("administrator01"), site=SITE, definition=definition.model_copy(update={"limits": limits}))
