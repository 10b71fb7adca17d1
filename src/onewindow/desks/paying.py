"""Payment notices as every desk shows them: the sum, the code, a code to scan, the receipt."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from onewindow.desks.papers import public_address
from onewindow.kernel import clock
from onewindow.stages.payment.queries import charges, orders_of, standing_of

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Case
    from onewindow.stages.payment.models import PaymentOrder


def notices_of(request: HttpRequest, cases: Iterable[Case]) -> dict[int, list[dict[str, Any]]]:
    """What each case has to pay or paid, by case, as a page shows it; nothing is asked where no item charges."""
    return {key: [shown(request, order) for order in orders if order.state != "expired"] for key, orders in orders_of(cases).items()}


def shown(request: HttpRequest, order: PaymentOrder) -> dict[str, Any]:
    """One notice with where it can be paid: in a demonstration the simulated platform's page, else wherever the code is taken."""
    page = public_address(request, reverse("pay", args=[order.code])) if pays_here() else ""
    return {"order": order, "page": page, "qr": _picture(page or order.code) if order.state == "issued" else ""}


def missing(case: Case) -> bool:
    """Whether a granted case has to pay, and nothing that can be paid stands: no notice yet, or only one past its day."""
    if not charges(case, "delivery"):
        return False
    return not any(order.state != "issued" or clock.today() <= order.due_by for order in standing_of(case, "delivery"))


def pays_here() -> bool:
    """Whether the platform is the demonstration's own."""
    return settings.PAYMENTS == "virtual" and settings.DEMONSTRATION


@lru_cache(maxsize=256)
def _picture(content: str) -> str:
    """A code to scan, as the address of a picture."""
    return segno.make(content, error="m", micro=False).svg_data_uri(scale=4, border=2, light="#fff")
