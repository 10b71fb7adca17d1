"""A paper as every desk hands it out: on the screen, as a PDF, from the printer, and given out again.

What is printed is no legal fact and stands in no ledger; a paper given out again (补发) is, and does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, View, post_only, staff
from onewindow.desks.inputs import nonce
from onewindow.desks.onwards import see_other
from onewindow.instruments import papers
from onewindow.instruments.printing import A4, ROLL, Printer, PrinterDown, PrintJob
from onewindow.instruments.printing.installed import page_printer, roll_printer
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound, PrinterAway
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words
from onewindow.spine.cases.queries import reissues_of
from onewindow.spine.visits.queries import query_code

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Document, Reissue
    from onewindow.spine.together.models import TogetherReceipt

    # The one receipt of what was filed together is handed out as a case's own documents are.
    Issued = Document | TogetherReceipt

# Only the receipt, which tells the query code in words, carries it as a code to scan; a licence hangs on a wall, and leads nowhere.
_TELLS_THE_CODE = frozenset({"receipt", "receipt-together"})
_LEADS_NOWHERE = frozenset({"licence", "pickup-slip"})
_WHY = {
    "no-printer": Words("这里没有连接打印机", "no printer is connected here"),
    "unreachable": Words("连不上打印机", "the printer cannot be reached"),
    "timeout": Words("打印机没有及时应答", "the printer did not answer in time"),
    "tray-unwritable": Words("打印机出纸口已满", "the printer's tray is full"),
}


def views(
    desk: str, permission: Permission, *, issued: Callable[[StaffRequest, UUID, str], Document | None], back: Callable[[UUID], str], also: Sequence[str] = ()
) -> tuple[View, View, View]:
    """A desk's three doors to a paper of a case: shown, kept as a file, printed there.

    `issued` finds the paper, None where there is none or it is not this desk's; `back` is where the paper's page
    leads back to. The addresses are named `desk-paper`, `desk-paper-pdf`, `desk-paper-print`, and `also` more.
    """

    def found(request: StaffRequest, uuid: UUID, kind: str) -> Document:
        paper = issued(request, uuid, kind)
        if paper is None:
            raise NotFound
        return paper

    @staff(permission)
    def paper(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
        at = {name: reverse(f"{desk}-paper-{name}", args=[uuid, kind]) for name in ("pdf", "print", *also)}
        return shown(request, found(request, uuid, kind), back=back(uuid), **at)

    @staff(permission)
    def paper_pdf(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
        return pdf(request, found(request, uuid, kind))

    @post_only
    @staff(permission)
    def paper_print(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
        return printed(request, found(request, uuid, kind), reverse(f"{desk}-paper", args=[uuid, kind]))

    return paper, paper_pdf, paper_print


def shown(request: HttpRequest, issued: Issued, **addresses: str) -> HttpResponse:
    """The paper's page. `addresses` are the desk's own: `back`, `pdf`, and where it has them `print` and `reissue`."""
    context: dict[str, Any] = {"document": issued, "addresses": addresses, "once": uuid7(), "slip": issued.kind in _TELLS_THE_CODE}
    if "print" in addresses:
        context |= {"reissues": _reissues(issued), "reasons": issued.reasons_to_reissue}
    return render(request, "look/paper.html", context)


def pdf(request: HttpRequest, issued: Issued) -> HttpResponse:
    """The paper to keep; ``?copy=2`` the second one given out again."""
    made = _drawn(request, issued, request.GET.get("copy", ""))
    return as_file(made, f"{issued.words.zh}-{issued.number}.pdf")


def as_file(made: bytes, name: str) -> HttpResponse:
    """A PDF to download under this name."""
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Robots-Tag"] = "noindex"
    return response


def printed(request: HttpRequest, issued: Issued, back: str) -> HttpResponse:
    """Print the paper here, in full or (``shape=slip``) in short on the roll. Raises `PrinterAway`; then it stays to be printed."""
    copy, short = request.POST.get("copy", ""), request.POST.get("shape") == "slip"
    made = _drawn(request, issued, copy, short=short)
    job = PrintJob(str(nonce(request)), f"{issued.words.zh} {issued.number}", made, media=ROLL if short else A4)
    sent(roll_printer() if short else page_printer(), job)
    messages.success(request, _("已送到打印机：%(title)s。") % {"title": issued.words.en if _english() else issued.words.zh})
    return see_other(back)


def sent(printer: Printer, job: PrintJob) -> None:
    """Hand a job to the printer. Raises `PrinterAway`, which says why, when it was not taken."""
    try:
        printer.print(job)
    except PrinterDown as down:
        raise PrinterAway(why=why(down)) from None


def why(down: PrinterDown) -> Words:
    """What is known of a printer that is away."""
    code = str(down)
    return _WHY.get(code, Words(f"打印机没有接收（{code}）", f"the printer did not take it ({code})"))


def public_address(request: HttpRequest, path: str) -> str:
    """Where somebody with a telephone finds this page."""
    return settings.PUBLIC_ADDRESS + path if settings.PUBLIC_ADDRESS else request.build_absolute_uri(path)


def _drawn(request: HttpRequest, issued: Issued, copy: str, *, short: bool = False) -> bytes:
    address, reissued, void = _leads_to(request, issued), _copy(issued, copy), issued.voided
    voided = papers.Voided(clock.local(void.issued_at).date(), void.number) if void else None
    if short:
        return papers.slip(issued.content, number=issued.number, address=address, reissued=reissued, voided=voided)
    return papers.render(issued.content, number=issued.number, address=address, reissued=reissued, voided=voided, english=_english())


def _leads_to(request: HttpRequest, issued: Issued) -> str:
    """Where the code on the paper leads; nowhere for what is shown to everybody."""
    if issued.kind in _LEADS_NOWHERE:
        return ""
    tells = issued.kind in _TELLS_THE_CODE
    return public_address(request, reverse("progress", args=[query_code(issued.visit)]) if tells else reverse("ask"))


def _copy(issued: Issued, copy: str) -> papers.Reissue | None:
    if not copy:
        return None
    for given in _reissues(issued):
        if str(given.n) == copy:
            return papers.Reissue(given.n, clock.local(given.began_at).date())
    raise NotFound


def _reissues(issued: Issued) -> list[Reissue]:
    """How often it was given out again: the one receipt never is, since each case's own can be."""
    return [] if issued.kind == "receipt-together" else reissues_of(cast("Document", issued))


def _english() -> bool:
    return (get_language() or "").startswith("en")
