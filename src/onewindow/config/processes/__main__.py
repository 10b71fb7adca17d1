"""``python -m onewindow.config.processes NAME``: one process of the installation, its database in `DATABASE_URL`."""

from __future__ import annotations

import sys

import django


def main(name: str) -> int:
    """Run the process called `name`; 1 with the refusal's two sentences on standard output when it will not."""
    django.setup()
    from django.db import DatabaseError

    from onewindow.config.failures import as_refusal
    from onewindow.kernel.errors import Refusal

    try:
        _ROLES[name]()
    except (Refusal, DatabaseError) as error:
        refusal = as_refusal(error)
        if refusal is None:
            raise
        print(refusal.message("zh-hans"), refusal.message("en"), sep="\n")
        return 1
    return 0


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _check() -> None:
    from onewindow.kernel.ledger.checks import check_clock, check_transactions

    check_transactions()
    check_clock()


def _begin() -> None:
    from onewindow.config.demonstration import load_if_empty

    _check()
    load_if_empty()


def _ready() -> None:
    from onewindow.config.demonstration import go_on
    from onewindow.config.notices.gateway import chosen
    from onewindow.instruments.payments import installed as payments
    from onewindow.instruments.printing import installed

    chosen()  # told before anything starts, not by a worker at the first message
    installed.check()
    payments.check()
    go_on()
    _begin()
    _publish_what_is_due()


def _publish_what_is_due() -> None:
    """What was approved for a day the machine slept through is in force before anybody is served."""
    from onewindow.foundation.catalogue.drafts.tasks import publish_all_due

    publish_all_due()


def _history() -> None:
    from onewindow.config.demonstration import live_through_the_past

    if live_through_the_past(_say_days):
        print(file=sys.stderr)


def _say_days(done: int, days: int) -> None:
    print(f"\r  准备演示历史 · making the demonstration's past: {done}/{days}", end="", file=sys.stderr, flush=True)


def _tidy() -> None:
    """After a large load: the planner knows the tables from the first page on."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _standing() -> None:
    import json

    from onewindow.config.notices.waiting import waiting
    from onewindow.config.standing import standing

    messages = waiting()
    print(json.dumps(standing() | {"gateway": messages.gateway, "queued": messages.queued}))


def _relay() -> None:
    from onewindow.config.processes.relay import run

    run()


def _worker() -> None:
    from onewindow.config.processes.worker import run

    run()


def _visitors() -> None:
    from onewindow.config.processes.visitors import run

    run()


_ROLES = {
    "migrate": _migrate, "check": _check, "begin": _begin, "ready": _ready, "standing": _standing, "relay": _relay, "worker": _worker,
    "history": _history, "tidy": _tidy, "visitors": _visitors,
}  # fmt: skip

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
