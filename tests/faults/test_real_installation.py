"""A real centre: an empty installation starts, takes its district while it runs, and its messages wait for a gateway."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onewindow.config.tests.real import real_folder, swap
from onewindow.instruments.gateways.tests.operator import ACCOUNT, KEY, Operator
from tests.faults.cluster_support import open_folder
from tests.support.centre import Centre
from tests.support.stack import ROOT, until

PASSWORD = "三十六 Windows!"
# Somebody with a telephone takes a ticket; the message is about that.
TICKET = """
import django; django.setup()
from onewindow.foundation.people.actions import register
from onewindow.foundation.people.policies import REGISTER
from onewindow.foundation.places.queries import hall
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import system
from onewindow.stages.queueing.actions import take_ticket
from onewindow.stages.queueing.policies import TAKE
by = system("test", [REGISTER, TAKE])
holder = register(by=by, site="demo-centre", kind="person", name="甲", number="11010519491231002X", phone="12000000001")
take_ticket(by=by, hall=hall("demo-centre", "A"), once=uuid7(), holder_id=holder.pk)
"""


@pytest.fixture
def centre() -> Iterator[Centre]:
    with open_folder() as folder:
        made = Centre(folder / "home")
        yield made
        if made.process is not None and made.process.poll() is None:
            made.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = real_folder(tmp_path / "district")
    for name in ("places.toml", "staff.toml"):
        swap(made / name, "（演示）", "", times=-1)
    return made


@pytest.fixture
def operator() -> Iterator[Operator]:
    with Operator() as server:
        yield server
        server.shutdown()


def test_an_empty_installation_starts_says_what_to_do_and_shows_sensible_pages(centre: Centre) -> None:
    centre.start()
    for sentence in ("还没有大厅和事项，请装入本区数据", "onewindow district load FOLDER", "没有设置短信网关，0 条消息待发送"):
        assert sentence in centre.log
    assert "Demo accounts" not in centre.log and "no text gateway is chosen" in centre.log
    status, front = centre.page("/")
    assert status == 200 and "还没有发布事项" in front and "演示" not in front
    for path in ("/tickets/", "/board/demo-centre/A/", "/devices/phones/"):
        status, page = centre.page(path)
        assert status == 404 and "没有找到您要的内容" in page, path
    assert (centre.page("/signin/")[0], centre.page("/progress/")[0]) == (200, 200)
    assert centre.signed_in("clerk01", "onewindow-demo") == 401
    assert centre.report("gateway", "status") == (
        0, {"schema": "onewindow.gateway.status/1", "ok": True, "gateway": "none", "queued": 0, "since": None, "given_up": 0},
    )  # fmt: skip
    assert "no accounts yet" in centre.run("accounts", "list").stdout
    assert centre.rows("SELECT count(*) FROM ledger_entry") == [(0,)]
    assert centre.run("audit", "verify").returncode == 0
    assert centre.stop() == 0
    assert centre.left() == []


def test_a_district_is_loaded_while_it_runs_and_its_people_sign_in(centre: Centre, folder: Path) -> None:
    centre.start()
    refused = centre.run("district", "load", str(ROOT / "demo"))
    assert refused.returncode == 1 and "[demo-data]" in refused.stdout and "nothing was changed" in refused.stdout
    assert centre.run("district", "load", "--demo", str(ROOT / "demo")).returncode == 2
    assert centre.rows("SELECT count(*) FROM ledger_entry") == [(0,)]

    assert centre.run("district", "check", str(folder)).returncode == 0
    code, rehearsed = centre.report("district", "load", "--dry-run", str(folder))
    assert (code, centre.rows("SELECT count(*) FROM ledger_entry")) == (0, [(0,)])
    code, loaded = centre.report("district", "load", str(folder))
    assert code == 0 and loaded["changes"] == rehearsed["changes"] and loaded["changed"] != 0
    swap(folder / "items" / "food-business-licence.json", '"开饭店、办食堂', '"新：开饭店、办食堂')
    _, changed = centre.report("district", "load", str(folder))
    assert [change["en"] for change in changed["changes"]] == ["item food-business-licence version 2"]  # type: ignore[attr-defined]
    assert "新：开饭店" in centre.page("/items/food-business-licence/")[1] and centre.page("/tickets/")[0] == 200

    assert centre.signed_in("clerk01", "onewindow-demo") == 401
    weak = centre.piped("short\n", "accounts", "password", "clerk01")
    assert weak.returncode == 1 and "至 128 个字符" in weak.stderr and "characters" in weak.stderr
    done = centre.piped(f"{PASSWORD}\n", "accounts", "password", "clerk01")
    assert done.returncode == 0 and PASSWORD not in done.stdout + done.stderr
    assert centre.signed_in("clerk01", PASSWORD) == 303
    assert centre.run("accounts", "suspend", "clerk01").returncode == 0
    assert centre.signed_in("clerk01", PASSWORD) == 401
    assert centre.run("accounts", "reinstate", "clerk01").returncode == 0
    assert centre.signed_in("clerk01", PASSWORD) == 303

    accounts = centre.report("accounts", "list")[1]["accounts"]
    without = sum(not account["password"] for account in accounts)  # type: ignore[attr-defined, index]
    assert without == len(accounts) - 1  # type: ignore[arg-type]


def test_messages_wait_for_a_gateway_and_go_out_when_there_is_one(centre: Centre, folder: Path, operator: Operator) -> None:
    centre.start()
    assert centre.run("district", "load", str(folder)).returncode == 0
    centre.python(TICKET)
    until(lambda: centre.rows("SELECT 1 FROM procrastinate_jobs WHERE attempts > 0 AND status = 'todo'"), "it was tried, and will be again")
    assert centre.rows("SELECT state, moves FROM notices_notice") == [("queued", 1)]
    assert centre.report("gateway", "status")[0] == 0
    centre.rows("UPDATE notices_notice SET began_at = began_at - interval '1 hour' RETURNING 1")
    code, found = centre.report("gateway", "status")
    assert (code, found["ok"], found["queued"]) == (1, False, 1)
    assert "12000000001" not in centre.log
    assert centre.stop() == 0

    (centre.home / "keys" / "gateway.key").write_bytes(KEY)
    centre.settings = {"ONEWINDOW_GATEWAY": "http", "ONEWINDOW_GATEWAY_URL": operator.url, "ONEWINDOW_GATEWAY_ACCOUNT": ACCOUNT}
    centre.start()
    # The pause before the next try grows while nobody carries it: here it is over.
    centre.rows("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' RETURNING 1")
    until(lambda: centre.rows("SELECT state FROM notices_notice") == [("sent",)], "the message goes out")
    (message,) = operator.taken.values()
    assert message["phone"] == "12000000001" and message["text"].startswith("【一窗】您的号码是 A001")
    assert [str(uuid) for (uuid,) in centre.rows("SELECT uuid FROM notices_notice")] == [message["reference"]]
    assert centre.report("gateway", "status")[1]["queued"] == 0
    assert "12000000001" not in centre.log and "A001" not in centre.log
    tried = centre.piped("12000000003\n", "gateway", "try")
    assert tried.returncode == 0, tried.stderr
    assert [sent["phone"] for sent in operator.taken.values()] == ["12000000001", "12000000003"]
    assert "12000000003" not in tried.stdout + tried.stderr


def test_a_gateway_that_cannot_be_used_is_told_before_anything_starts(centre: Centre) -> None:
    centre.settings = {"ONEWINDOW_GATEWAY": "http", "ONEWINDOW_GATEWAY_URL": "http://sms.example/send"}
    done = centre.run("up", "--port", str(centre.port), "--streams-port", str(centre.streams_port))
    assert done.returncode == 1
    assert "ONEWINDOW_GATEWAY_URL 不能用：不是本机的网关必须用 https" in done.stderr
    assert "a gateway on another machine must be https" in done.stderr
    assert done.stderr.count("无法启动") == 1 and done.stderr.count("Cannot start") == 1
    assert centre.left() == []
    assert centre.run("audit", "verify").returncode == 0  # what needs no gateway goes on without one
