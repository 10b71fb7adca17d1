"""What is compared with the ledger before an installation starts."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from onewindow.kernel import clock
from onewindow.kernel.errors import CannotStart, ClockWrong
from onewindow.kernel.ledger.models import Entry

# A clock behind the last recorded move by more than this cannot be right.
BEHIND = timedelta(minutes=2)
# A clock this far beyond the last recorded move is more likely wrong than a centre asleep for so long.
AHEAD = timedelta(days=400)


def check_clock() -> None:
    """Raise `ClockWrong` when the machine's clock is behind the ledger, or absurdly far ahead of it."""
    last = Entry.objects.order_by("-id").values_list("at", flat=True).first()
    if last is None:
        return
    now = clock.now()
    if now < last - BEHIND or now > last + AHEAD:
        raise ClockWrong(now=f"{clock.local(now):%Y-%m-%d %H:%M}", last=f"{clock.local(last):%Y-%m-%d %H:%M}")


def check_transactions() -> None:
    """Raise `CannotStart` when the ledger holds transaction numbers this server has not reached.

    So it is after a dump was restored into a new server: relay and sealer, which follow transaction
    numbers, would wait for ever.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(xid) >= pg_snapshot_xmax(pg_current_snapshot()) FROM ledger_entry")
        (beyond,) = cursor.fetchone()
    if beyond:
        raise CannotStart(
            what_zh="台账来自另一台数据库服务器（事务号超前），可能是备份恢复所致",
            do_zh="请按运维手册“恢复之后”一节用 pg_resetwal 调高事务号后再启动",
            what_en="The ledger comes from another server (its transaction numbers lie ahead), as after a restore",
            do_en="Raise the transaction counter with pg_resetwal as told under “After a restore” in the operations guide",
        )


def check_tables() -> None:
    """Raise `CannotStart` when the tables are not those of this version of the product. Reads only."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CannotStart(
            what_zh="数据库里还没有本版本的表",
            do_zh="请先用 onewindow up 启动一次，再重试",
            what_en="The database does not have the tables of this version yet",
            do_en="Start once with onewindow up, then try again",
        )
