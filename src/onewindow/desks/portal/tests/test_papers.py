"""Whoever holds the query code may keep the papers of that sitting; a wrong code opens nothing."""

from __future__ import annotations

from django.test import Client

from onewindow.errands.tests.scene import received, seated
from onewindow.instruments.papers.tests.sheets import said
from onewindow.kernel import clock
from onewindow.spine.visits.queries import query_code


def test_the_file_has_the_same_door_as_the_page(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case, code = received(clerk, visit), query_code(visit)
    page = Client().get(f"/p/{code}/{case.uuid}/receipt/").content.decode()
    assert f"/p/{code}/{case.uuid}/receipt.pdf" in page and "登记补发" not in page and "data-print" in page
    kept = Client().get(f"/p/{code}/{case.uuid}/receipt.pdf")
    assert kept.status_code == 200 and code in said(kept.content) and kept.headers["X-Robots-Tag"] == "noindex"
    for path in (f"/p/23456789AB/{case.uuid}/receipt.pdf", f"/p/{code}/{case.uuid}/licence.pdf", f"/p/{code}/{visit.uuid}/receipt.pdf"):
        assert Client().get(path).status_code == 404
