"""A job answers a ledger row with a handler once, however often it runs and wherever it dies."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from onewindow.errands.tests.scene import agent, at_once, everything, jobs, rows_written, ticket
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.relay import tasks
from onewindow.kernel.relay.events import Event
from onewindow.kernel.relay.following import relay_pass
from onewindow.kernel.relay.models import Handled
from onewindow.kernel.relay.tasks import Backoff, handle
from onewindow.stages.notices.models import Notice

pytestmark = pytest.mark.usefixtures("fresh_database")


def told() -> dict[str, Any]:
    """A ticket was taken by somebody with a phone, and the relay has deferred the job that tells them."""
    ticket(agent())
    relay_pass()
    ((_, job),) = jobs()
    return job


def test_a_job_that_runs_twice_has_the_effect_of_one() -> None:
    job = told()
    with rows_written() as rows:
        handle(**job)
    assert rows == ["notice.write"]
    assert Notice.objects.get().cause == job["entry_id"]
    before = everything()
    handle(**job)
    assert everything() == before
    assert Handled.objects.filter(**job).count() == 1


def test_a_handler_is_called_once_even_if_it_would_do_its_work_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark alone keeps a repeat away: this handler knows of none."""
    job, heard = told(), list[int]()
    named = {job["handler"]: lambda event: heard.append(event.entry_id)}
    monkeypatch.setattr(tasks, "WIRING", SimpleNamespace(named=lambda: named))
    handle(**job)
    handle(**job)
    assert heard == [job["entry_id"]]


def test_a_job_that_four_workers_run_at_once_has_the_effect_of_one() -> None:
    job = told()
    with rows_written() as rows:
        assert at_once([partial(handle, **job)] * 4) == [None] * 4
    assert rows == ["notice.write"]
    assert Handled.objects.filter(**job).count() == 1


@pytest.mark.parametrize("late", [False, True])
def test_a_handler_that_dies_leaves_no_mark_and_nothing_else(monkeypatch: pytest.MonkeyPatch, late: bool) -> None:
    job = told()
    whole = tasks.WIRING.named()[job["handler"]]

    def dies(event: Event) -> None:
        if late:
            whole(event)
        raise KeyboardInterrupt

    before = everything()
    with monkeypatch.context() as broken:
        broken.setattr(tasks, "WIRING", SimpleNamespace(named=lambda: {job["handler"]: dies}))
        with pytest.raises(KeyboardInterrupt):
            handle(**job)
    assert everything() == before
    with rows_written() as rows:
        handle(**job)
    assert rows == ["notice.write"]


def test_a_handler_nobody_wired_is_a_defect_that_marks_nothing() -> None:
    entry = Entry.objects.earliest("id")
    with pytest.raises(KeyError):
        handle(entry_id=entry.pk, handler="notices.sing")
    assert Handled.objects.count() == 0


def test_retries_wait_longer_and_longer_and_never_end() -> None:
    def wait(attempts: int) -> float | None:
        decision = Backoff().get_retry_decision(exception=ValueError(), job=SimpleNamespace(attempts=attempts))  # type: ignore[arg-type]
        return (decision.retry_at - datetime.now(UTC)).total_seconds()

    for attempts in range(20):
        longest = min(300, 2**attempts)
        waited = wait(attempts)
        assert waited is not None and longest / 2 - 1.5 <= waited <= max(1, longest) + 0.5
    for attempts in (20, 1_000, 10**6):
        waited = wait(attempts)
        assert waited is not None and 148 <= waited <= 300.5
