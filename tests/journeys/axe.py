"""What axe finds wrong with a page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.support.stack import ROOT

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"


def faults(page: Page) -> list[Any]:
    """The rules broken, each with the places. Evaluated from outside: the page's own policy lets no such script in."""
    page.evaluate(AXE.read_text())
    found: list[Any] = page.evaluate("() => axe.run(document).then(found => found.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
    return found
