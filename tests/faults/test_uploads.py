"""Uploads over real HTTP: far too much is cut off before it reaches memory or disk, and the centre goes on."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.faults.cluster_support import open_folder
from tests.support.stack import Stack

MB = 1024 * 1024
NOBODY = "01920000-0000-7000-8000-000000000000"
HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with open_folder(on_disk=True) as folder:
        made = Stack(folder / "home").start()
        yield made
        made.stop()


@pytest.fixture(scope="module")
def signed_in(stack: Stack) -> str:
    """The cookies of a clerk."""
    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    opener.open(f"{stack.url}/signin/").read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    fields = urlencode({"csrfmiddlewaretoken": token, "username": "clerk01", "password": "onewindow-demo"}).encode()
    opener.open(Request(f"{stack.url}/signin/", fields, {"Referer": f"{stack.url}/signin/"})).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def web_memory(stack: Stack) -> int:
    """Resident bytes of every web process, at their highest so far."""
    most = 0
    for pid in stack.pids("granian"):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                most += int(line.split()[1]) * 1024
    assert most > 0
    return most


def upload(stack: Stack, cookies: str, megabytes: int, *, path: str, announced: bool = True) -> tuple[int, int, str]:
    """Send that much in pieces until the answer comes; its status, how much went out, and what it says."""
    connection = http.client.HTTPConnection("127.0.0.1", stack.port, timeout=30)
    connection.putrequest("POST", path)
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Cookie": cookies, "Accept-Language": "zh-CN", "Referer": f"{stack.url}{path}"}
    headers |= {"Content-Length": str(len(HEAD) + megabytes * MB)} if announced else {"Transfer-Encoding": "chunked"}
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    piece, out = bytes(64 * 1024), 0
    try:
        connection.send(HEAD if announced else b"%x\r\n%s\r\n" % (len(HEAD), HEAD))
        for _ in range(megabytes * MB // len(piece)):
            connection.send(piece if announced else b"%x\r\n%s\r\n" % (len(piece), piece))
            out += len(piece)
        if not announced:
            connection.send(b"0\r\n\r\n")
    except (BrokenPipeError, ConnectionResetError):
        pass
    try:
        answer = connection.getresponse()
        return answer.status, out, answer.read().decode() + (answer.headers.get("X-Refusal") or "")
    except (ConnectionError, http.client.HTTPException) as error:
        return 0, out, repr(error)
    finally:
        connection.close()


def written() -> set[str]:
    return {name for name in os.listdir("/tmp") if name.endswith(".upload") or name.startswith("tmp")}


def test_two_hundred_megabytes_are_cut_off_early(stack: Stack, signed_in: str) -> None:
    before, files = web_memory(stack), written()
    status, out, said = upload(stack, signed_in, 200, path=f"/counter/case/{NOBODY}/pages/attach/")
    assert out < 200 * MB, "it was cut off"
    assert status == 303 and "upload-too-large" in said
    assert web_memory(stack) - before < 30 * MB and written() == files
    assert stack.status("/") == 200


def test_a_body_without_an_announced_length_reaches_nothing(stack: Stack, signed_in: str) -> None:
    before, files = web_memory(stack), written()
    status, _, _ = upload(stack, signed_in, 100, path=f"/counter/case/{NOBODY}/pages/attach/", announced=False)
    assert status in (0, 400, 401, 403, 411, 413)
    assert web_memory(stack) - before < 30 * MB and written() == files
    assert stack.status("/") == 200


def test_no_other_form_takes_files(stack: Stack) -> None:
    before = web_memory(stack)
    status, out, said = upload(stack, "", 100, path="/signin/")
    assert out < 100 * MB and status in (303, 413) and (status == 413 or "upload-too-large" in said)
    assert web_memory(stack) - before < 30 * MB
    assert stack.status("/signin/") == 200
