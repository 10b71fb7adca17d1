"""Live streams: opened by a page's own token from the page's own origin, and by nothing else."""

from __future__ import annotations

import re
from html import unescape
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.support.stack import Stack


def live_address(stack: Stack) -> str:
    """The stream's address as the board's page gives it."""
    with urlopen(f"{stack.url}/board/demo-centre/A/") as response:
        found = re.search(r'data-live="([^"]+)"', response.read().decode())
    assert found is not None
    return unescape(found[1])


def refused(address: str, origin: str = "") -> int:
    request = Request(address, headers={"Origin": origin} if origin else {})
    with pytest.raises(HTTPError) as answer:
        urlopen(request, timeout=5)
    return answer.value.code


def test_a_page_listens_with_its_token_and_is_told_to_fetch_at_once(stack: Stack) -> None:
    request = Request(live_address(stack), headers={"Origin": stack.url})
    with urlopen(request, timeout=10) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.headers["Access-Control-Allow-Origin"] == stack.url
        lines = [stream.readline().decode().strip() for _ in range(3)]
    assert lines == ["retry: 1500", "event: resync", "data: {}"]


def test_without_a_token_with_a_forged_one_or_from_elsewhere_there_is_no_stream(stack: Stack) -> None:
    address = live_address(stack)
    bare = address.split("?")[0]
    assert refused(bare) == 403
    assert refused(f"{bare}?token=WyJwaG9uZXMiXQ:1x:forged") == 403
    assert refused(address[:-1] + ("A" if address[-1] != "A" else "B")) == 403
    assert refused(address, origin="http://elsewhere.example") == 403
