"""事项清单: the catalogue from a file and into one. Upload, read the report, confirm; the worker does the rest."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff, takes_files
from onewindow.desks.office.forms import Refused, as_sent
from onewindow.desks.onwards import see_other
from onewindow.errands.importing import bring_file, confirm_import
from onewindow.foundation.catalogue.exchange import queries
from onewindow.foundation.catalogue.exchange.bringing import KINDS
from onewindow.foundation.catalogue.exchange.exporting import FORMS, exported
from onewindow.foundation.catalogue.exchange.handing import FILE, discard
from onewindow.foundation.catalogue.exchange.outcomes import OUTCOMES
from onewindow.foundation.catalogue.policies import IMPORT
from onewindow.kernel.errors import InvalidInput, NotFound, Refusal
from onewindow.kernel.words import Words

_TABLE = Words("部门对照表", "table of departments")
_FIELDS = {"file": FILE, "departments": _TABLE}
_PAGE, _RECENT = 50, 20
_TONES = {"created": "go", "changed": "soon", "unchanged": "calm", "refused": "stop"}
_PHASES = {"read": Words("正在读取文件", "Reading the file"), "check": Words("正在逐项检查", "Checking item by item"), "write": Words("正在写入", "Writing")}


@staff(IMPORT)
def catalogue(request: StaffRequest) -> HttpResponse:
    """What can be taken out, what was brought, and the form to bring a file."""
    return _catalogue(request)


def _catalogue(request: StaffRequest, refused: Refused | None = None) -> HttpResponse:
    context = {
        "tab": "catalogue", "imports": queries.imports(request.actor.site)[:_RECENT], "forms": [(name, *said) for name, said in FORMS.items()], "refused": refused,
    }
    return render(request, "office/catalogue.html", context, status=refused["status"] if refused else 200)


@post_only
@staff(IMPORT)
@takes_files
def bring(request: StaffRequest) -> HttpResponse:
    """Keep the file; the worker tries it. Nothing of the catalogue is changed."""
    handed = request.FILES.get("file")
    try:
        table = _departments(request.POST.get("departments", ""))
        serves = request.POST.get("serves", "")
        made = bring_file(
            by=request.actor, name=handed.name or "" if handed else "", data=handed.read() if handed else b"", departments=table,
            serves=serves if serves in ("person", "company") else "",
        )  # fmt: skip
    except Refusal as refusal:
        return _catalogue(request, as_sent(request, "bring", refusal, _FIELDS))
    return see_other(reverse("office-import", args=[made.uuid]))


@staff(IMPORT)
def report(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """How far it is; then the report, row by row."""
    one = queries.import_called(request.actor.site, uuid)
    said, show = one.report or {}, request.GET.get("show", "")
    rows = said.get("rows", [])
    if show in OUTCOMES:
        rows = [row for row in rows if row["outcome"] == show]
    elif show == "noted":
        rows = [row for row in rows if row["notes"]]
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": "catalogue", "one": one, "said": said, "page": page, "show": show, "kept": f"show={show}" if show else "", "kind": KINDS.get(said.get("kind", "")),
        "counts": [(name, words, said["counts"][name], _TONES[name]) for name, words in OUTCOMES.items()] if said else [],
        "rows": [(row, OUTCOMES[row["outcome"]], _TONES[row["outcome"]]) for row in page], "phase": _PHASES.get(one.phase),
        "working": one.state in ("checking", "confirmed"),
    }  # fmt: skip
    return render(request, "office/import.html", context)


@post_only
@staff(IMPORT)
def confirm(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Have it written, once."""
    one = queries.import_called(request.actor.site, uuid)
    try:
        confirm_import(by=request.actor, import_id=one.pk, agreed=request.POST.get("agreed", ""))
    except Refusal as refusal:
        messages.error(request, as_sent(request, "confirm", refusal, {})["sentence"], extra_tags=refusal.code)
    return see_other(reverse("office-import", args=[uuid]))


@post_only
@staff(IMPORT)
def throw_away(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Let go of the file."""
    one = queries.import_called(request.actor.site, uuid)
    discard(by=request.actor, import_id=one.pk)
    messages.success(request, _("已放弃这次导入，事项清单没有变化。"))
    return see_other(reverse("office-catalogue"))


@staff(IMPORT)
def download(request: StaffRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """The catalogue as a file."""
    if form not in FORMS:
        raise NotFound
    name, media, _said = FORMS[form]
    response = HttpResponse(b"".join(exported(form)), content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _departments(typed: str) -> dict[str, str]:
    """Which of ours is meant by which code in the file: a line each, ``code,ours``."""
    found: dict[str, str] = {}
    for number, line in enumerate(typed.splitlines(), 1):
        code, comma, ours = line.replace("，", ",").partition(",")
        if line.strip() and not (comma and code.strip() and ours.strip()):
            zh, en = f"第 {number} 行应写成“文件中的编码,本系统的部门代码”", f"line {number} must be “code in the file,code here”"
            raise InvalidInput(field=_TABLE, reason_zh=zh, reason_en=en)
        if line.strip():
            found[code.strip()] = ours.strip()
    return found
