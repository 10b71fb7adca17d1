"""行政许可公示: the public list of granted permits, to search, to read and to take along as open data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, public, staff
from onewindow.desks.onwards import to
from onewindow.desks.paging import ROWS
from onewindow.foundation.catalogue.queries import published_items
from onewindow.foundation.staff.queries import actor_of, departments
from onewindow.law.packs import PERMIT
from onewindow.stages.publication.actions import mark as mark_ended
from onewindow.stages.publication.policies import MARK
from onewindow.stages.publication.queries import Asked, permit_by_uuid
from onewindow.stages.publication.queries import permits as found_by
from onewindow.stages.publication.rules import ENDINGS, open_lines, safe_cell

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from onewindow.foundation.staff.models import Staff
    from onewindow.stages.publication.models import PublishedPermit

_FIELDS = ("q", "item", "department", "since", "until")
# The columns of the national table (双公示) as far as we know it (unverified), and below what stands in each.
HEAD = (
    "行政相对人名称", "行政相对人类别", "统一社会信用代码", "行政许可决定文书名称", "行政许可决定文书号", "许可证书名称", "许可编号", "许可内容",
    "许可决定日期", "有效期自", "有效期至", "许可机关", "许可机关统一社会信用代码", "当前状态", "公示日期", "备注",
)  # fmt: skip


class Counted(Paginator):  # type: ignore[type-arg]
    """Pages of a long list: the rows are counted up to a bound only, so that a page costs the same however long the list grows."""

    MOST = 3_000

    @cached_property
    def count(self) -> int:
        return len(cast("QuerySet[PublishedPermit]", self.object_list).order_by().values_list("pk", flat=True)[: self.MOST])


def _asked(request: HttpRequest) -> tuple[Asked, dict[str, str]]:
    typed = {name: request.GET.get(name, "").strip()[:100] for name in _FIELDS}
    return Asked(typed["q"], typed["item"], typed["department"], _day(typed["since"]), _day(typed["until"])), typed


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@public
def permits(request: HttpRequest) -> HttpResponse:
    """Search by name, number, item, department and day of decision; the newest first."""
    asked, typed = _asked(request)
    page: Page[Any] = Counted(found_by(asked).defer("content", "grams"), ROWS).get_page(request.GET.get("page"))
    kept = urlencode([(name, value) for name, value in typed.items() if value])
    context = {
        "page": page, "asked": typed, "kept": kept, "narrowed": any(typed.values()), "bounded": page.paginator.count >= Counted.MOST,
        "items": [version for version in published_items() if version.item_type == PERMIT], "departments": departments(),
    }  # fmt: skip
    return render(request, "permits/rows.html" if request.headers.get("HX-Target") == "found" else "permits/permits.html", context)


@public
def permit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One permit as the public may read it; for an approver of its department, how to mark it as ended."""
    found = permit_by_uuid(str(uuid))
    may_mark = False
    if request.user.is_authenticated:
        actor = actor_of(cast("Staff", request.user))
        may_mark = actor.may(MARK) and actor.department == found.department.code and found.state == "published"
    return render(request, "permits/permit.html", {"permit": found, "may_mark": may_mark, "endings": ENDINGS})


@post_only
@staff(MARK)
def mark(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Mark a permit as withdrawn, revoked, forfeited or deregistered; it stays in the list."""
    found = permit_by_uuid(str(uuid))
    mark_ended(by=request.actor, permit_id=found.pk, ending=request.POST.get("ending", ""), reason=request.POST.get("reason", ""))
    messages.success(request, _("已标注失效，公示保留。"))
    return to("permit", found.uuid)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


@public
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Everything that fits, as CSV: what the list shows and nothing more. No cell is a formula."""
    asked, _typed = _asked(request)
    response = StreamingHttpResponse(_lines(asked), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="permits.csv"'
    return response


def _lines(asked: Asked) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(HEAD))
    for row in found_by(asked).defer("grams").iterator(chunk_size=2_000):
        yield str(writer.writerow([safe_cell(cell) for cell in cells(row)]))


def cells(row: PublishedPermit) -> list[object]:
    """One permit in the order of `HEAD`."""
    kind = "法人及非法人组织" if row.kind == "company" else "自然人"
    state = row.ending_words.zh if row.ending else row.state_words.zh
    return [
        row.name, kind, row.credit_code, row.paper, row.number, row.licence_name, row.licence, open_lines(row.content), row.decided_on.isoformat(),
        row.valid_from.isoformat(), row.valid_until.isoformat() if row.valid_until else "长期", row.body, row.body_code, state,
        row.published_on.isoformat(), row.ending_reason,
    ]  # fmt: skip
