"""What can be asked about messages."""

from __future__ import annotations

from django.db.models import QuerySet

from onewindow.stages.notices.models import Notice


def notices_to(party_id: int) -> QuerySet[Notice]:
    """Every message written to a party, the first first."""
    return Notice.objects.filter(party_id=party_id).order_by("id")
