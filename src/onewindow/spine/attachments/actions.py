"""The only writers of attachments: attach, sort, turn, bring forward, take out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from onewindow.kernel import clock
from onewindow.kernel.crypto import sm3
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import InvalidInput, NotFound, StateConflict, WrongState
from onewindow.kernel.ledger.attesting import mark
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.ledger.rows import inserted, locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.attachments.models import Attachment, Page, PageImage
from onewindow.spine.attachments.states import PAGE, TAKES_PAGES
from onewindow.spine.cases.actions import note_materials
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.policies import RECEIVE

if TYPE_CHECKING:
    from onewindow.instruments.reading import Examined

MOST_PAGES = 400  # a case: two thick files, and a bound on what one may store
LONGEST_TITLE = 60
LONGEST_NAME = 200


@transaction.atomic
def attach(*, by: Actor, case_id: int, examined: Examined, material: str, once: UUID, place: int = 0) -> Attachment:
    """Put a file that was read on its case, each page sorted to `material`, or to none yet when that is empty.

    The same `once` and `place` again returns what they attached. Raises `WrongState` for a case whose materials are settled,
    `InvalidInput` for a material the case does not ask for or too many pages.
    """
    by.require(RECEIVE)
    case = _unsettled(case_id, "attach")
    standing = Attachment.objects.defer("sealed").filter(once=once, place=place).first()
    if standing is not None:
        if standing.case_id != case.pk:
            raise StateConflict
        return standing
    _asked_for(case, material)
    if Page.objects.filter(attachment__case=case).count() + len(examined.pages) > MOST_PAGES:
        raise InvalidInput(
            field=Words("材料页", "pages"), reason_zh=f"一件最多附 {MOST_PAGES} 页", reason_en=f"a case takes at most {MOST_PAGES} pages"
        )
    number = f"{case.number}-FJ{Attachment.objects.filter(case=case).count() + 1:03d}"
    content = {"kind": examined.kind, "size": len(examined.data), "pages": len(examined.pages), "sm3": sm3(examined.data).hex()}
    envelope = vault().unwrap(bytes(case.form_key))
    attachment = inserted(Attachment(
        case=case, number=number, kind=examined.kind, content=content, digest=mark(content),
        name_sealed=envelope.seal(f"attachment-name/{number}", examined.name[:LONGEST_NAME]),
        sealed=envelope.seal_bytes(f"attachment/{number}", examined.data),
        taken_at=clock.now(), by=by.ref, once=once, place=place,
    ))  # fmt: skip
    first = _next_place(case, material)
    for n, seen in enumerate(examined.pages, start=1):
        page = begin(
            Page, "attach", by=by, site=case.site,
            facts={"case": case.pk, "document": number, "digest": attachment.digest, "n": n, "material": material},
            attachment=attachment, n=n, material=material, place=first + n, width=seen.width, height=seen.height,
        )  # fmt: skip
        inserted(PageImage(page=page, sealed=envelope.seal_bytes(f"page/{number}#{n}", seen.picture)))
    _handed_in(by, case, material)
    return attachment


@transaction.atomic
def sort_page(*, by: Actor, page_id: int, material: str, title: str) -> None:
    """Say to which material a page belongs (last in it when that is another), and what it is called (empty: nothing of its own)."""
    page, case = _page(page_id, "sort")
    _asked_for(case, material)
    title = title.strip()
    if len(title) > LONGEST_TITLE:
        raise InvalidInput(
            field=Words("页名", "name of the page"), reason_zh=f"最多 {LONGEST_TITLE} 个字", reason_en=f"it has at most {LONGEST_TITLE} characters"
        )
    context = f"page-title/{page.attachment.number}#{page.n}"
    sealed = vault().unwrap(bytes(case.form_key)).seal(context, title) if title else b""
    place = page.place if material == page.material else _next_place(case, material) + 1
    with moving(Page, page.pk, "sort", by=by) as motion:
        motion.set(material=material, place=place, title_sealed=sealed)
        motion.record(case=case.pk, material=material, place=place, named=bool(title))
    _handed_in(by, case, material)


@transaction.atomic
def turn_page(*, by: Actor, page_id: int) -> None:
    """Turn a page by a quarter, clockwise."""
    page, case = _page(page_id, "sort")
    with moving(Page, page.pk, "sort", by=by) as motion:
        motion.set(turned=(motion.subject.turned + 90) % 360)
        motion.record(case=case.pk, turned=motion.subject.turned)


@transaction.atomic
def bring_forward(*, by: Actor, page_id: int) -> None:
    """Let a page and the one before it, of the same material, change places; the first stays."""
    page, case = _page(page_id, "sort")
    before = (
        Page.objects.filter(attachment__case=case, material=page.material, state="attached", place__lt=page.place).order_by("-place").first()
    )
    if before is None:
        return
    for moved, place in ((page.pk, before.place), (before.pk, page.place)):
        with moving(Page, moved, "sort", by=by) as motion:
            motion.set(place=place)
            motion.record(case=case.pk, material=page.material, place=place)


@transaction.atomic
def remove_page(*, by: Actor, page_id: int) -> None:
    """Take a wrong page out again. It stays where it is kept, marked as taken out; nothing is deleted."""
    page, case = _page(page_id, "remove")
    with moving(Page, page.pk, "remove", by=by) as motion:
        motion.record(case=case.pk, material=page.material)


def _handed_in(by: Actor, case: Case, material: str) -> None:
    """A material that was 未提交 is 已提交 once a page of it lies in the file. What waits for corrections is counted when they are taken in."""
    if material and case.state == "received" and case.materials.filter(code=material, standing="missing").exists():
        with moving(Case, case.pk, "check", by=by) as motion:
            note_materials(motion, {material: ("given", "")})


def _page(page_id: int, verb: str) -> tuple[Page, Case]:
    """The page and its case, which is locked and whose materials may still change."""
    page = Page.objects.select_related("attachment").defer("attachment__sealed").filter(pk=page_id).first()
    if page is None:
        raise NotFound
    case = _unsettled(page.attachment.case_id, verb)
    page.refresh_from_db(fields=["material", "place", "turned", "state"])
    return page, case


def _unsettled(case_id: int, verb: str) -> Case:
    case = locked(Case, case_id)
    if case is None:
        raise NotFound
    if case.state not in TAKES_PAGES:
        raise WrongState(state=case.state_words, verb=PAGE.moves[verb].words)
    return case


def _asked_for(case: Case, material: str) -> None:
    if material and not case.materials.filter(code=material).exists():
        raise InvalidInput(field=Words("材料", "material"), reason_zh="不是本件需要的材料", reason_en="the case does not ask for this material")


def _next_place(case: Case, material: str) -> int:
    """The last place taken in a material; 0 when it has no page."""
    return Page.objects.filter(attachment__case=case, material=material).aggregate(last=Max("place"))["last"] or 0
