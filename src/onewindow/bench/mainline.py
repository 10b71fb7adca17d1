"""The main line, measured: lifecycles and moves a second in process and over HTTP, with percentiles a step.

A lifecycle is one case from receipt to the hand: receive, check, accept, grant, make, collect, close:
seven moves of the ledger and five documents, in five transactions with fsync. Over HTTP each step is a
request of a signed-in clerk, approver or delivery clerk as a browser sends it. Relay and worker do not
run meanwhile (what they would do is counted as `jobs_due`); results are made by the driver.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from onewindow.bench.timings import Timings, percentiles

ITEMS = ("food-business-licence", "public-place-hygiene-licence")


def run(environment: dict[str, str], *, seconds: float, lanes: int, http_lanes: int, port: int) -> dict[str, Any]:
    """Measure both ways, `seconds` each, against the database of `environment` (which must hold the demonstration)."""
    results = [_measured("in-process", environment, "lane", lanes, seconds, [])]
    server = _serve(environment, port)
    try:
        results.append(_measured("http", environment, "http-lane", http_lanes, seconds, [str(port)]))
    finally:
        server.terminate()
        server.wait(60)
    return {"results": results}


def _measured(name: str, environment: dict[str, str], kind: str, lanes: int, seconds: float, more: list[str]) -> dict[str, Any]:
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "onewindow.bench.mainline", kind, str(k), str(seconds), *more],
            env=environment, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
        )
        for k in range(lanes)
    ]  # fmt: skip
    for child in children:  # everybody has sat down: begin together
        assert child.stdout is not None
        child.stdout.readline()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    reports = [json.loads(child.communicate()[0]) for child in children]
    if any(child.returncode for child in children):
        raise RuntimeError(f"a lane of {name} failed")
    steps: dict[str, list[float]] = {}
    for report in reports:
        for step, taken in report["steps"].items():
            steps.setdefault(step, []).extend(taken)
    done, moves = sum(r["lifecycles"] for r in reports), sum(r["moves"] for r in reports)
    elapsed = max(r["elapsed"] for r in reports)
    return {
        "name": name,
        "lanes": lanes,
        "seconds": round(elapsed, 2),
        "lifecycles": done,
        "lifecycles_per_s": round(done / elapsed, 1),
        "moves_per_s": round(moves / elapsed, 1),
        "moves_per_lifecycle": round(moves / done, 2),
        "steps": {step: percentiles(taken) for step, taken in steps.items()},
    }


def _serve(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
         "--blocking-threads", "4", "--no-access-log", "--log-level", "error", "onewindow.config.wsgi:application"],
        env=environment | {"ONEWINDOW_POOL": "1", "ONEWINDOW_WEB_THREADS": "4"}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + 30
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/signin/")
            connection.getresponse().read()
            return server
        except OSError:
            if time.monotonic() > until or server.poll() is not None:
                server.kill()
                raise
            threading.Event().wait(0.1)


class Browser:
    """One signed-in person: cookies, the CSRF token, one kept-alive connection."""

    def __init__(self, port: int, user: Any) -> None:
        from importlib import import_module

        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {"csrftoken": "a" * 32}
        self.host = f"127.0.0.1:{port}"
        if user is not None:
            session = import_module(settings.SESSION_ENGINE).SessionStore()
            session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            self.cookies["sessionid"] = session.session_key

    def post(self, path: str, fields: list[tuple[str, str]]) -> str:
        """Send a form; the address it leads to. Anything but a redirect to a page is an error of the bench."""
        body = urlencode([("csrfmiddlewaretoken", self.cookies["csrftoken"]), *fields])
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Referer": f"http://{self.host}/", "Host": self.host,
        }  # fmt: skip
        self.connection.request("POST", path, body, headers)
        response = self.connection.getresponse()
        page = response.read()
        if response.status != 303 or response.headers.get("X-Refusal"):
            raise RuntimeError(f"POST {path}: {response.status} {response.headers.get('X-Refusal')} {page[:300]!r}")
        return response.headers["Location"]


def lane_in_process(k: int, seconds: float) -> dict[str, Any]:
    """One process, one window, cases one after another."""
    from onewindow.bench.line import application, case_through, lane, leave, sit
    from onewindow.foundation.places.queries import windows
    from onewindow.kernel.keys import uuid7

    at = lane(windows("demo-centre", "A")[k], f"clerk0{k + 1}")
    visit = sit(at, Timings())
    wanted = application(ITEMS[k % len(ITEMS)], visit)
    case_through(at, visit, wanted, Timings())
    _ready()
    timings, before, done, begun = Timings(), _moves(), 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        case_through(at, visit, dataclasses.replace(wanted, once=uuid7()), timings)
        done += 1
    elapsed = time.perf_counter() - begun
    leave(at, visit, Timings())
    return {"lifecycles": done, "elapsed": elapsed, "moves": done * 7, "steps": timings.steps, "ledger": _moves() - before}


def lane_over_http(k: int, seconds: float, port: int) -> dict[str, Any]:
    """One clerk, one approver and one delivery clerk, each with a browser, cases one after another."""
    from onewindow.bench.line import MAKER, application, lane, leave, sit
    from onewindow.foundation.places.queries import windows
    from onewindow.foundation.staff.models import Staff
    from onewindow.kernel.keys import uuid7
    from onewindow.kernel.ledger.rows import fetched
    from onewindow.spine.cases.models import Case
    from onewindow.spine.cases.queries import case_once
    from onewindow.stages.delivery.actions import make_available

    at = lane(windows("demo-centre", "A")[k + 8], f"clerk0{k + 1}")
    visit = sit(at, Timings())
    item = ITEMS[k % len(ITEMS)]
    wanted = application(item, visit)
    clerk, handover = Browser(port, Staff.objects.get(pk=int(at.clerk.id))), Browser(port, Staff.objects.get(pk=int(at.handover.id)))
    approvers = {key: Browser(port, Staff.objects.get(pk=int(actor.id))) for key, actor in at.approvers.items()}
    answers = [(f"answers.{q}", a) for q, chosen in wanted.answers.items() for a in chosen]
    form = [(f"form.{name}", value) for name, value in wanted.form.items()] + [("given", code) for code in wanted.given]
    standings = [(f"standing.{code}", "in-order") for code in wanted.given]
    number = wanted.form.get("agent-number") or _number(at.agent)

    def one(timings: Timings) -> None:
        once = uuid7()
        with timings.step("receive"):
            clerk.post(f"/counter/apply/{item}/", [*answers, *form, ("once", str(once)), ("visit", str(visit.uuid))])
        found = case_once(once)
        assert found is not None
        with timings.step("check-and-accept"):
            clerk.post(f"/counter/case/{found.uuid}/check/", [*standings, ("verb", "accept")])
        with timings.step("decide"):
            approvers[found.department_id].post(f"/approver/{found.uuid}/decision/", [("verb", "grant"), ("words", "")])
        decided = fetched(Case, found.pk)
        assert decided is not None
        result = make_available(by=MAKER, case=decided, region="310104")
        with timings.step("collect"):
            handover.post("/handover/collect/", [("result", str(result.uuid)), ("tail", number[-4:]), ("party", str(at.agent.uuid))])

    one(Timings())
    _ready()
    timings, done, begun = Timings(), 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        one(timings)
        done += 1
    elapsed = time.perf_counter() - begun
    leave(at, visit, Timings())
    return {"lifecycles": done, "elapsed": elapsed, "moves": done * 7, "steps": timings.steps}


def _number(party: Any) -> str:
    from onewindow.foundation.people.queries import number_of

    return number_of(party)


def _ready() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def _moves() -> int:
    from onewindow.kernel.ledger.models import Entry

    return Entry.objects.count()


def main(arguments: list[str]) -> None:
    import django

    django.setup()
    kind, k, seconds, *more = arguments
    report = lane_in_process(int(k), float(seconds)) if kind == "lane" else lane_over_http(int(k), float(seconds), int(more[0]))
    print(json.dumps(report))


if __name__ == "__main__":
    main(sys.argv[1:])
