"""A code scanned on another day: told what it was, and where to go on; nothing is called, printed or written."""

from __future__ import annotations

from django.test import Client

from onewindow.errands.tests.scene import everything, ticket
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7


def test_yesterday_s_ticket_says_so_and_offers_a_new_one(morning: clock.Hand) -> None:
    taken, client = ticket(), Client(headers={"accept-language": "zh-hans"})
    assert client.get(f"/tickets/{taken.uuid}/").status_code == 200
    morning.forward(days=1)
    before = everything()
    answer = client.get(f"/tickets/{taken.uuid}/")
    shown = answer.content.decode()
    assert answer.status_code == 410 and 'href="/tickets/"' in shown
    assert f'{taken.number} 是<time datetime="2026-09-24">2026年9月24日（周四）</time>的号，今天不能用了' in shown
    assert "前面还有" not in shown
    again = client.post(f"/tickets/{taken.uuid}/print/", {"once": str(uuid7())})
    assert again.status_code == 303
    assert everything() == before
