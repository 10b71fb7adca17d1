"""What can be asked about drafts, their editions, and the versions of an item."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from onewindow.foundation.catalogue.definition import DefinitionWrong, Statute, read, read_statutes, statutes_folder
from onewindow.foundation.catalogue.definition.addressing import Body, Change, all_applied
from onewindow.foundation.catalogue.definition.fields import completed
from onewindow.foundation.catalogue.definition.lint import Remark, lint, misshapen
from onewindow.foundation.catalogue.drafts.models import DraftEdition, ItemDraft, SampleFile
from onewindow.foundation.catalogue.drafts.states import OPEN
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.staff.queries import staff_by_id
from onewindow.kernel.errors import NotFound
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.words import Words

SYSTEM = Words("系统", "the system")


def open_draft_of(item: str) -> ItemDraft | None:
    """The one open draft of an item."""
    return ItemDraft.objects.select_related("department", "based_on").filter(code=item, state__in=sorted(OPEN)).first()


def open_drafts() -> QuerySet[ItemDraft]:
    """Every open draft, by item."""
    return ItemDraft.objects.select_related("department").filter(state__in=sorted(OPEN)).order_by("code")


def versions_of(item: str) -> QuerySet[ItemVersion]:
    """Every version there was of an item, the newest first; without the bodies."""
    return ItemVersion.objects.filter(code=item).select_related("department").defer("body").order_by("-version")


def version_numbered(item: str, number: int) -> ItemVersion:
    """One version of an item. Raises `NotFound`."""
    found = ItemVersion.objects.filter(code=item, version=number).defer("body").first()
    if found is None:
        raise NotFound
    return found


def body_of_version(version: ItemVersion) -> dict[str, Any]:
    """What a version says, as a draft's body begins: everything that is there, nothing that is empty."""
    return version.definition.model_dump(mode="json", by_alias=True, exclude_none=True)


def base_of(draft: ItemDraft) -> dict[str, Any]:
    """What a draft began from; nothing for an item that has no version yet."""
    return body_of_version(draft.based_on) if draft.based_on is not None else {}


def content_of(draft: ItemDraft) -> dict[str, Any]:
    """What a draft says, to be compared with a version: with the defaults it leaves out."""
    return completed(draft.body)


def editions_of(draft: ItemDraft) -> QuerySet[DraftEdition]:
    """Every change of a draft, the newest first."""
    return DraftEdition.objects.filter(draft=draft).order_by("-n")


def since(draft: ItemDraft, edition: int) -> list[DraftEdition]:
    """The changes after an edition, oldest first."""
    return list(DraftEdition.objects.filter(draft=draft, n__gt=edition).order_by("n"))


def body_at(draft: ItemDraft, edition: int) -> dict[str, Any]:
    """The body as it was after an edition (0: as it began). Raises `NotFound` for one that never was."""
    if not 0 <= edition <= draft.edition:
        raise NotFound
    body: dict[str, Any] = draft.body
    for later in reversed(since(draft, edition)):
        body, _ = all_applied(body, [Change.of(back) for back in later.backs])
    return body


def undoable(draft: ItemDraft) -> DraftEdition | None:
    """The last change that was not taken back, and is no taking back itself."""
    taken_back = set(DraftEdition.objects.filter(draft=draft, undoes__isnull=False).values_list("undoes", flat=True))
    rows = DraftEdition.objects.filter(draft=draft, undoes__isnull=True).order_by("-n")
    return next((row for row in rows.iterator() if row.n not in taken_back), None)


def history_of(draft: ItemDraft) -> list[Entry]:
    """What was done with a draft, oldest first; the single saves are left out."""
    rows = Entry.objects.filter(subject_kind="item-draft", subject_id=draft.pk).exclude(verb="save")
    return list(rows.order_by("n"))


def people(refs: Iterable[str]) -> dict[str, Words]:
    """Who acted, by how the ledger names them."""
    wanted = set(refs)
    found = staff_by_id(int(ref.partition(":")[2]) for ref in wanted if ref.startswith("staff:"))
    return {ref: found[int(ref.partition(":")[2])].words if ref.startswith("staff:") and int(ref.partition(":")[2]) in found else SYSTEM for ref in wanted}


@lru_cache(maxsize=1)
def statutes() -> dict[str, Statute]:
    """The texts that definitions quote, read once a process."""
    return read_statutes(statutes_folder())


def remarks_on(body: Body) -> list[Remark]:
    """Everything lint says of a body, the gravest first; of one that cannot be read yet, why not."""
    try:
        return lint(read(body), statutes())
    except DefinitionWrong as wrong:
        return misshapen(str(body.get("code", "")), wrong)


def faults_of(body: Body) -> list[Remark]:
    """What keeps a body from being published: the errors among the remarks."""
    return [remark for remark in remarks_on(body) if remark.rule.severity == "error"]


def sample(sm3: str) -> SampleFile:
    """A sample file by its fingerprint. Raises `NotFound`."""
    found = SampleFile.objects.filter(sm3=sm3).first()
    if found is None:
        raise NotFound
    return found


def is_shown(sm3: str) -> bool:
    """Whether a published item shows this sample file."""
    return ItemVersion.objects.filter(state="published", body__materials__contains=[{"files": [{"sm3": sm3}]}]).exists()
