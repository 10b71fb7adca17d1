"""What the main line's fault tests share: people with an HTTP client each, the line as they walk it, and its record.

Nobody here looks behind the pages: what a person presses is what the page offered. What became of it is read
from the tables and from the phones.
"""

from __future__ import annotations

import contextlib
import html
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email.message import Message
from functools import cache
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

from onewindow.foundation.catalogue.definition import demo_folder, load_district, next_question, resolve
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.kernel.keys import uuid7
from tests.support.stack import Stack, free_port

AGENT = "440524188001010014"  # GB 11643's own sample number
PASSWORD = "onewindow-demo"
FOOD, HYGIENE = "food-business-licence", "public-place-hygiene-licence"
LANGUAGES = ("zh", "en")
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
SAMPLES = {
    "text": "演示", "number": "12", "date": "2026-01-01", "id-number": "11010519491231002X",
    "credit-code": "91110000600037341L", "phone": "12000000001", "address": "示范路 1 号（演示）",
}  # fmt: skip
# The heads of the sentences, as the two readers see them.
SENTENCES = {
    "database-away": {"zh": "系统正在恢复连接，刚才的操作没有保存", "en": "The system is reconnecting; this last step was not saved"},
    "storage-full": {"zh": "服务器存储空间不足，刚才的操作没有保存", "en": "disk is full, so this last step was not saved"},
    "session-expired": {"zh": "登录已过期，请重新登录", "en": "Your session has ended; please sign in again"},
    "wrong-state": {"zh": "这件事刚刚已有变化", "en": "This has just changed"},
    "not-found": {"zh": "没有找到您要的内容", "en": "We could not find what you asked for"},
    "clock-wrong": {"zh": "为保证期限准确，暂停登记", "en": "To keep every deadline right, nothing new is recorded"},
    "nothing-waiting": {"zh": "现在没有等候的号码", "en": "Nobody is waiting at the moment"},
    "refused": {"zh": "未能办理。您已填写的内容没有丢失", "en": "This could not be done. Nothing you entered was lost"},
    "window-busy": {"zh": "请先结束本次办理，再叫下一位", "en": "Please finish this visit before calling the next"},
    "conflict": {"zh": "另一位同事刚刚修改了同一内容", "en": "A colleague has just changed the same thing"},
    "invalid-input": {"zh": "有误：", "en": "is not right: "},
    "not-permitted": {"zh": "您的岗位没有", "en": "Your post does not carry the permission"},
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; `text` as the reader sees it, entities resolved."""

    status: int
    headers: Message
    body: str

    @property
    def text(self) -> str:
        return html.unescape(self.body)

    @property
    def to(self) -> str:
        return self.headers.get("Location", "")

    @property
    def refusal(self) -> str:
        return self.headers.get("X-Refusal", "")

    @property
    def done(self) -> bool:
        """Acknowledged: the server says that it is done."""
        return self.status == 303 and not self.refusal

    def says(self, code: str, language: str) -> bool:
        """The sentence of a refusal, in this reader's language and in no other."""
        other = next(name for name in LANGUAGES if name != language)
        return SENTENCES[code][language] in self.text and SENTENCES[code][other] not in self.text


class Person:
    """Somebody at a screen: cookies, a language, and the page they last saw. Each request has a connection of its own."""

    def __init__(self, port: int, username: str = "", *, language: str = "zh") -> None:
        self.port, self.language, self.at = port, language, "/"
        self.shown: dict[str, str] = {}  # for whom the counter's page was shown: its hidden fields
        self.cookies = {"csrftoken": "a" * 32}
        if username:
            answer = self.post("/signin/", [("username", username), ("password", PASSWORD)])
            assert answer.done, (answer.status, answer.text)

    @classmethod
    def of(cls, port: int, user: Any, *, language: str = "zh") -> Person:
        """Somebody whose session is made on the spot: for tests that can reach the database themselves."""
        from importlib import import_module

        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        made = cls(port, language=language)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        made.cookies["sessionid"] = session.session_key
        return made

    def twin(self) -> Person:
        """The same person's second connection."""
        made = Person(self.port, language=self.language)
        made.cookies, made.at, made.shown = dict(self.cookies), self.at, dict(self.shown)
        return made

    def get(self, path: str) -> Answer:
        answer = self._send("GET", path, None)
        if answer.status == 200:
            self.at = path
        return answer

    def post(self, path: str, fields: Sequence[tuple[str, str]] = ()) -> Answer:
        hidden = [pair for pair in self.shown.items() if path.startswith("/counter/") and pair[0] not in dict(fields)]
        body = urlencode([("csrfmiddlewaretoken", self.cookies["csrftoken"]), *hidden, *fields])
        return self._send("POST", path, body)

    def next(self, answer: Answer) -> Answer:
        """Where the answer leads, as a browser goes there."""
        assert answer.status in (302, 303), (answer.status, answer.text)
        parts = urlsplit(answer.to)
        return self.get(parts.path + (f"?{parts.query}" if parts.query else ""))

    def _send(self, method: str, path: str, body: str | None) -> Answer:
        headers = {
            "Accept-Language": {"zh": "zh-CN,zh", "en": "en"}[self.language], "Referer": f"http://127.0.0.1:{self.port}{self.at}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }  # fmt: skip
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with contextlib.closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            page = response.read().decode()
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                if morsel.value:
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        self.shown |= dict(re.findall(rf'name="(visit|ticket)" value="({UUID})"', page))
        return Answer(response.status, response.headers, page)


# The line, step by step


@dataclass(frozen=True)
class Filled:
    """An application for an item, complete in form and materials, as the fields of its pages."""

    answers: list[tuple[str, str]]
    form: list[tuple[str, str]]
    given: list[tuple[str, str]]
    standings: list[tuple[str, str]]

    @property
    def fields(self) -> list[tuple[str, str]]:
        return [*self.answers, *self.form, *self.given]


@cache
def definition_of(item: str) -> Definition:
    return next(found for found in load_district(demo_folder()).items if found.code == item)


@cache
def filled(item: str) -> Filled:
    definition, answers = definition_of(item), dict[str, list[str]]()
    while (question := next_question(definition, answers)) is not None:
        codes = [answer.code for answer in question.answers if answer.not_needed is None]
        answers[question.code] = ["agent" if "agent" in codes else codes[0]]
    resolved = resolve(definition, answers)
    form = [(f"form.{f.code}", f.choices[0].code if f.kind == "choice" else SAMPLES[f.kind]) for f in resolved.fields]
    codes = [material.code for material in resolved.materials]
    return Filled(
        [(f"answers.{question}", answer) for question, chosen in answers.items() for answer in chosen],
        form, [("given", code) for code in codes], [(f"standing.{code}", "in-order") for code in codes],
    )  # fmt: skip


def take(person: Person, *, number: str = AGENT, once: str = "", hall: str = "A") -> Answer:
    return person.post("/tickets/", [("once", once or str(uuid7())), ("number", number), ("hall", hall)])


def open_window(clerk: Person) -> None:
    page = clerk.get("/counter/").body
    for action in re.findall(rf'action="(/counter/windows/{UUID}/open/)"', page):
        if clerk.post(action).done:
            return
    raise AssertionError("no window is free")


def sit(clerk: Person) -> None:
    """Somebody takes a ticket, is called, sits down, and comes for the company that appointed them."""
    assert take(Person(clerk.port)).done
    for button in ("/counter/next/", "/counter/sit/"):
        answer = clerk.post(button)
        assert answer.done
        clerk.next(answer)
    name_company(clerk)


def name_company(clerk: Person) -> None:
    """The clerk compares the agent's document, then presses the company's name."""
    assert clerk.post("/counter/verify/", [("tail", AGENT[-4:])]).done
    chosen = re.search(rf'name="choice" value="({UUID})"', clerk.get("/counter/").body)
    assert chosen
    assert clerk.post("/counter/parties/", [("choice", chosen[1])]).done


def apply(clerk: Person, item: str = FOOD, *, once: str = "") -> Answer:
    """收件; where it leads is the case's page."""
    return clerk.post(f"/counter/apply/{item}/", [*filled(item).fields, ("once", once or str(uuid7()))])


def accept(clerk: Person, case: str, item: str = FOOD) -> Answer:
    return clerk.post(f"/counter/case/{case}/check/", [*filled(item).standings, ("verb", "accept")])


def grant(approver: Person, case: str) -> Answer:
    return approver.post(f"/approver/{case}/decision/", [("verb", "grant"), ("words", "")])


def on_shelf(handover: Person) -> list[tuple[str, str]]:
    """What the delivery window offers for the agent: the fields of its form."""
    answer = handover.post("/handover/", [("number", AGENT)])
    assert answer.status == 200, answer.text
    party = re.findall(rf'name="party" value="({UUID})"', answer.body)
    return [("party", party[0]), *(("result", uuid) for uuid in re.findall(rf'name="result" value="({UUID})"', answer.body))] if party else []


def collect(handover: Person, offered: Sequence[tuple[str, str]]) -> Answer:
    return handover.post("/handover/collect/", [*offered, ("tail", AGENT[-4:])])


def uuid_in(address: str) -> str:
    found = re.search(UUID, address)
    assert found, address
    return found[0]


def together(*deeds: Callable[[], Answer]) -> list[Answer]:
    """Do all of it at one moment, each in a thread of its own; the answers in the order of the deeds."""
    start, answers, wrong = threading.Barrier(len(deeds)), dict[int, Answer](), list[BaseException]()

    def work(place: int, deed: Callable[[], Answer]) -> None:
        start.wait(30)
        try:
            answers[place] = deed()
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not wrong, wrong
    return [answers[place] for place in range(len(deeds))]


# Installations


def ended(process: subprocess.Popen[Any]) -> None:
    """Ask a process to go, and make it go: how fast it goes is no matter of the test that is over."""
    process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def web() -> Iterator[int]:
    """The web process alone over the database now in use, as `onewindow up` starts it; its port.

    No relay and no worker: the ledger then holds what people did and nothing else.
    """
    port = free_port()
    from django.conf import settings

    # The same secret as here, so that sessions made here are sessions there.
    environment = os.environ | {"ONEWINDOW_POOL": "1", "ONEWINDOW_WEB_THREADS": "8", "ONEWINDOW_SECRET_KEY": settings.SECRET_KEY}
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
         "--blocking-threads", "8", "--no-access-log", "--log-level", "error", "onewindow.config.wsgi:application"],
        env=environment, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                Person(port).get("/signin/")
                break
            except OSError:
                assert server.poll() is None and time.monotonic() < deadline, "the web server did not come up"
                threading.Event().wait(0.05)
        yield port
    finally:
        ended(server)


@dataclass
class Installation(Stack):
    """`onewindow up` under test, with what its tables and its phones say."""

    extra: dict[str, str] = field(default_factory=dict)
    kept: dict[str, psycopg.Connection] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        return super().environment() | self.extra

    @property
    def data(self) -> Path:
        return self.home / "database" / "data"

    def dsn(self, role: str = "owner") -> str:
        named = self.extra.get({"app": "DATABASE_URL", "owner": "DATABASE_OWNER_URL"}.get(role, ""))
        if named:
            return named
        from onewindow.kernel.cluster import Cluster

        return Cluster(self.home / "database").dsn(role)  # type: ignore[arg-type]

    def ask(self, query: str, *params: object, role: str = "owner") -> list[tuple[Any, ...]]:
        kept = self.kept.get(role)
        if kept is not None:
            done = kept.execute(query, params or None)  # type: ignore[call-overload]
            return done.fetchall() if done.description else []
        with psycopg.connect(self.dsn(role), autocommit=True) as connection:
            done = connection.execute(query, params or None)  # type: ignore[call-overload]
            return done.fetchall() if done.description else []

    def keep_connected(self, role: str) -> None:
        """Ask through one connection until it is let go: a new one may need room on the disk for its first file."""
        self.kept[role] = psycopg.connect(self.dsn(role), autocommit=True)

    def let_go(self) -> None:
        while self.kept:
            self.kept.popitem()[1].close()

    def one(self, query: str, *params: object) -> Any:
        return self.ask(query, *params)[0][0]

    def person(self, username: str = "", language: str = "zh") -> Person:
        return Person(self.port, username, language=language)

    def arrived(self) -> list[tuple[str, str]]:
        """(reference, text) of every message on any phone, straight from the device."""
        path = self.home / "devices" / "phones.sqlite"
        if not path.exists():
            return []
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as device:
            return device.execute("SELECT reference, text FROM message ORDER BY rowid").fetchall()

    def owed(self) -> int:
        """How many messages the ledger owes people: one a move that is told to somebody."""
        told = "('take','call','recall','miss')"
        cases = "('receive','accept','correct','supplement','refuse','grant','deny')"
        return int(
            self.one(
                f"""SELECT count(*) FROM ledger_entry WHERE
                    (subject_kind = 'ticket' AND verb IN {told} AND facts->>'holder' IS NOT NULL)
                    OR (subject_kind = 'case' AND verb IN {cases}) OR subject_kind = 'result'"""
            )
        )

    def settled(self) -> bool:
        """Everything decided has its result, and every message owed is on a phone."""
        waiting = self.one(
            """SELECT count(*) FROM cases_case c WHERE state IN ('granted','denied')
               AND NOT EXISTS (SELECT FROM delivery_result r WHERE r.case_id = c.id)"""
        )
        return waiting == 0 and len(self.arrived()) >= self.owed()

    def told_exactly_once(self) -> bool:
        """As many messages as are owed, each notice on a phone, and no text twice that names its own case or number."""
        found = self.arrived()
        notices = self.ask("SELECT uuid::text FROM notices_notice WHERE state = 'sent'")
        return len(found) == self.owed() and {reference for reference, _ in found} == {uuid for (uuid,) in notices}

    def agrees(self) -> bool:
        """`onewindow audit verify` finds nothing."""
        done = self.run("audit", "verify")
        assert done.returncode == 0, done.stdout + done.stderr
        return True
