"""Getting an installation ready: database started or found, checked, migrated, the demonstration loaded.

Django reads its database address once, so what needs the owner's role runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from onewindow.config import places_on_disk
from onewindow.kernel.cluster import Cluster, check_server, endpoints
from onewindow.kernel.errors import CannotStart

SETTINGS = "onewindow.config.settings"


@dataclass(frozen=True)
class Addresses:
    """Where the database is, for the running role and for the owner; `cluster` when it is the embedded one."""

    app: str
    owner: str
    cluster: Cluster | None

    def environment(self, *, owner: bool = False) -> dict[str, str]:
        """The environment of a child process."""
        return os.environ | {
            "DATABASE_URL": self.owner if owner else self.app,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "ONEWINDOW_HOME": str(places_on_disk.home()),
        }

    def adopt(self) -> None:
        """Make this process itself use the database under the running role."""
        os.environ.update(self.environment())


def reach() -> Addresses:
    """The database named by `DATABASE_URL` (checked), else the embedded one (started). Raises `CannotStart`."""
    named = endpoints(os.environ)
    if named is not None:
        app, owner = named.app.url(), named.owner.url()
        check_server(app, owner, separate_roles="DATABASE_OWNER_URL" in os.environ)
        return Addresses(app, owner, None)
    cluster = Cluster(places_on_disk.home() / "database")
    cluster.start()
    return Addresses(cluster.dsn("app"), cluster.dsn("owner"), cluster)


@contextmanager
def reached() -> Iterator[Addresses]:
    """`reach` for the time of a block; an embedded database nobody else uses is stopped afterwards."""
    if endpoints(os.environ) is not None:
        yield reach()
        return
    with Cluster(places_on_disk.home() / "database") as cluster:
        yield Addresses(cluster.dsn("app"), cluster.dsn("owner"), cluster)


def prepare(addresses: Addresses, *, demonstration: bool = True, serving: bool = False) -> None:
    """Bring the tables up to date as owner; then, as the running role, check the clock and fill an empty database.

    Before `serving`, what only the running processes need is checked as well. Raises `CannotStart` with what
    the child said, when it said it as a refusal.
    """
    _run(addresses, "migrate", owner=True)
    _run(addresses, "ready" if serving else "begin" if demonstration else "check", owner=False)
    if serving:
        _run(addresses, "history", owner=False, shown=True)
        _run(addresses, "tidy", owner=True)


def standing(addresses: Addresses) -> dict[str, Any]:
    """What there is so far, for the page printed at the start; empty when it cannot be told."""
    done = _child(addresses, "standing", owner=False)
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {}
    return told


def _child(addresses: Addresses, what: str, *, owner: bool, shown: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onewindow.config.processes", what],
        env=addresses.environment(owner=owner), stdout=subprocess.PIPE, stderr=None if shown else subprocess.PIPE, text=True, check=False,
    )  # fmt: skip


def _run(addresses: Addresses, what: str, *, owner: bool, shown: bool = False) -> None:
    """Run one role of `config.processes` to its end; `shown`: what it says of its progress is seen at once."""
    done = _child(addresses, what, owner=owner, shown=shown)
    if done.returncode == 0:
        return
    sys.stderr.write(done.stderr or "")
    lines = (done.stdout.strip().splitlines() or [""])[-2:]
    zh, en = lines if len(lines) == 2 else ("准备数据库时出错，详见上方输出", "preparing the database failed, see above")
    raise CannotStart(
        what_zh=zh.removeprefix("无法启动：").rstrip("。"), do_zh="已有数据未受影响，处理后请重新启动",
        what_en=en.removeprefix("Cannot start: ").rstrip("."), do_en="Existing data is untouched; mend this and start again",
    )  # fmt: skip
