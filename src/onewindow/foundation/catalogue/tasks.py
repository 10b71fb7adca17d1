"""Jobs of the catalogue: the dry run of an import, and its writing; and the publishing of what is due."""

from __future__ import annotations

from procrastinate.contrib.django import app

from onewindow.foundation.catalogue.drafts.tasks import publish
from onewindow.foundation.catalogue.exchange import handing
from onewindow.kernel.relay.tasks import Backoff

__all__ = ["carry_out", "publish", "try_out"]


@app.task(name="catalogue.try_out", queue="events", retry=Backoff())
def try_out(import_id: int) -> None:
    """Make the report of a file that was brought; run twice it is made once."""
    handing.try_out(import_id)


@app.task(name="catalogue.carry_out", queue="events", retry=Backoff())
def carry_out(import_id: int) -> None:
    """Write what was confirmed; run twice it is written once."""
    handing.carry_out(import_id)
