"""Materials as files at the counter: photographed or chosen, page by page sorted to what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from onewindow.desks.casefile import filed_pages, original, picture
from onewindow.desks.counter.filing import case_of
from onewindow.desks.doors import StaffRequest, post_only, staff, takes_files
from onewindow.desks.inputs import nonce
from onewindow.desks.onwards import see_other
from onewindow.instruments.reading import REASONS, Unreadable, examine
from onewindow.kernel.errors import FileUnfit, InvalidInput, StateConflict
from onewindow.kernel.keys import uuid7
from onewindow.kernel.words import Words
from onewindow.spine.attachments import actions as attachments
from onewindow.spine.attachments.queries import page_of
from onewindow.spine.attachments.states import TAKES_PAGES
from onewindow.spine.cases.policies import ACCEPT, CHECK, RECEIVE

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from onewindow.instruments.reading import Examined

_MB = 1024 * 1024


@staff(RECEIVE, CHECK)
def pages(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The camera, the files, and every page in its place."""
    found = case_of(request.actor, uuid)
    context = filed_pages(found) | {
        "case": found,
        "chosen": request.GET.get("material", ""),
        "once": uuid7(),
        "open": found.state in TAKES_PAGES,
        "most": settings.UPLOAD_FILE_MB,
        "most_bytes": settings.UPLOAD_FILE_MB * _MB,
    }
    response = render(request, "counter/pages.html", context)
    # The only page that may use a camera, and only for us.
    response["Permissions-Policy"] = "geolocation=(), microphone=(), camera=(self)"
    return response


@post_only
@staff(RECEIVE)
@takes_files
def attach(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Take the files in, each by itself: what cannot be taken is told by name, the others are kept."""
    found, once, material = case_of(request.actor, uuid), nonce(request), request.POST.get("material", "")
    sent = request.FILES.getlist("file")
    if not sent:
        raise InvalidInput(field=Words("文件", "files"), reason_zh="请先选择文件，或者直接拍摄", reason_en="choose files first, or take a photo")
    taken = 0
    for place, file in enumerate(sent):
        try:
            examined = _examined(file)
        except FileUnfit as unfit:
            messages.error(request, unfit.message(get_language() or "zh-hans"), extra_tags=unfit.code)
            continue
        attachments.attach(by=request.actor, case_id=found.pk, examined=examined, material=material, once=once, place=place)
        taken += len(examined.pages)
    if taken:
        messages.success(request, ngettext("已收下 %(n)d 页。", "已收下 %(n)d 页。", taken) % {"n": taken})
    return _back(uuid, material)


@post_only
@staff(CHECK)
def page(request: StaffRequest, uuid: UUID, page: UUID) -> HttpResponse:
    """Sort, name, turn, bring forward or take out one page."""
    found = page_of(case_of(request.actor, uuid), page)
    by, sent = request.actor, request.POST
    match sent.get("do", ""):
        case "sort":
            attachments.sort_page(by=by, page_id=found.pk, material=sent.get("material", ""), title=sent.get("title", ""))
        case "turn":
            attachments.turn_page(by=by, page_id=found.pk)
        case "forward":
            attachments.bring_forward(by=by, page_id=found.pk)
        case "remove":
            attachments.remove_page(by=by, page_id=found.pk)
            messages.success(request, _("这一页已取出，留有记录。"))
        case _:
            raise StateConflict
    return _back(uuid, sent.get("chosen", ""))


@staff(RECEIVE, ACCEPT)
def page_picture(request: StaffRequest, uuid: UUID, page: UUID) -> HttpResponse:
    """One page, for those who may see the case."""
    return picture(case_of(request.actor, uuid), page)


@staff(RECEIVE, ACCEPT)
def page_original(request: StaffRequest, uuid: UUID, page: UUID) -> HttpResponse:
    """The file this page came from, as it was handed in."""
    return original(case_of(request.actor, uuid), page)


def _examined(file: UploadedFile) -> Examined:
    """What one file is. Raises `FileUnfit`, which says why it is not taken."""
    name, most = file.name or "", settings.UPLOAD_FILE_MB * _MB
    try:
        if (file.size or 0) > most:
            raise Unreadable("too-large")
        return examine(file.read(), name, most=most)
    except Unreadable as unreadable:
        why = REASONS[str(unreadable)]
        raise FileUnfit(name=name, why=Words(why.zh.format(limit=settings.UPLOAD_FILE_MB), why.en.format(limit=settings.UPLOAD_FILE_MB))) from None


def _back(uuid: UUID, material: str) -> HttpResponse:
    return see_other(f"{reverse('counter-pages', args=[uuid])}?{urlencode({'material': material})}")
