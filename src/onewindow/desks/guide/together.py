"""一件事 for whoever plans it: what belongs together, what it saves, and in one's own situation what to bring."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onewindow.desks.doors import public
from onewindow.desks.inputs import prefixed
from onewindow.desks.together import shown
from onewindow.foundation.catalogue.bundles.queries import offer, offers
from onewindow.foundation.catalogue.definition import AnswersWrong
from onewindow.foundation.catalogue.definition.bundles import merge
from onewindow.foundation.places.queries import home_site


@public
def bundles(request: HttpRequest) -> HttpResponse:
    """Every bundle, with what it saves in the usual case."""
    return render(request, "guide/together.html", {"rows": [shown(one, one.usual) for one in offers()]})


@public
def bundle(request: HttpRequest, bundle: str) -> HttpResponse:
    """One bundle: what it is, who takes part, what it saves in the usual case."""
    offered = offer(bundle)
    return render(request, "guide/bundle.html", shown(offered, offered.usual) | {"every": [offered.members[code] for code in offered.bundle.items]})


@public
def mine(request: HttpRequest, bundle: str) -> HttpResponse:
    """One situation: the merged questions one by one, then what this person needs. Kept in the address."""
    offered = offer(bundle)
    answers = {code: tuple(value for value in request.GET.getlist(f"answers.{code}") if value) for code in prefixed(request.GET, "answers")}
    try:
        merged = merge(offered.bundle, offered.definitions, answers)
    except AnswersWrong:  # an address kept from an older version, or altered: ask anew
        return redirect("together-mine", bundle)
    context = shown(offered, merged) | {"answers": answers, "site": home_site()}
    if merged.next is not None:
        asker = offered.members[merged.next.item] if merged.next.item else None
        return render(request, "guide/bundle_question.html", context | {"asked": merged.next, "question": merged.next.question, "asker": asker})
    return render(request, "guide/bundle_mine.html", context)
