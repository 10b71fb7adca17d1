"""`onewindow audit verify` as it is called at night: it changes nothing, whatever it finds, and needs no right clock."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.db import connection, connections

from onewindow.config.command_line import main
from onewindow.config.commands import audit as commands
from onewindow.config.processes.installation import Addresses
from onewindow.errands.tests.scene import available, everything, opening, seated
from onewindow.kernel import clock
from onewindow.kernel.ledger.tests.lives import anchor, party, seal

Owner = Callable[..., object]


@pytest.fixture
def night(fresh_database: str, cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the test's own database, as it would find the installation's."""
    from contextlib import contextmanager

    name = connections["default"].settings_dict["NAME"]

    @contextmanager
    def found() -> Iterator[Addresses]:
        yield Addresses(cluster.dsn("app", name), cluster.dsn("owner", name), None)

    monkeypatch.setattr(commands, "reached", found)
    monkeypatch.setenv("DATABASE_URL", cluster.dsn("app", name))
    seal()


def verify(*options: str) -> Result:
    done = CliRunner().invoke(main, ["audit", "verify", *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def report(*, code: int) -> dict[str, Any]:
    done = verify("--json")
    assert done.exit_code == code, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_says_how_many_documents_were_compared(night: None) -> None:
    with opening():
        available(*seated())
    seal()
    assert (report(code=0)["documents"], report(code=0)["good"]) == (4, True)
    assert "4 份文书" in verify().output and "4 documents" in verify().output


def test_a_disabled_trigger_is_named_and_stays_as_it_is(night: None, as_owner: Owner) -> None:
    """Migrating first, as commands that write do, would have put it back in place unseen."""
    as_owner("ALTER TABLE cases_case DISABLE TRIGGER ledger_guard_move")
    for _ in range(2):
        assert [(f["rule"], f["place"]) for f in report(code=1)["findings"]] == [("guard-disabled", "cases_case.ledger_guard_move")]
    assert as_owner("SELECT tgenabled::text FROM pg_trigger WHERE tgname = 'ledger_guard_move' AND tgrelid = 'cases_case'::regclass") == [("D",)]
    assert "表 cases_case 的触发器 ledger_guard_move 被停用" in verify().output


def test_it_changes_nothing_in_the_database_nor_on_disk(night: None) -> None:
    before, lines = everything(), anchor().read_text()
    party()
    Path(settings.SEAL_KEY).unlink()
    changed = everything()
    assert [f["rule"] for f in report(code=1)["findings"]] == ["seal-key-missing"]
    assert (everything(), anchor().read_text()) == (changed, lines)
    assert changed != before and not Path(settings.SEAL_KEY).exists()


def test_a_wrong_clock_is_told_of_and_does_not_hinder(night: None) -> None:
    with clock.use(clock.Hand(clock.now() - timedelta(days=3000))):
        found = report(code=0)
        assert [warning["rule"] for warning in found["warnings"]] == ["clock-wrong"]
        assert "注意 Note: 本机时钟" in verify().output


def test_tables_of_another_version_are_refused_in_words(night: None, as_owner: Owner) -> None:
    as_owner("DELETE FROM django_migrations WHERE app = 'ledger'")
    done = verify()
    assert (done.exit_code, done.stdout) == (1, "")
    assert "还没有本版本的表" in done.stderr and "onewindow up" in done.stderr


def test_without_an_installation_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ONEWINDOW_HOME", str(tmp_path / "nowhere"))
    done = verify()
    assert done.exit_code == 1 and "还没有数据库" in done.stderr and "There is no database" in done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_sealing_by_hand_beside_a_damaged_anchor_is_refused_in_words(night: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr(commands, "attached", nullcontext)
    with open(anchor(), "a") as stream:
        stream.write("garbled\n")
    party()
    done = CliRunner().invoke(main, ["audit", "seal"])
    assert done.exit_code == 1 and "已损坏" in done.stderr and "is damaged" in done.stderr
    assert [f["place"] for f in report(code=1)["findings"]] == [f"{anchor()}:2"]
    connection.close()
