"""What can be asked about outages, reserve numbers and what was entered from paper."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError

from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound, SerialUnknown, SerialUsed
from onewindow.kernel.ledger.rows import found
from onewindow.kernel.words import Words
from onewindow.stages.outage.models import BackEntry, Booklet, Outage
from onewindow.stages.outage.rules import read_number

RECEIPT, TICKET = Words("收件凭证", "receipt"), Words("号票", "ticket")


def standing_outage(site: str) -> Outage | None:
    """The outage in course at a site."""
    return Outage.objects.filter(site=site, state="declared").first()


def outages(site: str) -> list[Outage]:
    """The latest outages of a site, the newest first."""
    return list(Outage.objects.filter(site=site).order_by("-started_at")[:50])


def outage_at(among: list[Outage], moment: datetime) -> Outage | None:
    """Which of these outages covers a moment."""
    now = clock.now()
    return next((each for each in among if each.started_at <= moment <= (each.ended_at or now)), None)


def booklets(site: str) -> list[Booklet]:
    """The booklets of a site, the newest first."""
    return list(Booklet.objects.select_related("hall", "printed_by").filter(site=site).order_by("-id")[:20])


def booklet(uuid: UUID) -> Booklet:
    try:
        return Booklet.objects.select_related("hall__place").get(uuid=uuid)
    except (Booklet.DoesNotExist, ValidationError):
        raise NotFound from None


def booklet_of(site: str, typed: str, *, receipt: bool, hall: str) -> tuple[Booklet, int]:
    """The booklet that holds a number typed from a paper, and the number. Raises `SerialUnknown`."""
    read = read_number(typed, receipt=receipt, hall=hall)
    if read is not None:
        holding = Booklet.objects.select_related("hall__place").filter(site=site, hall__code=read[0], first__lte=read[1], last__gte=read[1]).first()
        if holding is not None:
            return holding, read[1]
    raise SerialUnknown(number=typed.strip()[:20], what=RECEIPT if receipt else TICKET)


def claim_of(visit_id: int) -> BackEntry:
    """The receipt that a sitting without a ticket is there for, locked until the transaction ends."""
    claim = found(BackEntry, "visit_id = %s FOR UPDATE", [visit_id])
    if claim is None:
        raise NotFound
    return claim


def entry_of(visit_id: int) -> BackEntry | None:
    return BackEntry.objects.filter(visit_id=visit_id).first()


def entry_with(booklet_id: int, n: int) -> BackEntry | None:
    """Who has this number now: entered, or being entered."""
    shown = BackEntry.objects.select_related("visit__window", "case")
    return shown.filter(booklet_id=booklet_id, n=n).exclude(state="dropped").first()


def already(standing: BackEntry) -> SerialUsed:
    """The refusal of a number that is taken: by which case, or at which window it is being entered."""
    if standing.case is not None:
        return SerialUsed(number=standing.number, used=Words(f"已补录为办件 {standing.case.number}", f"it is case {standing.case.number}"))
    window = standing.visit.window
    return SerialUsed(number=standing.number, used=Words(f"{window.words.zh}正在补录", f"it is being entered at {window.words.en}"))


def entries(site: str) -> list[BackEntry]:
    """What was entered from paper at a site: first what is not confirmed yet, the newest first."""
    shown = BackEntry.objects.select_related("case__item", "case__applicant", "entered_by", "confirmed_by").defer("case__item__body")
    return list(shown.filter(site=site, case__isnull=False).order_by("-state", "-id")[:100])


def entry(uuid: UUID) -> BackEntry:
    try:
        return BackEntry.objects.get(uuid=uuid)
    except (BackEntry.DoesNotExist, ValidationError):
        raise NotFound from None
