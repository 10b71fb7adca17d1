"""The blank application form: the whole item's or one situation's, as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from onewindow.desks import papers
from onewindow.desks.doors import public
from onewindow.desks.guide.paper import Answers, answers_in, complete, edition_of, in_english, live, size_of, titled, where_of
from onewindow.foundation.catalogue.definition import resolve
from onewindow.foundation.catalogue.definition.blanks import form_of, form_of_mine
from onewindow.foundation.catalogue.queries import published
from onewindow.instruments.papers.forms import blank_form
from onewindow.kernel.errors import NotFound

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.models import ItemVersion


@public
def form_pdf(request: HttpRequest, name: str) -> HttpResponse:
    """The item's blank application form; the same shapes as the guide has."""
    item = published(name)
    return papers.as_file(_blank(request, item, None), f"{titled(item)}-{'form' if in_english() else '空白申请表'}.pdf")


@public
def mine_form_pdf(request: HttpRequest, name: str) -> HttpResponse:
    """The blank form of one situation, its answers in the address; back to the questions while one is open."""
    item = published(name)
    answers = answers_in(request.GET)
    if not complete(item, answers):
        return redirect(live(name, answers))
    return papers.as_file(_blank(request, item, answers), f"{titled(item)}-{'form' if in_english() else '空白申请表'}.pdf")


def _blank(request: HttpRequest, item: ItemVersion, answers: Answers | None) -> bytes:
    """The form to fill in by hand, in the reader's language. Raises `NotFound` where there is nothing to fill in."""
    definition, where = item.definition, where_of(item)
    edition = edition_of(item)
    content = (
        form_of(definition, where=where, edition=edition)
        if answers is None
        else form_of_mine(definition, resolve(definition, answers), where=where, edition=edition)
    )
    if not content["sections"]:
        raise NotFound
    address = papers.public_address(request, live(item.code, answers))
    return blank_form(content, address=address, size=size_of(request.GET), english=in_english(), elder=request.GET.get("elder") == "1")
