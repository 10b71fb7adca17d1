"""How the installation is: measured, judged, told; and a failed job let run once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection

from onewindow.errands.tests.scene import newest, refused, rows_written, staff, ticket
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound, NotPermitted, StateConflict
from onewindow.kernel.pulses.actions import beat
from onewindow.kernel.pulses.queries import living
from onewindow.kernel.relay.following import begin_here
from onewindow.oversight.health.actions import retry_job
from onewindow.oversight.health.queries import failed_jobs, measured, standing
from onewindow.oversight.health.rules import DOWN, GOOD, WATCH, Figures, checks, worst

CALM = Figures(
    processes=dict.fromkeys(("web", "streams", "relay", "worker", "visitors"), (1, 2.0)), demonstration=True, relay_rows=0, relay_age=None,
    unsealed_rows=0, unsealed_age=None, seal_age=5.0, jobs_waiting=0, jobs_failed=0, jobs_struggling=0, messages_queued=0, messages_age=None, messages_given_up=0,
    gateway="virtual", database_size=1 << 30, connections=20, connections_most=100, oldest_transaction=0.5, disk_free=50 << 30, disk_size=100 << 30,
    unmigrated=0, program="0.1.0", calendar="cn-2026-x", calendar_until=2026, today=date(2026, 9, 24), keys_age_days={"fields": 30, "seal": 30},
    certificates_days={},
)  # fmt: skip


def test_a_calm_installation_is_calm_in_every_part() -> None:
    found = checks(CALM)
    assert {each.state for each in found} == {GOOD} and worst(found) == GOOD
    assert len({each.code for each in found}) == len(found) == 15
    assert all("怎么" not in each.remedy.zh and each.remedy.zh == "不用处理。" for each in found)


@pytest.mark.parametrize(
    ("other", "code", "state"),
    [
        ({"processes": CALM.processes | {"relay": (0, 61.0)}}, "process-relay", DOWN), ({"processes": CALM.processes | {"worker": (1, 25.0)}}, "process-worker", WATCH),
        ({"processes": {"web": (1, 1.0)}}, "process-streams", DOWN), ({"relay_rows": 5, "relay_age": 11.0}, "relay", WATCH),
        ({"relay_rows": 5, "relay_age": 130.0}, "relay", DOWN), ({"relay_rows": 9999, "relay_age": 1.0}, "relay", GOOD),
        ({"unsealed_rows": 3, "unsealed_age": 61.0}, "seal", WATCH), ({"unsealed_rows": 3, "unsealed_age": 601.0}, "seal", DOWN),
        ({"unsealed_rows": 3, "unsealed_age": 1.0, "seal_age": 99_999.0}, "seal", GOOD), ({"jobs_failed": 1}, "jobs", WATCH), ({"jobs_struggling": 1}, "jobs", WATCH),
        ({"gateway": "none"}, "messages", WATCH), ({"messages_queued": 1, "messages_age": 901.0}, "messages", WATCH),
        ({"connections": 80}, "database", WATCH), ({"connections": 95}, "database", DOWN), ({"oldest_transaction": 61.0}, "transactions", WATCH),
        ({"disk_free": 4 << 30}, "disk", WATCH), ({"disk_free": 1 << 29}, "disk", DOWN), ({"unmigrated": 1}, "tables", DOWN),
        ({"today": date(2026, 12, 1)}, "calendar", WATCH), ({"today": date(2027, 1, 1)}, "calendar", WATCH), ({"keys_age_days": {"seal": 800}}, "keys", WATCH),
        ({"certificates_days": {"gateway": 20}}, "keys", WATCH), ({"certificates_days": {"gateway": -1}}, "keys", DOWN),
    ],
)  # fmt: skip
def test_each_part_says_when_to_look_and_what_to_do(other: dict[str, Any], code: str, state: str) -> None:
    found = {each.code: each for each in checks(replace(CALM, **other))}
    assert found[code].state == state
    assert (found[code].remedy.zh == "不用处理。") is (state == GOOD)
    assert worst(list(found.values())) in ({GOOD} if state == GOOD else {state, DOWN})


def test_simulated_people_are_no_part_of_the_whole() -> None:
    found = checks(replace(CALM, processes=CALM.processes | {"visitors": (0, 500.0)}))
    assert (worst(found), {each.code for each in found if each.state != GOOD}) == (GOOD, {"process-visitors"})


def test_what_is_measured_is_what_is_there(morning: clock.Hand) -> None:
    begin_here()
    before = measured()
    assert (before.relay_rows, before.relay_age, before.unmigrated) == (0, None, 0)
    ticket()
    morning.forward(seconds=30)
    after = measured()
    assert (after.relay_rows, after.relay_age) == (1, 30.0) and after.unsealed_rows == before.unsealed_rows + 1
    assert after.database_size > 1 << 20 and 0 < after.connections < after.connections_most
    assert {each.code for each in standing()} >= {"relay", "seal", "process-web"}


def test_a_beat_is_seen_and_an_old_one_is_old(morning: clock.Hand) -> None:
    assert living() == {}
    beat("web")
    beat("web")
    assert (living()["web"].alive, living()["web"].seconds < 5) == (1, True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pulses_pulse SET at = now() - interval '100 seconds'")
    assert (living()["web"].alive, living()["web"].seconds >= 100) == (0, True)


def failed_job() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)
               VALUES ('events', 'relay.handle', '{"handler": "notices.x"}', 'failed', 3) RETURNING id"""
        )
        return int(cursor.fetchone()[0])


def test_a_failed_job_is_let_run_once_more_and_the_ledger_says_by_whom(morning: clock.Hand) -> None:
    job = failed_job()
    assert [(each.pk, each.task, each.about, each.attempts) for each in failed_jobs()] == [(job, "relay.handle", "notices.x", 3)]
    with refused(NotPermitted):
        retry_job(by=staff("supervisor01"), job_id=job)
    with refused(NotFound):
        retry_job(by=staff("administrator01"), job_id=10**9)
    with rows_written() as rows:
        made = retry_job(by=staff("administrator01"), job_id=job)
    assert (rows, newest(made).facts) == (["intervention.retry"], {"job": job, "task": "relay.handle"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, attempts FROM procrastinate_jobs WHERE id = %s", [job])
        assert cursor.fetchone() == ("todo", 4)
    assert failed_jobs() == []
    with refused(StateConflict):
        retry_job(by=staff("administrator01"), job_id=job)
