"""The only writers of messages."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from onewindow.foundation.people.queries import phone_of
from onewindow.instruments.gateways import Gateway
from onewindow.kernel.errors import WrongState
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.permissions import Actor
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.queries import query_code
from onewindow.stages.notices.models import Notice
from onewindow.stages.notices.templates import render


def write(*, by: Actor, site: str, cause: int, party_id: int, template: str, values: Mapping[str, str]) -> None:
    """Queue one message for one cause. The same cause, party and template again does nothing."""
    try:
        with transaction.atomic():
            begin(
                Notice, "write", by=by, site=site, facts={"cause": cause, "party": party_id, "template": template},
                cause=cause, party_id=party_id, template=template, values=dict(values),
            )  # fmt: skip
    except IntegrityError:
        if not Notice.objects.filter(cause=cause, party_id=party_id, template=template).exists():
            raise


def send(*, by: Actor, notice_id: int, gateway: Gateway) -> None:
    """Hand a queued message to the gateway and mark it sent.

    The gateway is asked while the message is locked, with the message's own reference: a worker killed
    after the gateway took it leaves it queued, and sending again under the same reference reaches the
    phone no second time. A message already sent is left alone.
    """
    notice = Notice.objects.select_related("party").get(pk=notice_id)
    phone = phone_of(notice.party_id)
    try:
        # A savepoint of its own: a message somebody else has sent meanwhile must not break the caller's transaction.
        with transaction.atomic(), moving(Notice, notice_id, "send" if phone else "give-up", by=by) as motion:
            if phone:
                text = render(notice.template, _opened(notice.values), notice.party.language)
                gateway.send(reference=str(notice.uuid), phone=phone, text=text)
                motion.record(gateway=gateway.name)
            else:
                motion.record(why="no-phone")
    except WrongState:
        return


def give_up(*, by: Actor, notice_id: int, gateway: str, why: str) -> None:
    """Close a message that will never be sent. One that is no longer queued is left alone."""
    try:
        with transaction.atomic(), moving(Notice, notice_id, "give-up", by=by) as motion:
            motion.record(gateway=gateway, why=why)
    except WrongState:
        return


def _opened(values: Mapping[str, str]) -> dict[str, str]:
    """The values with the query code of their visit, which is kept sealed until a message is on its way."""
    if "visit" not in values:
        return dict(values)
    return {**values, "query": query_code(Visit.objects.get(pk=int(values["visit"])))}
