"""What can be asked about fees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound
from onewindow.stages.payment.models import PaymentDifference, PaymentOrder, Refund
from onewindow.stages.payment.rules import Booked, fees_for
from onewindow.stages.payment.states import SETTLED

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Case


def charges(case: Case, purpose: str) -> bool:
    """Whether the item's definition charges this situation anything for a purpose; asks no database for an item that is free."""
    return bool(fees_for(case.version.definition, case.answers, purpose))


def unpaid(case: Case, purpose: str) -> bool:
    """Whether something is charged and neither paid nor waived, whether or not its notice was issued yet."""
    if not charges(case, purpose):
        return False
    return not PaymentOrder.objects.filter(case_id=case.pk, purpose=purpose, state__in=sorted(SETTLED)).exists()


def orders_of(cases: Iterable[Case]) -> dict[int, list[PaymentOrder]]:
    """The notices of cases by case, oldest first; nothing is asked where no item charges."""
    keys = [case.pk for case in cases if case.version.definition.fees.charged]
    found = defaultdict[int, list[PaymentOrder]](list)
    for order in PaymentOrder.objects.filter(case_id__in=keys).exclude(state="cancelled").order_by("id") if keys else ():
        found[order.case_id].append(order)
    return found


def standing_of(case: Case, purpose: str) -> list[PaymentOrder]:
    """The notice of a case that stands: open, or settled. At most one."""
    return list(PaymentOrder.objects.filter(case_id=case.pk, purpose=purpose).exclude(state__in=["cancelled", "expired"]))


def order_by_code(code: str) -> PaymentOrder:
    """A notice by its payment code. Raises `NotFound`."""
    found = PaymentOrder.objects.select_related("case__item", "case__department").defer("case__item__body").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def order_at(site: str, uuid: str) -> PaymentOrder:
    """A notice of this site by its identifier. Raises `NotFound`."""
    found = PaymentOrder.objects.select_related("case__item", "payer").defer("case__item__body").filter(site=site, uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def orders(site: str, state: str = "", code: str = "") -> QuerySet[PaymentOrder]:
    """The notices of a site, newest first."""
    found = PaymentOrder.objects.select_related("case__item", "payer").defer("case__item__body").filter(site=site).order_by("-id")
    found = found.filter(state=state) if state else found
    return found.filter(code=code) if code else found


def refunds_of(order: PaymentOrder) -> Sequence[Refund]:
    return list(order.refunds.order_by("id"))


def refunds_waiting(site: str) -> Sequence[Refund]:
    """Refunds that a second person has to look at, oldest first."""
    return list(Refund.objects.select_related("order__case__item").defer("order__case__item__body").filter(site=site, state="asked").order_by("id"))


def refund_at(site: str, uuid: str) -> Refund:
    found = Refund.objects.filter(site=site, uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def differences(site: str) -> Sequence[PaymentDifference]:
    """What somebody has to look into, newest first."""
    return list(PaymentDifference.objects.filter(site=site, state="open").order_by("-id")[:100])


def difference_at(site: str, uuid: str) -> PaymentDifference:
    found = PaymentDifference.objects.filter(site=site, uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def booked_on(day: date) -> list[Booked]:
    """Our own book of a local day: what came in and what was given back."""
    start = datetime.combine(day, time(), clock.LOCAL)
    end = start + timedelta(days=1)
    came = PaymentOrder.objects.filter(paid_at__gte=start, paid_at__lt=end).order_by("id")
    went = Refund.objects.filter(made_at__gte=start, made_at__lt=end).select_related("order").order_by("id")
    return [
        *(Booked("payment", order.code, str(order.transaction), order.paid) for order in came),
        *(Booked("refund", refund.order.code, str(refund.uuid), refund.amount) for refund in went),
    ]
