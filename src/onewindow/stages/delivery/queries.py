"""What can be asked about results."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from onewindow.foundation.people.queries import records_of
from onewindow.kernel.errors import NotFound
from onewindow.stages.delivery.models import Result

_JOINED = ("case__item", "case__applicant", "case__agent", "case__department", "document")


def available_results(site: str) -> QuerySet[Result]:
    """Everything ready to collect at a site, the longest-waiting first."""
    return Result.objects.select_related(*_JOINED).defer("case__item__body").filter(site=site, state="available").order_by("deliver_by", "id")


def results_for(party_id: int) -> QuerySet[Result]:
    """Everything ready that this party may collect, as applicant or as agent."""
    records = records_of(party_id)
    mine = Q(case__applicant_id__in=records) | Q(case__agent_id__in=records)
    return Result.objects.select_related(*_JOINED).defer("case__item__body").filter(mine, state="available").order_by("id")


def results_collected(party_id: int, site: str, uuids: Iterable[str]) -> list[Result]:
    """Which of these this party has already taken at this site."""
    return list(Result.objects.filter(collected_by_id__in=records_of(party_id), site=site, uuid__in=list(uuids)).order_by("collected_at", "id"))


def results_of(case_ids: Iterable[int]) -> QuerySet[Result]:
    return Result.objects.select_related(*_JOINED).defer("case__item__body").filter(case_id__in=list(case_ids))


def result(uuid: str) -> Result:
    try:
        return Result.objects.select_related(*_JOINED).defer("case__item__body").get(uuid=uuid)
    except (Result.DoesNotExist, ValidationError):
        raise NotFound from None
