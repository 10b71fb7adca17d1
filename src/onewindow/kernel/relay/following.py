"""The relay: follows the ledger by transaction horizon, defers jobs in batches, notifies in one breath.

Requests write the ledger and nothing else. Ids commit out of order, so the relay never trusts the
largest id it has seen: it reads rows of transactions below `pg_snapshot_xmin`, in (xid, id) order.
The jobs, the notifications and the cursor are one transaction: a relay that dies in between has done
nothing, and the next pass does it all.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from django.db import connection, transaction

from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.relay.events import WIRING, Event, Wiring, event_name, handler_name
from onewindow.kernel.relay.models import Cursor
from onewindow.kernel.relay.tasks import handle

BATCH = 2_000
CHANNEL = "onewindow"
# NOTIFY carries at most 8,000 bytes; a message this long is split.
MESSAGE_IDS = 200
_NAME = "relay"


def relay_pass(wiring: Wiring = WIRING) -> int:
    """Pass on everything at rest since the last pass; how many ledger rows were read."""
    with transaction.atomic():
        Cursor.objects.get_or_create(name=_NAME, defaults={"xid": 0, "entry_id": 0})
        cursor = Cursor.objects.select_for_update().get(name=_NAME)
        events = _at_rest(cursor)
        if not events:
            return 0
        _defer(wiring, events)
        _notify(wiring, events)
        last_xid, last_id = events[-1][0], events[-1][1].entry_id
        Cursor.objects.filter(name=_NAME).update(xid=last_xid, entry_id=last_id)
    return len(events)


def begin_here() -> None:
    """Pass over everything in the ledger so far: a past that was brought in concerns no handler any more.

    Only while nothing is being written besides: what is open at this moment would be passed over too.
    """
    with transaction.atomic(), connection.cursor() as db:
        db.execute(
            """INSERT INTO relay_cursor (name, xid, entry_id)
               SELECT %s, xid, id FROM ledger_entry ORDER BY ledger_entry.xid DESC, ledger_entry.id DESC LIMIT 1
               ON CONFLICT (name) DO UPDATE SET xid = excluded.xid, entry_id = excluded.entry_id""",
            [_NAME],
        )


def _at_rest(cursor: Cursor) -> list[tuple[str, Event]]:
    with connection.cursor() as db:
        db.execute(
            """SELECT xid::text AS shown, id, subject_kind, subject_id, verb, by, at, site, facts FROM ledger_entry
               WHERE (xid, id) > (%s::xid8, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot())
               ORDER BY ledger_entry.xid, ledger_entry.id LIMIT %s""",
            [str(cursor.xid), cursor.entry_id, BATCH],
        )
        return [
            (xid, Event(pk, event_name(kind, verb), kind, subject, verb, by, at, site, json.loads(facts)))
            for xid, pk, kind, subject, verb, by, at, site, facts in db.fetchall()
        ]


def _defer(wiring: Wiring, events: list[tuple[str, Event]]) -> None:
    jobs: list[dict[str, Any]] = [
        {"entry_id": event.entry_id, "handler": handler_name(handler)}
        for _, event in events
        for handler in wiring.handlers.get(event.name, ())
    ]
    if jobs:
        handle.batch_defer(*jobs)


def _notify(wiring: Wiring, events: list[tuple[str, Event]]) -> None:
    touched: dict[str, list[int]] = defaultdict(list)
    for _, event in events:
        for topics in wiring.topics:
            for topic in topics(event):
                if event.subject_id not in touched[topic]:
                    touched[topic].append(event.subject_id)
    with connection.cursor() as db:
        for topic, ids in touched.items():
            for start in range(0, len(ids), MESSAGE_IDS):
                message = json.dumps({"topic": topic, "ids": ids[start : start + MESSAGE_IDS]})
                db.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message])


def event_of(entry: Entry) -> Event:
    """The event a stored ledger row tells."""
    return Event(
        entry.pk, event_name(entry.subject_kind, entry.verb), entry.subject_kind, entry.subject_id,
        entry.verb, entry.by, entry.at, entry.site, entry.facts,
    )  # fmt: skip
