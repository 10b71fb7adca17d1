"""Every page there is, with something on it: found in a demonstration's database as it stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.foundation.catalogue.models import CatalogueImport
from onewindow.foundation.people.models import Party
from onewindow.foundation.places.models import Window
from onewindow.foundation.places.queries import home_site
from onewindow.foundation.staff.models import Staff
from onewindow.kernel.errors import NotFound
from onewindow.oversight.evaluation.models import Evaluation, FollowUp
from onewindow.spine.cases.models import Case, Document
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.queries import query_code
from onewindow.stages.payment.models import PaymentOrder
from onewindow.stages.publication.models import PublishedPermit
from onewindow.stages.queueing.models import Ticket


@dataclass(frozen=True)
class Page:
    """One page as somebody opens it; `account` is who is signed in, empty for anybody."""

    name: str
    path: str
    account: str = ""


def every_page() -> list[Page]:
    """The pages of every desk. What the moment does not offer (nobody is being called) is left out. Raises `NotFound` in an empty house."""
    site = home_site()
    if site is None:
        raise NotFound
    found = [
        Page("today", reverse("today")), Page("front", reverse("front")), Page("ask", reverse("ask")), Page("sign-in", reverse("sign-in")),
        Page("printer", reverse("printer")), Page("board-a", reverse("board", args=[site.code, "A"])),
        Page("board-b", reverse("board", args=[site.code, "B"])), Page("phones", reverse("phones")), Page("tray", reverse("tray")),
        Page("tour", reverse("tour")), Page("items", reverse("items")), Page("items-searched", reverse("items") + "?q=想开个小饭馆"),
        Page("items-nothing", reverse("items") + "?q=红烧肉怎么做"), Page("item", reverse("item", args=["food-business-licence"])),
        Page("item-mine", reverse("item-mine", args=["food-business-licence"])), Page("measures", reverse("measures")),
        Page("together", reverse("together")), Page("together-bundle", reverse("together-bundle", args=["open-restaurant"])),
        Page("together-mine", reverse("together-mine", args=["open-restaurant"])),
    ]  # fmt: skip
    return found + _counter() + _public() + _offices() + _evaluations() + _registry() + _fees() + _editor()


def _counter() -> list[Page]:
    pages = []
    seated = set(Window.objects.filter(clerk__isnull=False).values_list("clerk_id", flat=True))
    idle = Staff.objects.filter(roles__contains=["clerk"], state="active").exclude(pk__in=seated).order_by("username").first()
    if idle is not None:
        pages.append(Page("counter-windows", reverse("counter"), idle.username))
    calling = Ticket.objects.filter(state="called", window__clerk__isnull=False).select_related("window__clerk").first()
    if calling is not None and calling.window is not None and calling.window.clerk is not None:
        pages.append(Page("counter-call", reverse("counter"), calling.window.clerk.username))
    sitting = Visit.objects.filter(state="open", applicant__isnull=False, claim__isnull=True).select_related("window__clerk").first()
    if sitting is None or sitting.window.clerk is None:
        return pages
    clerk = sitting.window.clerk.username
    pages.append(Page("counter-visit", reverse("counter"), clerk))
    for state in ("received", "correcting", "accepted", "refused", "closed"):
        case = Case.objects.filter(state=state).order_by("-id").first()
        if case is not None:
            pages.append(Page(f"counter-case-{state}", reverse("counter-case", args=[case.uuid]), clerk))
    case = Case.objects.order_by("-id")[0]
    pages.append(Page("counter-paper", reverse("counter-paper", args=[case.uuid, "receipt"]), clerk))
    question = reverse("counter-apply", args=["food-business-licence"])
    pages.append(Page("counter-together", f"{reverse('counter-together', args=['open-restaurant'])}?visit={sitting.uuid}", clerk))
    return [*pages, Page("counter-apply", f"{question}?visit={sitting.uuid}", clerk)]


def _public() -> list[Page]:
    pages = []
    waiting = Ticket.objects.filter(state="waiting").order_by("-id").first()
    if waiting is not None:
        pages.append(Page("ticket", reverse("ticket", args=[waiting.uuid])))
    document = Document.objects.filter(kind="grant").select_related("case__visit").order_by("-id").first()
    if document is not None:
        code = query_code(document.case.visit)
        pages.append(Page("progress", reverse("progress", args=[code])))
        pages.append(Page("progress-paper", reverse("progress-paper", args=[code, document.case.uuid, "grant"])))
    return pages


def _offices() -> list[Page]:
    pages = [Page("handover", reverse("handover"), "handover01")]
    administrator = Staff.objects.filter(roles__contains=["administrator"], state="active").order_by("username").first()
    if administrator is not None:
        rooms = ("office", "office-accounts", "office-places", "office-site-hours", "office-calendar", "office-health", "office-missed", "office-catalogue")
        pages += [Page(name, reverse(name), administrator.username) for name in rooms]
        pages.append(Page("office-account", reverse("office-account", args=[Staff.objects.order_by("id")[0].uuid]), administrator.username))
        brought = CatalogueImport.objects.defer("data", "report").order_by("-id").first()
        pages += [Page("office-import", reverse("office-import", args=[brought.uuid]), administrator.username)] if brought is not None else []
        pages.append(Page("own-password", reverse("own-password"), administrator.username))
    case = Case.objects.filter(state="accepted").select_related("department").order_by("promised_on", "id").first()
    if case is not None:
        pages.append(Page("today-clock", reverse("today-clock", args=[case.uuid])))
        approvers = Staff.objects.filter(roles__contains=["approver"], department=case.department_id, state="active")
        approver = approvers.order_by("username")[0].username
        pages.append(Page("approver", reverse("approver"), approver))
        pages.append(Page("approver-file", reverse("approver-file", args=[case.uuid]), approver))
    return pages


def _evaluations() -> list[Page]:
    pages = [Page("satisfaction", reverse("satisfaction")), Page("evaluations", reverse("evaluations"), "manager01")]
    bad = FollowUp.objects.select_related("evaluation").order_by("-id").first()
    if bad is not None:
        pages.append(Page("evaluation", reverse("evaluation", args=[bad.evaluation.uuid]), "manager01"))
    served = Evaluation.objects.filter(served_by__isnull=False).order_by("-id").first()
    if served is not None:
        pages.append(Page("evaluations-mine", reverse("evaluations-mine"), Staff.objects.get(pk=served.served_by).username))
    over = Visit.objects.filter(state="closed", ticket__isnull=False).select_related("window").order_by("-moved_at").first()
    if over is not None:
        pages.append(Page("evaluator", reverse("evaluator", args=[over.window.uuid])))
        pages.append(Page("evaluate-visit", reverse("evaluate-visit", args=[query_code(over)])))
    return pages


def _registry() -> list[Page]:
    pages, known = [Page("registry", reverse("registry"), "administrator01")], Party.objects.filter(state="known").order_by("id")[:2]
    if len(known) == 2:
        pages.append(Page("registry-record", reverse("registry-record", args=[known[0].uuid]), "administrator01"))
        pages.append(Page("registry-beside", reverse("registry-beside", args=[known[0].uuid, known[1].uuid]), "administrator01"))
    return pages


def _fees() -> list[Page]:
    pages = [Page("permits", reverse("permits")), Page("cashier", reverse("cashier"), "manager01")]
    permit = PublishedPermit.objects.order_by("-id").first()
    if permit is not None:
        pages.append(Page("permit", reverse("permit", args=[permit.uuid])))
        pages.append(Page("secrecy", reverse("secrecy", args=[query_code(permit.case.visit), permit.case.uuid])))
    order = PaymentOrder.objects.select_related("case__visit").order_by("-state", "-id").first()
    if order is not None:
        pages.append(Page("cashier-order", reverse("cashier-order", args=[order.uuid]), "manager01"))
        pages.append(Page("pay", reverse("pay", args=[order.code])))
        pages.append(Page("progress-fee", reverse("progress", args=[query_code(order.case.visit)])))
    return pages


def _editor() -> list[Page]:
    """The list; and the pages of a draft and of its item, where one is being written."""
    pages = [Page("editor", reverse("editor"), "editor01"), Page("editor-versions", reverse("editor-versions", args=["food-business-licence"]), "editor01")]
    pages.append(Page("editor-new", reverse("editor-new"), "editor01"))
    draft = ItemDraft.objects.filter(state="drafting", department__code="market").first()
    if draft is not None:
        pages.append(Page("editor-item", reverse("editor-item", args=[draft.code]), "editor01"))
        pages += [Page(f"editor-{name}", reverse(f"editor-{name}", args=[draft.code]), "editor01") for name in ("review", "editions")]
    return pages
