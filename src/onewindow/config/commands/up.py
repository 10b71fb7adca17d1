"""`onewindow up`: everything, until Ctrl-C."""

from __future__ import annotations

import os
from typing import Any

import click

from onewindow.config.processes.installation import Addresses, standing
from onewindow.config.processes.up import up
from onewindow.foundation.catalogue.definition import demo_folder, load_district
from onewindow.foundation.catalogue.definition.district import Staff
from onewindow.kernel.errors import CannotStart


@click.command("up")
@click.option("--port", default=8000, show_default=True, help="Port of the web pages.")
@click.option("--streams-port", default=8001, show_default=True, help="Port of the live streams.")
def command(port: int, streams_port: int) -> None:
    """Start everything and serve until Ctrl-C: database, web, streams, relay, worker."""
    try:
        up(port=port, streams_port=streams_port, say=_page)
    except CannotStart as refusal:
        click.echo(refusal.message("zh-hans"), err=True)
        click.echo(refusal.message("en"), err=True)
        raise SystemExit(1) from None


def _page(base: str, addresses: Addresses) -> None:
    """One clear page: of a demonstration its addresses and accounts, of a real centre what is still to be done."""
    if os.environ.get("ONEWINDOW_DEMONSTRATION", "on") == "off":
        click.echo("\n".join(_real(base, standing(addresses))))
    else:
        _demonstration(base)


def _real(base: str, found: dict[str, Any]) -> list[str]:
    lines = [
        "",
        "  一窗 OneWindow 已启动 · is running",
        "",
        f"  首页 Front door          {base}/",
        f"  取号 Tickets             {base}/tickets/",
        *(f"  叫号屏 Board             {base}/board/{hall}/" for hall in found.get("halls", ())),
        f"  工作人员 Staff           {base}/signin/",
        "",
    ]
    steps = _next(found)
    if steps:
        lines += ["  下一步 · next", *(f"  {n}. {zh}\n     {en}\n     {how}" for n, (zh, en, how) in enumerate(steps, 1)), ""]
    return [*lines, "  Ctrl-C 停止 · stops everything; data is kept", ""]


def _next(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What is still missing: said in both languages, and how it is done."""
    steps = []
    if not found.get("halls"):
        steps.append(("还没有大厅和事项，请装入本区数据", "There is no hall and no item yet; load your district", "onewindow district load FOLDER"))
    if found.get("without_password"):
        n = found["without_password"]
        steps.append((f"{n} 个账号还没有密码，不能登录", f"{n} account(s) have no password and cannot sign in", "onewindow accounts password LOGIN"))
    if found.get("gateway") == "none":
        n = found.get("queued", 0)
        steps.append((f"没有设置短信网关，{n} 条消息待发送", f"No text gateway is set; {n} message(s) wait", "ONEWINDOW_GATEWAY=http · docs/operations"))
    return steps


def _demonstration(base: str) -> None:
    district = load_district(demo_folder())
    site = district.places[0].code
    posts = {role.code: role.name.zh for role in district.roles}
    shown: dict[tuple[str, str], Staff] = {}
    for account in district.staff:
        key = (account.roles[0], account.department or "")
        shown.setdefault(key, account)
    lines = [
        "",
        "  一窗 OneWindow 已启动 · is running",
        "",
        f"  今天的中心 Today         {base}/today/",
        f"  走一遍 The tour          {base}/tour/",
        f"  首页 Front door          {base}/",
        f"  取号 Tickets             {base}/tickets/",
        f"  叫号屏 Board (hall A)    {base}/board/{site}/A/",
        f"  综合窗口 Counter         {base}/counter/",
        f"  审批 Approver            {base}/approver/",
        f"  出件 Delivery window     {base}/handover/",
        f"  进度 Progress            {base}/progress/",
        f"  虚拟手机 Virtual phones  {base}/devices/phones/",
        f"  虚拟打印机 Printer tray  {base}/devices/printer/",
        "",
        f"  演示账号 Demo accounts   (password {district.password})",
        *(f"    {a.username:<12} {posts[a.roles[0]]} · {a.name.zh}" for a in shown.values()),
        "",
        "  经办人证件号 Agent's sample ID number: " + next(p.id_number for p in district.persons if p.code == district.agents[0].person),
        "  Ctrl-C 停止 · stops everything; data is kept",
        "",
    ]
    click.echo("\n".join(lines))
