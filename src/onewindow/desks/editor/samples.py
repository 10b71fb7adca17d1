"""Sample files: taken in at a material of a draft, and shown by the guides that name them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, public, staff, takes_files
from onewindow.desks.editor.remarks import link_to
from onewindow.desks.editor.seen import draft_of
from onewindow.desks.onwards import see_other
from onewindow.foundation.catalogue.definition.addressing import Change, value_at
from onewindow.foundation.catalogue.drafts import actions, queries
from onewindow.foundation.catalogue.drafts.policies import DRAFT
from onewindow.instruments.reading import REASONS, Unreadable, examine
from onewindow.kernel.errors import FileUnfit, InvalidInput, NotFound
from onewindow.kernel.words import Words

_MB = 1024 * 1024
_SAMPLE_MB = 5
_FILE = Words("样本文件", "sample file")


@post_only
@staff(DRAFT)
@takes_files
def upload(request: StaffRequest, item: str) -> HttpResponse:
    """Take a sample file in and show it at a material: read in a bounded process, kept by its fingerprint."""
    by, draft, at = request.actor, draft_of(request.actor, item), request.POST.get("at", "")
    handed = request.FILES.get("file")
    material = value_at(draft.body, at)
    if handed is None or not isinstance(material, dict):
        raise InvalidInput(field=_FILE, reason_zh="请先选择一个文件", reason_en="please choose a file first")
    try:
        examined = examine(handed.read(), handed.name or "", most=min(_SAMPLE_MB, settings.UPLOAD_FILE_MB) * _MB)
    except Unreadable as no:
        reason = REASONS[str(no)]
        words = Words(reason.zh.format(limit=_SAMPLE_MB), reason.en.format(limit=_SAMPLE_MB))
        raise FileUnfit(name=handed.name or "", why=words) from None
    kept = actions.keep_sample(by=by, draft_id=draft.pk, examined=examined)
    held = material.get("files") or []
    code = next(f"file-{n}" for n in range(1, 1000) if f"file-{n}" not in {each.get("code") for each in held})
    shown = {"code": code, "name": {"zh": f"样本 {len(held) + 1}", "en": f"Sample {len(held) + 1}"}, "kind": kept.kind, "sm3": kept.sm3}
    now = queries.open_draft_of(item)
    edition = now.edition if now else draft.edition
    actions.save(by=by, draft_id=draft.pk, edition=edition, changes=[Change("set", f"{at}/files", [*held, shown])])
    messages.success(request, _("已收下样本文件，请写明它是什么。"))
    return see_other(link_to(item, f"{at}/files"))


@public
def sample(request: StaffRequest, sm3: str) -> HttpResponse:
    """The first page of a sample file: shown by a published guide to anybody, and while it is written to those who write it."""
    found = queries.sample(sm3)
    if not queries.is_shown(sm3) and not _writes(request):
        raise NotFound
    response = HttpResponse(bytes(found.picture), content_type="image/jpeg")
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _writes(request: StaffRequest) -> bool:
    return request.user.is_authenticated and bool({"catalogue-editor", "catalogue-reviewer", "chief-editor"} & set(request.user.roles))
