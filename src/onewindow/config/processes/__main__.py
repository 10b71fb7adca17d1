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


def _relay() -> None:
    from onewindow.config.processes.relay import run

    run()


def _worker() -> None:
    from onewindow.config.processes.worker import run

    run()


_ROLES = {"migrate": _migrate, "check": _check, "begin": _begin, "relay": _relay, "worker": _worker}

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
