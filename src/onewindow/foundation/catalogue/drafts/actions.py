"""The only writers of what a draft says; what is decided about it is in `deciding`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from onewindow.foundation.catalogue.definition.addressing import Body, Change
from onewindow.foundation.catalogue.definition.comparing import differences
from onewindow.foundation.catalogue.definition.fields import field_at
from onewindow.foundation.catalogue.definition.saying import said
from onewindow.foundation.catalogue.definition.wording import place
from onewindow.foundation.catalogue.drafts import queries, rules
from onewindow.foundation.catalogue.drafts.guards import in_force, known, locked_draft, own_office, own_office_of, unchanged
from onewindow.foundation.catalogue.drafts.models import DraftEdition, ItemDraft, SampleFile
from onewindow.foundation.catalogue.drafts.policies import DRAFT
from onewindow.foundation.catalogue.drafts.states import ITEM_DRAFT
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.kernel import clock
from onewindow.kernel.crypto import sm3
from onewindow.kernel.errors import FieldTaken, InvalidInput, NotFound
from onewindow.kernel.ledger.moving import begin, move_locked, moving
from onewindow.kernel.ledger.rows import inserted
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words

if TYPE_CHECKING:
    from onewindow.instruments.reading import Examined

LONGEST_TOLD = 60


@dataclass(frozen=True)
class Saved:
    """A draft after a save: its edition, and what others changed at other places meanwhile."""

    edition: int
    body: dict[str, Any]
    others: list[DraftEdition] = field(default_factory=list)


@transaction.atomic
def open_draft(*, by: Actor, item: str) -> ItemDraft:
    """Begin a draft of an item of the actor's own department: from the version in force, or from the last one of an item withdrawn.

    Is one open already, it is returned. Raises `NotFound`, `NotPermitted`.
    """
    by.require(DRAFT)
    newest = ItemVersion.objects.select_for_update(of=("self",)).select_related("department").filter(code=item).order_by("-version").first()
    if newest is None:
        raise NotFound
    own_office(newest.department_id, by)
    found = queries.open_draft_of(item)
    if found is not None:
        return found
    standing = newest if newest.state == "published" else None
    return begin(
        ItemDraft, "open", by=by, site=by.site, facts={"item": item, "based_on": standing.version if standing else None},
        code=item, department=newest.department, based_on=standing, body=queries.body_of_version(newest), authors=[],
    )  # fmt: skip


@transaction.atomic
def save(*, by: Actor, draft_id: int, edition: int, changes: Sequence[Change]) -> Saved:
    """Make changes that were written looking at `edition`.

    What others changed since at other places stays, and is told; at the same place nothing is written and `FieldTaken` says who,
    when, theirs and yours. Raises `InvalidInput`, `NotFound`, `NotPermitted`, `WrongState`.
    """
    draft = locked_draft(draft_id, by)
    ITEM_DRAFT.check(draft.state, "save", by)
    rules.check_changes(changes)
    known(draft, edition)
    others = queries.since(draft, edition)
    theirs = [(Change.of(change), row) for row in others for change in row.changes]
    met = rules.meetings(changes, [change for change, _ in theirs], draft.body)
    if met:
        row = next(row for change, row in reversed(theirs) if change == met[0].theirs)
        raise _taken(met[0], row, draft.body)
    body = _write(draft, "save", by, changes)
    return Saved(draft.edition, body, [row for row in others if row.by != by.ref])


@transaction.atomic
def restore(*, by: Actor, draft_id: int, edition: int, to: int) -> Saved:
    """Let the draft say again what it said after edition `to`; that is an edition of its own. `StateConflict` when somebody changed it since `edition`."""
    draft = locked_draft(draft_id, by)
    unchanged(draft, edition)
    wanted = queries.body_at(draft, to)
    body = _write(draft, "save", by, [difference.change for difference in differences(draft.body, wanted)])
    return Saved(draft.edition, body)


@transaction.atomic
def undo(*, by: Actor, draft_id: int, edition: int) -> Saved:
    """Take back the last change that still stands; as often as there are changes. Nothing left: nothing is written."""
    draft = locked_draft(draft_id, by)
    unchanged(draft, edition)
    last = queries.undoable(draft)
    if last is None:
        return Saved(draft.edition, draft.body)
    body = _write(draft, "save", by, [Change.of(back) for back in last.backs], undoes=last.n)
    return Saved(draft.edition, body)


@transaction.atomic
def rebase(*, by: Actor, draft_id: int, edition: int, choices: Mapping[str, str]) -> Saved:
    """Bring the draft up to the version now in force; where both changed, as chosen (``mine`` or ``theirs``, by address).

    Raises `InvalidInput` while a choice is missing, `StateConflict` when the draft was changed since `edition`.
    """
    draft = locked_draft(draft_id, by)
    unchanged(draft, edition)
    newer = in_force(draft.code)
    if newer is None:
        raise NotFound
    ways = rules.three_ways(queries.base_of(draft), queries.body_of_version(newer), queries.content_of(draft))
    body = _write(draft, "rebase", by, rules.rebased(ways, draft.body, choices), based_on=newer)
    return Saved(draft.edition, body)


@transaction.atomic
def keep_sample(*, by: Actor, draft_id: int, examined: Examined) -> SampleFile:
    """Keep a file that was read, to be shown as a sample; the same bytes are kept once. The draft names it by a change of its own (`save`)."""
    draft = locked_draft(draft_id, by)
    mark = sm3(examined.data).hex()
    standing = SampleFile.objects.filter(sm3=mark).first()
    if standing is not None:
        return standing
    with move_locked(draft, "save", by=by) as motion:
        motion.record(item=draft.code, sample=mark, size=len(examined.data))
    return inserted(SampleFile(sm3=mark, kind=examined.kind, data=examined.data, picture=examined.pages[0].picture, by=by.ref, at=clock.now()))


@transaction.atomic
def abandon(*, by: Actor, draft_id: int) -> None:
    """The department gives a draft up; its editions stay on record and the item may have another."""
    own_office_of(draft_id, by)
    with moving(ItemDraft, draft_id, "abandon", by=by) as motion:
        motion.record(item=motion.subject.code, edition=motion.subject.edition)


# --- shared --------------------------------------------------------------------------------------------


def _write(draft: ItemDraft, verb: str, by: Actor, changes: Sequence[Change], *, undoes: int | None = None, **columns: Any) -> dict[str, Any]:
    """Make changes to a locked draft as its next edition; the body afterwards. What changes nothing is not written, but for a rebase."""
    body, made, backs = rules.effective_changes(draft.body, changes)
    if not made and not columns:
        ITEM_DRAFT.check(draft.state, verb, by)
        return body
    if len(json.dumps(body, ensure_ascii=False)) > rules.LONGEST_BODY:
        raise InvalidInput(field=rules.CHANGES, reason_zh="整份内容太长", reason_en="the whole would be too long")
    n = draft.edition + 1
    with move_locked(draft, verb, by=by) as motion:
        authors = draft.authors if by.ref in draft.authors else [*draft.authors, by.ref]
        motion.set(body=body, edition=n, authors=authors, **columns)
        motion.record(item=draft.code, edition=n, at=[change.at for change in made][:40])
    inserted(DraftEdition(
        draft=draft, n=n, by=by.ref, at=clock.now(), changes=[change.as_dict() for change in made], backs=[back.as_dict() for back in backs], undoes=undoes,
    ))  # fmt: skip
    return body


def _taken(met: rules.Meeting, row: DraftEdition, body: Body) -> FieldTaken:
    def told(change: Change) -> Words:
        if change.verb != "set":
            return Words("删去", "removed") if change.verb == "remove" else Words("移动位置", "moved")
        words = said(field_at(change.at), change.now, body)
        return Words(words.zh[:LONGEST_TOLD], words.en[:LONGEST_TOLD])

    who = queries.people([row.by])[row.by]
    return FieldTaken(
        field=place(met.mine.at, body), who=who, at=f"{clock.local(row.at):%H:%M}", theirs=told(met.theirs), yours=told(met.mine), address=met.mine.at,
    )  # fmt: skip
