"""A real centre: an empty installation starts, and takes its district while it runs."""

from __future__ import annotations

from pathlib import Path

from onewindow.config.tests.real import swap
from tests.support.centre import Centre
from tests.support.stack import ROOT

PASSWORD = "三十六 Windows!"


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
