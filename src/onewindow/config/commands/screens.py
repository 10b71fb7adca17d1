"""`onewindow screens`: pictures of every page at three widths, taken from the running demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.config.commands.database import attached
from onewindow.config.places_on_disk import CHECKOUT

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

    from onewindow.bench.pages import Page

WIDTHS = {390: 844, 1366: 768, 1920: 1080}
# What the README shows, and at which width.
README = {"today": 1366, "counter-case-received": 1366}


@click.command("screens")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--port", default=8000, show_default=True, help="Port of the running demonstration.")
@click.option("--language", type=click.Choice(["zh-hans", "en"]), default="zh-hans", show_default=True)
@click.option("--readme", is_flag=True, help="Only the README's pictures, into docs/pictures of this checkout.")
def command(folder: Path, port: int, language: str, readme: bool) -> None:
    """Take a picture of every page of the running demonstration, at 390, 1366 and 1920 pixels, into FOLDER.

    Needs `onewindow up` running beside it and the development packages (playwright with Debian's Chromium).
    """
    if not readme and folder.resolve().is_relative_to(CHECKOUT):
        raise click.UsageError("请把图片存到代码目录以外。 Choose a folder outside the checkout.")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise click.UsageError("请先运行 make setup-dev 安装开发用的包。 Install the development packages first.") from None
    with attached(demonstration=False):
        from onewindow.bench.pages import every_page
        from onewindow.foundation.catalogue.definition import demo_folder, load_district
        from onewindow.kernel.errors import NotFound

        password = load_district(demo_folder()).password
        try:
            pages = every_page()
        except NotFound:
            raise click.UsageError("这里还没有中心；请用正在运行的那一处的 ONEWINDOW_HOME。 No centre here: name the running one's ONEWINDOW_HOME.") from None
    target = CHECKOUT / "docs" / "pictures" if readme else folder
    target.mkdir(parents=True, exist_ok=True)
    wanted, missed = [page for page in pages if not readme or page.name in README], list[str]()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        for account in sorted({page.account for page in wanted}):
            mine = [page for page in wanted if page.account == account]
            missed += _as(browser, account, password, mine, target, port, language, readme=readme)
        browser.close()
    click.echo(f"{len(wanted)} 页 · pages → {target}")
    if missed:  # the centre lives: a sitting that was there when the pages were listed may have ended
        click.echo("\n".join(["没有拍到 not taken:", *missed]), err=True)
        raise SystemExit(1)


def _as(browser: Browser, account: str, password: str, pages: list[Page], target: Path, port: int, language: str, *, readme: bool) -> list[str]:
    """All pages of one account, in a browser of its own; what could not be taken."""
    missed: list[str] = []
    base = f"http://127.0.0.1:{port}"
    context = browser.new_context(locale="en-GB" if language == "en" else "zh-CN")
    context.add_cookies([{"name": "django_language", "value": language, "url": base}])
    tab = context.new_page()
    if account:
        tab.goto(f"{base}/signin/")
        tab.fill("[name=username]", account)
        tab.fill("[name=password]", password)
        tab.click("main form button")
        tab.wait_for_load_state()
    for page in pages:
        for width, height in WIDTHS.items():
            if not readme or README[page.name] == width:
                status = _shoot(tab, f"{base}{page.path}", target / f"{page.name}-{width}.png", width, height, whole=not readme)
                missed += [] if status == 200 else [f"{page.name}-{width}: {status}"]
    context.close()
    return missed


def _shoot(tab: Tab, address: str, path: Path, width: int, height: int, *, whole: bool) -> int:
    """Take one picture; the status of the page, of which none is taken unless it is 200."""
    tab.set_viewport_size({"width": width, "height": height})
    answer = tab.goto(address)
    if answer is None or answer.status != 200:
        return answer.status if answer is not None else 0
    tab.screenshot(path=str(path), full_page=whole)
    wide = tab.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        click.echo(f"{path.name}: {wide} px wide, scrolls sideways", err=True)
    return 200
