"""A new item: chosen from what the register lists and nobody has written, or named afresh."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, staff
from onewindow.desks.onwards import see_other
from onewindow.desks.paging import page_of
from onewindow.foundation.catalogue.drafts.beginning import actions, queries, rules
from onewindow.foundation.catalogue.drafts.policies import DRAFT
from onewindow.foundation.catalogue.register.queries import entry as listed
from onewindow.foundation.staff.queries import department
from onewindow.kernel.errors import InvalidInput, NotFound

AFRESH = "-"  # in the address: an item the register does not list


@staff(DRAFT)
def new(request: StaffRequest) -> HttpResponse:
    """The department's items without a guide; one chosen, its code; sent, the first draft."""
    chosen, office = request.POST.get("entry", request.GET.get("entry", "")), department(request.actor.department)
    if not chosen:
        text = request.GET.get("q", "").strip()
        rows = page_of(request, queries.unwritten(office.code, text))
        return render(request, "editor/new.html", {"rows": rows, "page": rows, "q": text, "kept": urlencode({"q": text}) if text else "", "office": office})
    entry = None if chosen == AFRESH else listed(chosen)
    if entry is not None and entry.department_id != office.pk:
        raise NotFound
    typed = {name: request.POST.get(name, "").strip() for name in ("name", "code")}
    wrong = ""
    if request.method == "POST":
        try:
            draft = actions.begin_item(by=request.actor, entry=entry.code if entry else "", **typed)
        except InvalidInput as refusal:
            wrong = refusal.message(get_language() or "zh-hans")
        else:
            messages.success(request, _("草稿已建好。每一栏填好就自动保存，还差什么会写在旁边。"))
            return see_other(reverse("editor-item", args=[draft.code]))
    elif entry is not None:
        typed["code"] = rules.suggested(entry.name_zh, queries.is_taken)
    context = {"entry": entry, "chosen": chosen, "office": office, "typed": typed, "wrong": wrong, "longest": rules.LONGEST_NAME}
    return render(request, "editor/new_item.html", context, status=422 if wrong else 200)
