"""What can be asked about cases that were filed together."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from onewindow.kernel.errors import NotFound
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.papers import with_query_code
from onewindow.spine.cases.states import TURNED_AWAY
from onewindow.spine.together.models import Together, TogetherCase, TogetherReceipt
from onewindow.spine.visits.queries import query_code

# Of the giver: turned away or denied. What it would have given must then be brought.
GIVES_NOTHING = TURNED_AWAY | {"denied"}


@dataclass(frozen=True)
class Coming:
    """What the result of another case of the same filing will give to one: for which `material`, from which case."""

    material: str
    giver: Case


@dataclass(frozen=True)
class Giving:
    """To which case a result gives a material, and which facts it puts into which fields of its form."""

    case_id: int
    material: str
    fields: dict[str, str]


def together_once(once: UUID) -> Together | None:
    """What a form's nonce has already filed."""
    return Together.objects.filter(once=once).first()


def together(uuid: str) -> Together:
    try:
        return Together.objects.select_related("visit").get(uuid=uuid)
    except (Together.DoesNotExist, ValidationError):
        raise NotFound from None


def filed_in_visit(visit_id: int) -> list[tuple[Together, list[int]]]:
    """What was filed together in a sitting, each with the keys of its cases in their order."""
    found: dict[int, tuple[Together, list[int]]] = {}
    for member in TogetherCase.objects.filter(together__visit_id=visit_id).select_related("together").order_by("together_id", "place"):
        found.setdefault(member.together_id, (member.together, []))[1].append(member.case_id)
    return list(found.values())


def receipt_of(filed: Together) -> TogetherReceipt:
    """The one receipt as it is shown: with the query code in its place."""
    receipt = TogetherReceipt.objects.select_related("together__visit").get(together=filed)
    receipt.content = with_query_code(receipt.content, query_code(receipt.visit))
    return receipt


def coming_to(case: Case) -> dict[str, Coming]:
    """What is still to come to a case by itself, by material: not from a case that was turned away. Empty for one that was filed alone."""
    if case.state not in ("received", "correcting"):
        return {}
    group = _fellows(case.pk)
    mine = next((member for member in group if member.case_id == case.pk), None)
    if mine is None:
        return {}
    by_item = {member.item: member.case for member in group if member.case.state not in GIVES_NOTHING}
    arrivals = mine.together.version.bundle.arrivals
    return {one.material: Coming(one.material, by_item[one.giver]) for one in arrivals if one.item == mine.item and one.giver in by_item}


def given_by(case_id: int) -> list[Giving]:
    """To which cases the result of this one gives what, in their order."""
    group = _fellows(case_id)
    mine = next((member for member in group if member.case_id == case_id), None)
    if mine is None:
        return []
    by_item = {member.item: member.case_id for member in group}
    arrivals = mine.together.version.bundle.arrivals
    given = (Giving(by_item[one.item], one.material, dict(one.fields)) for one in arrivals if one.giver == mine.item and one.item in by_item)
    return sorted(given, key=lambda one: one.case_id)


def _fellows(case_id: int) -> list[TogetherCase]:
    """The cases filed together with this one, itself among them; nothing for one filed alone. One question."""
    of = TogetherCase.objects.filter(case_id=case_id).values("together_id")
    return list(TogetherCase.objects.filter(together_id__in=of).select_related("together", "case").order_by("place"))
