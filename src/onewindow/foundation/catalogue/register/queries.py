"""What can be asked about the register of items. Every figure is counted from the entries that stand; none is written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from onewindow.foundation.catalogue.models import APPROVAL, SERVES, ItemVersion, RegisterEntry
from onewindow.foundation.staff.models import Department
from onewindow.foundation.staff.queries import departments
from onewindow.kernel.errors import NotFound
from onewindow.kernel.identifiers.implementation_code import ITEM_TYPES

_TENTH = Decimal("0.1")
_APPROVAL, _COMPANY = Q(item_type=APPROVAL), Q(serves="company")
_SUMS = {  # named apart from the columns
    "n_entries": Count("pk"),
    "n_approvals": Count("pk", filter=_APPROVAL),
    "n_approvals_entered": Count("pk", filter=_APPROVAL & Q(entered=True)),
    "n_self_service": Count("pk", filter=Q(self_service=True)),
    "n_self_service_departments": Count("department", filter=Q(self_service=True), distinct=True),
    "n_city_wide": Count("pk", filter=Q(city_wide=True)),
    "n_city_wide_entered": Count("pk", filter=Q(city_wide=True, entered=True)),
    "n_companies": Count("pk", filter=_COMPANY),
    "n_companies_online": Count("pk", filter=_COMPANY & Q(online=True)),
    "n_stubs": Count("pk", filter=Q(item="")),
}


class Share(NamedTuple):
    """So many of so many."""

    n: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """Per cent, rounded half up to a tenth; None of nothing."""
        return (Decimal(100 * self.n) / self.of).quantize(_TENTH, ROUND_HALF_UP) if self.of else None


class Counts(NamedTuple):
    """How many entries of each kind; `self_service_departments` counts departments. `stubs`: how many of all are known by name only."""

    entries: int
    approvals: int
    approvals_entered: int
    self_service: int
    self_service_departments: int
    city_wide: int
    city_wide_entered: int
    companies: int
    companies_online: int
    stubs: int

    @property
    def defined(self) -> int:
        """Those with a definition."""
        return self.entries - self.stubs


def register() -> QuerySet[RegisterEntry]:
    """Every entry that stands, by department and code; those struck are not among them."""
    return RegisterEntry.objects.filter(state="listed").select_related("department").order_by("department_id", "code")


def defined() -> QuerySet[RegisterEntry]:
    """The entries whose definition this house has: the only ones a measure of quality may count."""
    return register().exclude(item="")


def entry(code: str) -> RegisterEntry:
    """An entry by its item's code, struck or not. Raises `NotFound`."""
    try:
        return RegisterEntry.objects.select_related("department").get(code=code)
    except RegisterEntry.DoesNotExist:
        raise NotFound from None


def counts() -> Counts:
    """The register in figures."""
    return _counts(RegisterEntry.objects.filter(state="listed").aggregate(**_SUMS))


def counts_by_department() -> dict[str, Counts]:
    """The same figures for each department that has an entry, by its code."""
    rows = RegisterEntry.objects.filter(state="listed").values("department__code").annotate(**_SUMS).order_by("department__code")
    return {row["department__code"]: _counts(row) for row in rows}


def departments_counted() -> list[tuple[Department, Counts]]:
    """Every department that has an entry, with its figures, in the order of the district's list."""
    figures = counts_by_department()
    return [(department, figures[department.code]) for department in departments() if department.code in figures]


def entry_rate() -> Share:
    """The entry rate (入驻率): how many of the district's approval items are handled in the centre."""
    figures = counts()
    return Share(figures.approvals_entered, figures.approvals)


def city_wide_presence() -> Share:
    """How many of the city-wide items (全市通办) are handled in the centre."""
    figures = counts()
    return Share(figures.city_wide_entered, figures.city_wide)


def online_rate() -> Share:
    """How many of the items that concern companies can be handled online from end to end (全程网办)."""
    figures = counts()
    return Share(figures.companies_online, figures.companies)


SERVING = SERVES
PERSONS = "B"  # the hall of what individuals come for; companies go to the other
TYPES = ITEM_TYPES
WAYS: Mapping[str, Q] = {
    "entered": Q(entered=True), "elsewhere": Q(entered=False), "self-service": Q(self_service=True), "city-wide": Q(city_wide=True),
    "online": Q(online=True), "not-online": Q(online=False), "defined": ~Q(item=""),
}  # fmt: skip


def entries(
    text: str = "", *, serves: str = "", department: str = "", item_type: str = "", hall: str = "", event: str = "", ways: Iterable[str] = ()
) -> QuerySet[RegisterEntry]:
    """Entries that stand and fit every filter: every word of `text` is in the name, whatever its case; each of `ways` (of `WAYS`) holds.

    `hall`: where it is handled; a stub goes by whom it serves. `event`: an event of life its definition names; no stub has one.
    Those with a definition come first, then by length of the name. A way nobody knows filters nothing.
    """
    wanted = Q()
    for word in text.replace("\0", " ").split():
        wanted &= Q(name_zh__icontains=word) | Q(name_en__icontains=word)
    for name, value in (("serves", serves), ("department__code", department), ("item_type", item_type)):
        if value:
            wanted &= Q(**{name: value})
    if hall:
        wanted &= Q(item__in=_published(hall=hall)) | Q(item="", serves="person" if hall == PERSONS else "company")
    if event:
        wanted &= Q(item__in=_published(body__life_events__contains=[event]))
    for way in ways:
        wanted &= WAYS.get(way, Q())
    return register().filter(wanted).alias(unknown=Q(item="")).order_by("unknown", Length("name_zh"), "code")


def _published(**fitting: object) -> QuerySet[ItemVersion, str]:
    return ItemVersion.objects.filter(state="published", **fitting).values_list("code", flat=True)


def find_entries(text: str, *, limit: int = 20) -> list[RegisterEntry]:
    """Entries whose name has every word of the text in it; those with a definition first. None for no text."""
    return list(entries(text)[:limit]) if text.replace("\0", " ").split() else []


def entry_called(name: str) -> RegisterEntry:
    """The entry that stands under an item's code in this house (``food-business-licence``), else under its national code. Raises `NotFound`."""
    if "\0" not in name and (found := register().filter(Q(item=name) | Q(code=name)).first()):
        return found
    raise NotFound


def _counts(row: Mapping[str, Any]) -> Counts:
    return Counts(*(row[f"n_{name}"] for name in Counts._fields))
