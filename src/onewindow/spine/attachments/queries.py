"""What can be asked about the pages of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onewindow.instruments import reading
from onewindow.kernel.crypto import Erased
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import NotFound
from onewindow.spine.attachments.models import Attachment, Page, PageImage

if TYPE_CHECKING:
    from uuid import UUID

    from onewindow.spine.cases.models import Case


@dataclass(frozen=True)
class Sheet:
    """A page as screens show it: its row, its own name (empty: none), and what its file was called."""

    page: Page
    title: str
    file: str


def sheets_of(case: Case) -> list[Sheet]:
    """The pages of a case in their order, those taken out as well; nothing once its key is destroyed."""
    pages = Page.objects.select_related("attachment").defer("attachment__sealed").filter(attachment__case=case)
    rows = list(pages.order_by("material", "place", "id"))
    if not rows:
        return []
    try:
        envelope = vault().unwrap(bytes(case.form_key))
    except Erased:
        return []
    return [
        Sheet(
            page=page,
            title=envelope.open(f"page-title/{page.attachment.number}#{page.n}", bytes(page.title_sealed)) if page.title_sealed else "",
            file=envelope.open(f"attachment-name/{page.attachment.number}", bytes(page.attachment.name_sealed)),
        )
        for page in rows
    ]


def page_of(case: Case, uuid: UUID) -> Page:
    """A page of this case, attached or taken out."""
    found = Page.objects.select_related("attachment").defer("attachment__sealed").filter(uuid=uuid, attachment__case=case).first()
    if found is None:
        raise NotFound
    return found


def picture_of(case: Case, uuid: UUID) -> bytes:
    """The picture of a page (JPEG), as it was turned. `NotFound` once the case's key is destroyed."""
    page = page_of(case, uuid)
    sealed = PageImage.objects.values_list("sealed", flat=True).get(page=page)
    try:
        picture = vault().unwrap(bytes(case.form_key)).open_bytes(f"page/{page.attachment.number}#{page.n}", bytes(sealed))
    except Erased:
        raise NotFound from None
    return reading.turned(picture, page.turned)


def file_of(attachment: Attachment) -> bytes:
    """The file exactly as it was handed in. Raises `Erased` once the case's key is destroyed."""
    return vault().unwrap(bytes(attachment.case.form_key)).open_bytes(f"attachment/{attachment.number}", bytes(attachment.sealed))


def attachment_of(case: Case, uuid: UUID) -> Attachment:
    """The file from which a page of this case came, without its bytes."""
    return page_of(case, uuid).attachment
