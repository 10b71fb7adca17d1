"""How long every page takes, how often it asks the database, and how much it sends, with the demonstration's past loaded.

Measured in one process from the request to the last byte of the response (middleware, view, database, template), one
page after the other, the first round thrown away: what a process reads once has been read.
"""

from __future__ import annotations

import gzip
import time
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.bench.pages import Page, every_page
from onewindow.bench.timings import percentiles
from onewindow.foundation.staff.models import Staff


def run(*, rounds: int) -> list[dict[str, Any]]:
    """Each page, opened `rounds` times."""
    return [_measured(page, rounds) for page in every_page()]


def _measured(page: Page, rounds: int) -> dict[str, Any]:
    client = Client()
    if page.account:
        client.force_login(Staff.objects.get(username=page.account))
    with CaptureQueriesContext(connection) as asked:
        first = client.get(page.path)
    seconds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        answer = client.get(page.path)
        seconds.append(time.perf_counter() - begun)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page.path)
    sent = bytes(answer.content)
    return {
        "name": page.name, "status": first.status_code, "queries": len(asked), "bytes": len(sent), "bytes_gzip": len(gzip.compress(sent)),
    } | percentiles(seconds)  # fmt: skip
