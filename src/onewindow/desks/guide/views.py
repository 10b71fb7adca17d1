"""What can be done, where to go for it, and what to bring: for whoever stands at reception, or sits at home."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from onewindow.desks.doors import post_only, public
from onewindow.desks.guide.finding import Shown, look_for, shown
from onewindow.desks.guide.paper import Answers, answers_in, carried, may_print
from onewindow.desks.paging import page_of, page_of_list
from onewindow.foundation.catalogue.bundles.queries import bundles_meant
from onewindow.foundation.catalogue.definition import AnswersWrong, next_question, resolve
from onewindow.foundation.catalogue.events import LIFE_EVENTS
from onewindow.foundation.catalogue.queries import in_force, published
from onewindow.foundation.catalogue.register.queries import SERVING, TYPES, WAYS, entries, entry_called
from onewindow.foundation.catalogue.search.actions import note_missed
from onewindow.foundation.places.queries import every_hall, halls, home_site, sites
from onewindow.foundation.staff.queries import departments
from onewindow.kernel.errors import InvalidInput, NotFound
from onewindow.kernel.keys import uuid7


@public
def items(request: HttpRequest) -> HttpResponse:
    """Every item of the register: by what people say, by whom it serves, whose it is, where and how it is handled, for which event of life."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "serves", "department", "type", "hall", "event")}
    ways, site = [way for way in request.GET.getlist("way") if way in WAYS], home_site()
    narrowed = any(value for name, value in asked.items() if name != "q") or bool(ways)
    fitting = entries(
        serves=asked["serves"], department=asked["department"], item_type=asked["type"], hall=asked["hall"], event=asked["event"], ways=ways
    )
    context: dict[str, Any] = {
        "asked": asked, "ways": ways, "site": site, "serving": SERVING, "departments": departments(), "types": TYPES, "events": LIFE_EVENTS,
        "halls": halls(site.code) if site else [], "narrowed": narrowed or bool(asked["q"]),
        "filtered": narrowed, "rows_only": (rows_only := request.headers.get("HX-Target") == "found"),
        "kept": urlencode([*((name, value) for name, value in asked.items() if value), *(("way", way) for way in ways)]),
    }  # fmt: skip
    try:
        looked = look_for(asked["q"], fitting if narrowed else None) if asked["q"] else None
    except InvalidInput as refusal:
        context |= {"wrong": refusal.message(get_language() or "zh-hans"), "page": page_of_list(request, [])}
        return render(request, "guide/rows.html" if rows_only else "guide/items.html", context, status=200 if rows_only else 422)
    if looked is None:
        page = page_of(request, fitting)
        context |= {"page": page, "rows": [Shown(entry) for entry in page]}
    else:
        found = page_of_list(request, looked.hits)
        context |= {"page": found, "rows": shown(found), "near": shown(looked.near), "elsewhere": looked.elsewhere, "query": looked.query}
        context["bundles"] = bundles_meant(looked.query, [hit.row.code for hit in looked.hits]) if found.number == 1 else []
    return render(request, "guide/rows.html" if rows_only else "guide/items.html", context)


@post_only
@public
def missed(request: HttpRequest) -> HttpResponse:
    """Count what was looked for in vain: sent by the page itself when the reader stays with an empty answer."""
    try:
        looked = look_for(request.POST.get("q", ""), None)
    except InvalidInput:
        return HttpResponse(status=204)
    if looked.query and not looked.hits:
        note_missed(looked.query)
    return HttpResponse(status=204)


@public
def item(request: HttpRequest, name: str) -> HttpResponse:
    """Where to go for one item; for one with a definition, its guide."""
    entry = entry_called(name)
    if entry.item and name != entry.item:
        return redirect("item", entry.item)
    site = home_site()
    if site is None:
        raise NotFound
    version = in_force(entry.item) if entry.item else None
    definition = version.definition if version is not None else None
    context = {
        "entry": entry, "site": site, "definition": definition,
        "hall": _hall(site.code, definition.service.hall if definition else "B" if entry.serves == "person" else "A"),
        "self_service": next((hall for hall in every_hall(site.code) if hall.workstations), None),
        "communities": sites("community") if entry.city_wide else [],
        "demo": settings.DEMONSTRATION, "withdrawn": bool(entry.item) and version is None,
    }  # fmt: skip
    return render(request, "guide/item.html", context | (_paper(request, entry.item, None) if definition else {}))


@public
def mine(request: HttpRequest, name: str) -> HttpResponse:
    """One situation: its questions one by one, then only what this person needs, or that nothing is needed. Kept in the address."""
    version = published(name)
    definition = version.definition
    answers = answers_in(request.GET)
    context = {"item": version, "definition": definition, "answers": answers, "site": home_site()}
    try:
        question = next_question(definition, answers)
        if question is not None:
            return render(request, "guide/question.html", context | {"question": question})
        resolved = resolve(definition, answers)
    except AnswersWrong:  # an address kept from an older version, or altered: ask anew
        return redirect("item-mine", name)
    return render(request, "guide/mine.html", context | {"resolved": resolved, "asked_again": request.path} | _paper(request, name, answers))


def _paper(request: HttpRequest, name: str, answers: Answers | None) -> dict[str, object]:
    """What the page needs to hand the guide out on paper: the files' addresses, and where a desk prints it."""
    kind = "item" if answers is None else "item-mine"
    kept = carried(answers) if answers else ""
    pdf, form = (reverse(f"{kind}-{what}", args=[name]) + "?" + (f"{kept}&" if kept else "") for what in ("pdf", "form-pdf"))
    shown: dict[str, object] = {"pdf": pdf, "form_pdf": form, "prints": may_print(request)}
    return shown | {"print_at": reverse(f"{kind}-print", args=[name]), "once": uuid7()} if shown["prints"] else shown


def _hall(site: str, code: str) -> object:
    return next((hall for hall in every_hall(site) if hall.code == code), None)
