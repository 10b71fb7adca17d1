"""Five hundred boards on one streams process: each hears of every ticket, and one that lost the network catches up."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from tests.support.stack import Stack

pytestmark = pytest.mark.soak
BOARDS, TICKETS = 500, 20
# A board that hears later than this is a board people do not trust. A bound far above what is measured.
PATIENCE_S = 10.0


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    running = Stack(tmp_path / "home").start()
    yield running
    running.stop()


def live_address(stack: Stack) -> str:
    with urlopen(f"{stack.url}/board/demo-centre/A/") as response:
        found = re.search(r'data-live="([^"]+)"', response.read().decode())
    assert found is not None
    return unescape(found[1])


def take_ticket(stack: Stack) -> float:
    """Take a number as a browser without scripts does; the moment at which the press came back."""
    opener = build_opener(HTTPCookieProcessor())
    page = opener.open(f"{stack.url}/tickets/").read().decode()
    fields = dict(re.findall(r'name="(csrfmiddlewaretoken|once)" value="([^"]+)"', page))
    body = "&".join(f"{name}={value}" for name, value in (fields | {"hall": "A"}).items()).encode()
    opener.open(Request(f"{stack.url}/tickets/", data=body, headers={"Referer": f"{stack.url}/tickets/"})).read()
    return time.monotonic()


async def board(address: str, origin: str, heard: list[float], ready: asyncio.Semaphore) -> None:
    """One board: open the stream, then note the moment of each thing it is told."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nOrigin: {origin}\r\n\r\n".encode())
    try:
        while line := await reader.readline():
            if b"event: resync" in line:
                ready.release()
            elif b"event: touched" in line:
                heard.append(time.monotonic())
    finally:
        writer.close()


async def hall(stack: Stack) -> tuple[list[list[float]], list[float]]:
    address, ready = live_address(stack), asyncio.Semaphore(0)
    heard: list[list[float]] = [[] for _ in range(BOARDS)]
    boards = [asyncio.create_task(board(address, stack.url, mine, ready)) for mine in heard]
    for _ in range(BOARDS):
        await asyncio.wait_for(ready.acquire(), 60)
    pressed = []
    for n in range(TICKETS):
        pressed.append(await asyncio.to_thread(take_ticket, stack))
        until = time.monotonic() + PATIENCE_S
        while any(len(mine) <= n for mine in heard) and time.monotonic() < until:
            await asyncio.sleep(0.01)
    for task in boards:
        task.cancel()
    await asyncio.gather(*boards, return_exceptions=True)
    return heard, pressed


def test_five_hundred_boards_hear_of_every_ticket(stack: Stack) -> None:
    heard, pressed = asyncio.run(hall(stack))
    assert {len(mine) for mine in heard} == {TICKETS}
    late = sorted(mine[n] - pressed[n] for mine in heard for n in range(TICKETS))
    assert late[-1] < PATIENCE_S
    print(f"\n{BOARDS} boards, {TICKETS} tickets: after the press p50 {late[len(late) // 2] * 1000:.0f} ms, p99 {late[int(len(late) * 0.99)] * 1000:.0f} ms")
