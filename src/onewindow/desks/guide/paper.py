"""The guide on paper: the whole item or one situation, to keep as a file, or from the desk's printer for somebody who stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks import papers
from onewindow.desks.doors import StaffRequest, post_only, public, staff
from onewindow.desks.inputs import nonce, prefixed
from onewindow.foundation.catalogue.definition import AnswersWrong, next_question, resolve
from onewindow.foundation.catalogue.definition.guides import Edition, Where, mine, whole
from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.places.queries import every_hall, home_site, sites, week_of
from onewindow.foundation.places.rules import told
from onewindow.foundation.staff.queries import actor_of
from onewindow.instruments.papers.guides import Size, guide
from onewindow.instruments.printing import A4, A5, PrintJob
from onewindow.instruments.printing.installed import page_printer
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound
from onewindow.kernel.words import Words
from onewindow.stages.queueing.policies import TAKE

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.models import ItemVersion

Answers = dict[str, list[str]]


@public
def whole_pdf(request: HttpRequest, name: str) -> HttpResponse:
    """The whole item; ``?size=a5`` the small sheet, ``?elder=1`` large print with fewer words."""
    item = published(name)
    return papers.as_file(_drawn(request, item, None, request.GET), f"{titled(item)}.pdf")


@public
def mine_pdf(request: HttpRequest, name: str) -> HttpResponse:
    """One situation, its answers in the address; back to the questions while one is open."""
    item = published(name)
    answers = answers_in(request.GET)
    if not complete(item, answers):
        return redirect(live(name, answers))
    return papers.as_file(_drawn(request, item, answers, request.GET), f"{titled(item)}-{'my-situation' if in_english() else '我的办事单'}.pdf")


@post_only
@staff(TAKE)
def print_whole(request: StaffRequest, name: str) -> HttpResponse:
    """The whole item, from the desk's printer. Raises `PrinterAway`."""
    return _printed(request, published(name), None)


@post_only
@staff(TAKE)
def print_mine(request: StaffRequest, name: str) -> HttpResponse:
    """One situation, from the desk's printer. Raises `PrinterAway`."""
    item, answers = published(name), answers_in(request.POST)
    if not complete(item, answers):
        raise NotFound
    return _printed(request, item, answers)


def answers_in(sent: QueryDict) -> Answers:
    """The situation's answers as an address or a form carries them; an empty one says that the question was asked."""
    return {code: [value for value in sent.getlist(f"answers.{code}") if value] for code in prefixed(sent, "answers")}


def live(name: str, answers: Answers | None) -> str:
    """The path of the live guide: the item's page, or the situation with the same answers."""
    if answers is None:
        return reverse("item", args=[name])
    query = carried(answers)
    return reverse("item-mine", args=[name]) + (f"?{query}" if query else "")


def carried(answers: Answers) -> str:
    """The answers as they stand in an address."""
    return urlencode([(f"answers.{code}", value) for code, chosen in answers.items() for value in chosen or [""]])


def may_print(request: HttpRequest) -> bool:
    """Whether the reader is somebody at a desk with a printer."""
    return request.user.is_authenticated and actor_of(request.user).may(TAKE) and page_printer().name != "none"


def complete(item: ItemVersion, answers: Answers) -> bool:
    try:
        return next_question(item.definition, answers) is None and bool(resolve(item.definition, answers))
    except AnswersWrong:
        return False


def _printed(request: StaffRequest, item: ItemVersion, answers: Answers | None) -> HttpResponse:
    media = A5 if size_of(request.POST) == "a5" else A4
    papers.sent(page_printer(), PrintJob(str(nonce(request)), f"办事指南 {item.name_zh}", _drawn(request, item, answers, request.POST), media=media))
    messages.success(request, _("已送到打印机：%(title)s。") % {"title": titled(item)})
    response = HttpResponseRedirect(live(item.code, answers))
    response.status_code = 303
    return response


def _drawn(request: HttpRequest, item: ItemVersion, answers: Answers | None, wanted: QueryDict) -> bytes:
    """The paper, in the reader's language; the code on it leads to the live page with the same answers."""
    definition, where = item.definition, where_of(item)
    edition = edition_of(item)
    content: dict[str, Any] = (
        whole(definition, where=where, edition=edition)
        if answers is None
        else mine(definition, resolve(definition, answers), where=where, edition=edition)
    )
    address = papers.public_address(request, live(item.code, answers))
    return guide(content, address=address, size=size_of(wanted), english=in_english(), elder=wanted.get("elder") == "1")


def edition_of(item: ItemVersion) -> Edition:
    return Edition(Words(f"第 {item.version} 版", f"Edition {item.version}"), clock.today(), settings.DEMONSTRATION)


def where_of(item: ItemVersion) -> Where:
    """Where the item is handled, as the places are set up now."""
    site = home_site()
    if site is None:
        raise NotFound
    halls = {hall.code: hall for hall in every_hall(site.code)}
    hall = halls.get(item.hall)
    if hall is None:
        raise NotFound
    service = item.definition.service
    return Where(
        centre=site.words, hall=hall.words, address=site.address, hours=told(week_of(site.code, hall.code)),
        self_service=next((each.words for each in halls.values() if each.workstations), None),
        communities=sites("community").count() if service.street != "none" else 0,
    )  # fmt: skip


def size_of(wanted: QueryDict) -> Size:
    return "a5" if wanted.get("size") == "a5" else "a4"


def titled(item: ItemVersion) -> str:
    return item.name_en if in_english() else item.name_zh


def in_english() -> bool:
    return (get_language() or "").startswith("en")
