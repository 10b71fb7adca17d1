"""`onewindow up`: everything, until Ctrl-C."""

from __future__ import annotations

import click

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


def _page(base: str) -> None:
    """One clear page of addresses and accounts."""
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
        f"  首页 Front door          {base}/",
        f"  取号 Tickets             {base}/tickets/",
        f"  叫号屏 Board (hall A)    {base}/board/{site}/A/",
        f"  综合窗口 Counter         {base}/counter/",
        f"  审批 Approver            {base}/approver/",
        f"  出件 Delivery window     {base}/handover/",
        f"  进度 Progress            {base}/progress/",
        f"  虚拟手机 Virtual phones  {base}/devices/phones/",
        "",
        f"  演示账号 Demo accounts   (password {district.password})",
        *(f"    {a.username:<12} {posts[a.roles[0]]} · {a.name.zh}" for a in shown.values()),
        "",
        "  经办人证件号 Agent's sample ID number: " + next(p.id_number for p in district.persons if p.code == district.agents[0].person),
        "  Ctrl-C 停止 · stops everything; data is kept",
        "",
    ]
    click.echo("\n".join(lines))
