"""The test database: one cluster a test process, one template a state of the code, one database a run.

Tests run under the running role, as the product does: a grant that is missing fails here first. A test
that commits (races, relay, sealer) asks for `fresh_database`, a clone of its own.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parent
# Each test process has a cluster of its own: the relay and the sealer wait for every open transaction of a cluster.
HOME = ROOT / "var" / "tests" / os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["ONEWINDOW_HOME"] = str(HOME)  # set anew in a worker, which inherits its controller's
os.environ["ONEWINDOW_CLOCK"] = "machine"  # tests move their own clocks
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")

from onewindow.kernel.cluster import Cluster  # noqa: E402

# Whatever the tests' clocks say lies after the district was set up: nothing begins before the ledger's newest row.
BORN = """
import sys
from datetime import datetime
from onewindow.config.processes.__main__ import main
from onewindow.kernel import clock
with clock.use(clock.Hand(datetime(2026, 1, 5, 9))):
    sys.exit(main(sys.argv[1]))
"""
Enter = Callable[[], AbstractContextManager[None]]
EXTRA = {"shared_buffers": "64MB", "max_wal_size": "256MB"}


def _code_digest() -> str:
    """A name for this state of the code and of the demonstration's data; tests change nothing in a database."""
    digest = hashlib.sha256()
    for folder in (ROOT / "src", ROOT / "demo", ROOT / "docs" / "law" / "statutes"):
        for path in sorted(folder.rglob("*")):
            within = {*path.relative_to(folder).parts}
            if path.suffix in {".py", ".toml", ".json", ".csv", ".md", ".bin"} and not {"__pycache__", "tests"} & within:
                digest.update(str(path.relative_to(ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The running embedded PostgreSQL of the unit tests; fsync is off here, and only here."""
    with Cluster(HOME / "database", durable=False, extra=EXTRA) as running:
        yield running


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> str:
    """A database with all tables and the demonstration district, made once for this state of the code."""
    name = f"template_{_code_digest()}"
    HOME.mkdir(parents=True, exist_ok=True)
    with FileLock(HOME / "template.lock"):
        if name not in _databases(cluster):
            for old in _databases(cluster):
                if old.startswith(("template_2", "template_building", "test_", "fresh_")) or old.startswith("template_"):
                    _drop(cluster, old)
            building = "template_building"
            cluster.create_database(building)
            for role, step in (("owner", "migrate"), ("app", "begin")):
                subprocess.run(
                    [sys.executable, "-c", BORN, step],
                    env=os.environ | {"DATABASE_URL": cluster.dsn(role, building), "ONEWINDOW_HOME": str(HOME)},  # type: ignore[arg-type]
                    check=True,
                )
            _superuser(cluster, f'ALTER DATABASE {building} RENAME TO "{name}"')
    return name


@pytest.fixture(scope="session")
def django_db_setup(cluster: Cluster, template: str, worker_id: str, django_db_blocker: object) -> Iterator[None]:
    """Point Django at this process's own clone of the template."""
    name = f"test_{worker_id}_{os.getpid()}"
    _clone(cluster, name, template)
    _use(cluster, name)
    yield
    from django.db import connections

    connections.close_all()
    _drop(cluster, name)


@pytest.fixture(scope="session")
def clone(cluster: Cluster, template: str, django_db_setup: None, django_db_blocker) -> Callable[[str], AbstractContextManager[Enter]]:  # type: ignore[no-untyped-def]
    """Makes a clone of the template under a name, and gives what enters it: within, everything commits there."""

    @contextmanager
    def entered(name: str) -> Iterator[None]:
        from django.db import connections

        usual = connections["default"].settings_dict["NAME"]
        connections.close_all()
        _use(cluster, name)
        with django_db_blocker.unblock():
            yield
            connections.close_all()
        _use(cluster, usual)

    @contextmanager
    def made(name: str) -> Iterator[Enter]:
        _clone(cluster, name, template)
        yield lambda: entered(name)
        _drop(cluster, name)

    return made


@pytest.fixture
def fresh_database(clone: Callable[[str], AbstractContextManager[Enter]], request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the test's own, in which everything commits; its name. Threads and processes may use it too."""
    name = f"fresh_{os.getpid()}_{abs(hash(request.node.nodeid)) % 10**8}"
    with clone(name) as enter, enter():
        yield name


@pytest.fixture
def as_owner(cluster: Cluster) -> Callable[[str], object]:
    """Runs one statement as the owner in the database now in use: for tests that tamper."""
    import psycopg
    from django.db import connections

    def run(statement: str, *params: object) -> object:
        with psycopg.connect(cluster.dsn("owner", connections["default"].settings_dict["NAME"]), autocommit=True) as connection:
            done = connection.execute(statement, params or None)  # type: ignore[call-overload]
            return done.fetchall() if done.description else done.rowcount

    return run


@pytest.fixture(autouse=True)
def own_devices(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    """Each test has virtual phones, a tray, an anchor and a seal key of its own, and the field keys the template was filled under."""
    settings.FIELD_KEYS = str(HOME / "keys" / "fields.json")
    settings.VIRTUAL_PHONES = str(tmp_path / "phones.sqlite")
    settings.VIRTUAL_TREASURY = str(tmp_path / "treasury.sqlite")
    settings.TRAY = str(tmp_path / "tray")
    settings.ANCHOR = str(tmp_path / "seals.jsonl")
    settings.SEAL_KEY = str(tmp_path / "seal.key")
    settings.CALENDAR_RENEW_S = float("inf")  # no question of its own among those a test counts


@pytest.fixture(autouse=True)
def forgetful() -> None:
    """What a process reads once is read anew in each test: each test may have another database, or none."""
    from django.db.backends.base.base import BaseDatabaseWrapper

    from onewindow.errands.tests.scene import forget
    from onewindow.law.calendars import install, shipped
    from onewindow.spine.holidays.queries import published

    forget()
    # Where a test has no database the notices that are shipped are all there are.
    install(lambda: shipped() if BaseDatabaseWrapper.ensure_connection.__name__ == "_blocking_wrapper" else published())


@pytest.fixture
def morning(request: pytest.FixtureRequest) -> Iterator[object]:
    """Thursday, 24 September 2026, ten in the morning, until the test moves the hand."""
    from onewindow.errands.tests.scene import opening

    request.getfixturevalue("fresh_database" if "fresh_database" in request.fixturenames else "db")
    with opening() as hand:
        yield hand


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


def _use(cluster: Cluster, name: str) -> None:
    from django.db import connections

    from onewindow.config.database import django_database

    url = cluster.dsn("app", name)
    os.environ["DATABASE_URL"] = url
    wanted = {key: value for key, value in django_database(url, pool=None).items() if key != "TEST"}
    connections["default"].close()
    connections["default"].settings_dict.update(wanted)
    connections.settings["default"].update(wanted)


def _clone(cluster: Cluster, name: str, template: str) -> None:
    """A database like the template: its files copied (half the time of copying through the log), its own rights given anew."""
    from onewindow.kernel.cluster.roles import APP, OWNER

    _superuser(cluster, f'CREATE DATABASE "{name}" OWNER {OWNER} TEMPLATE "{template}" STRATEGY FILE_COPY')
    _superuser(cluster, f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC; GRANT CONNECT ON DATABASE "{name}" TO {APP}')


def _databases(cluster: Cluster) -> list[str]:
    return [row[0] for row in _superuser(cluster, "SELECT datname FROM pg_database WHERE NOT datistemplate")]


def _drop(cluster: Cluster, name: str) -> None:
    _superuser(cluster, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _superuser(cluster: Cluster, statement: str) -> list[tuple[str]]:
    import psycopg

    with psycopg.connect(cluster.dsn("superuser", "postgres"), autocommit=True) as connection:
        done = connection.execute(statement)  # type: ignore[call-overload]
        return done.fetchall() if done.description else []
