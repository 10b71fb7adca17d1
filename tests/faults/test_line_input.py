"""What is typed wrong, and what nobody would type: a clear sentence in the reader's language, and nothing else happens."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from onewindow.bench.line import lane
from onewindow.bench.line import sit as sit_down
from onewindow.bench.timings import Timings
from onewindow.errands import sitting
from onewindow.errands.sitting import Application
from onewindow.foundation.places.actions import HallPlan, establish_site
from onewindow.foundation.places.policies import ESTABLISH
from onewindow.foundation.places.queries import windows
from onewindow.foundation.staff.models import Staff
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.permissions import system
from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case
from tests.faults.line_support import AGENT, FOOD, LANGUAGES, PASSWORD, SENTENCES, definition_of, filled

pytestmark = pytest.mark.django_db

STRANGER = "01920000-0000-7000-8000-000000000000"
# What was typed, and the sentence for it in both languages. The letter O for a nought, a month 13, a digit too few.
WRONG_PERSONS = [
    ("440524188001010015", "第 18 位校验码与其余各位不符", "the check character at position 18 does not agree"),
    ("1101O519491231002X", "第 5 位应为数字 0–9", "position 5 must be a digit 0–9"),
    ("11010519491331002X", "第 11–12 位的月份不在 01–12 之间", "the month at positions 11–12 is not 01–12"),
    ("11010519491231002", "应为 18 位，现有 17 位", "has 18 characters, but 17 were entered"),
]
WRONG_COMPANIES = [
    ("91110000600037341M", "第 18 位校验码与其余各位不符", "the check character at position 18 does not agree"),
    ("9111000060003734IL", "第 17 位是字母 I", "position 17 is the letter I"),
]
Reader = Callable[..., "Reading"]


class Reading:
    """One reader's browser, in process."""

    def __init__(self, language: str, username: str = "", *, strict: bool = False) -> None:
        accept = {"zh": "zh-CN,zh", "en": "en"}[language]
        self.client = Client(raise_request_exception=False, enforce_csrf_checks=strict, headers={"accept-language": accept})
        self.language = language
        if username:
            self.client.force_login(Staff.objects.get(username=username))

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        answer = self.client.get(path, headers=headers or None)
        return answer.status_code, html.unescape(answer.content.decode())

    def post(self, path: str, fields: dict[str, object], back: str = "/") -> tuple[int, str]:
        """Press a button; a refusal that leads back is followed, as a browser does: (status, what is then read)."""
        answer = self.client.post(path, self.shown(path) | fields, headers={"referer": f"http://testserver{back}"})
        if answer.status_code == 303 and answer.headers.get("X-Refusal"):
            return 303, self.get(urlsplit(answer.headers["Location"]).path)[1]
        return answer.status_code, html.unescape(answer.content.decode())

    def shown(self, path: str = "/counter/") -> dict[str, object]:
        """The counter's hidden fields, as its page has them now: for whom it was shown."""
        page = self.get("/counter/")[1] if path.startswith("/counter/") else ""
        return dict(re.findall(r'name="(visit|ticket)" value="([0-9a-f-]{36})"', page))

    def of(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh


def written() -> dict[str, int]:
    """How many rows every table holds; aside from sessions, which keep what is said to the reader, and the count of failed guesses."""
    aside = {"sessions.Session", "attempts.Attempt"}
    return {model._meta.db_table: model._default_manager.count() for model in apps.get_models() if model._meta.label not in aside}


@pytest.fixture(params=LANGUAGES)
def reader(request: pytest.FixtureRequest, db: None) -> Reader:
    return lambda username="", **kind: Reading(request.param, username, **kind)


@pytest.fixture
def unchanged(db: None) -> Iterator[None]:
    """Whatever the test does after asking for it writes nothing."""
    before = written()
    yield
    assert written() == before


@pytest.fixture
def sitting_there(db: None) -> object:
    """clerk01 at a window with the agent of a company; the visit."""
    return sit_down(lane(windows("demo-centre", "A")[0], "clerk01"), Timings())


@pytest.fixture
def received(sitting_there: object) -> Case:
    """A case of clerk01, received."""
    form = dict(filled(FOOD).form)
    wanted = Application(
        FOOD, {name.removeprefix("answers."): [value] for name, value in filled(FOOD).answers},
        {name.removeprefix("form."): value for name, value in form.items()},
        frozenset(code for _, code in filled(FOOD).given), uuid7(),
    )  # fmt: skip
    at = lane(windows("demo-centre", "A")[0], "clerk01")
    (case,) = sitting.take_in(by=at.clerk, visit=sitting_there, applications=[wanted]).cases  # type: ignore[arg-type]
    return case


# Wrong check digits


@pytest.mark.parametrize(("number", "zh", "en"), WRONG_PERSONS)
def test_the_ticket_printer_names_the_place_and_gives_no_ticket(reader: Reader, unchanged: None, number: str, zh: str, en: str) -> None:
    kiosk = reader()
    status, page = kiosk.post("/tickets/", {"hall": "A", "once": str(uuid7()), "number": number})
    assert status == 422
    said = _notice(page, "number-wrong")
    assert kiosk.of(zh, en) in said
    assert number not in said
    assert f'value="{number}"' in page  # still in the field, to be corrected
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize(("number", "zh", "en"), WRONG_PERSONS)
def test_the_delivery_window_names_the_place_and_shows_nobody(reader: Reader, unchanged: None, number: str, zh: str, en: str) -> None:
    desk = reader("handover01")
    status, page = desk.post("/handover/", {"number": number})
    assert status == 422
    said = _notice(page, "number-wrong")
    assert desk.of(zh, en) in said
    assert number not in said
    assert f'value="{number}"' in page
    assert 'name="party"' not in page


@pytest.mark.parametrize(
    ("kind", "number", "zh", "en"),
    [("person", *row) for row in WRONG_PERSONS] + [("company", *row) for row in WRONG_COMPANIES],
)
def test_the_counter_registers_nobody_by_a_wrong_number(
    reader: Reader, sitting_there: object, kind: str, number: str, zh: str, en: str
) -> None:
    desk, before = reader("clerk01"), written()
    fields = {"choice": "new", "kind": kind, "name": "演示有限公司", "number": number, "phone": "12000000099"}
    status, page = desk.post("/counter/parties/", fields, back="/counter/")
    assert status == 422
    assert desk.of(zh, en) in _notice(page, "new-number-wrong")
    assert 'value="12000000099"' in page  # on the page itself; nothing typed goes through a session
    assert _without_fields(page).count(number) == 0
    assert written() == before


@pytest.mark.parametrize("wrong", ["440524188001010015", "91110000600037341M"])
def test_a_wrong_number_in_a_form_is_told_at_its_field_and_all_the_rest_stays(reader: Reader, sitting_there: object, wrong: str) -> None:
    kind, zh, en = ("id-number", *WRONG_PERSONS[0][1:]) if wrong[0] == "4" else ("credit-code", *WRONG_COMPANIES[0][1:])
    asked = dict(filled(FOOD).form)
    fields = [f for section in definition_of(FOOD).form for f in section.fields if f.kind == kind and f"form.{f.code}" in asked]
    desk, before, once = reader("clerk01"), written(), str(uuid7())
    sent = asked | {f"form.{fields[0].code}": wrong}
    body = dict(filled(FOOD).answers) | sent | {"given": [code for _, code in filled(FOOD).given], "once": once}
    status, page = desk.post(f"/counter/apply/{FOOD}/", body)
    assert status == 422
    assert desk.of(zh, en) in _notice(page, "apply-wrong")
    assert wrong not in _notice(page, "apply-wrong")
    assert f'id="w-{fields[0].code}"' in page
    assert f'name="once" value="{once}"' in page  # correcting and pressing again is the same wish
    for field in (f for section in definition_of(FOOD).form for f in section.fields if f"form.{f.code}" in sent and f.kind != "choice"):
        assert f'name="form.{field.code}" value="{sent[f"form.{field.code}"]}"' in page
    assert page.count('name="given"') == len(filled(FOOD).given)
    assert written() == before


# What nobody types


def test_a_nul_is_told_and_nothing_is_looked_up(reader: Reader, sitting_there: object) -> None:
    before = written()
    for username, path, fields in (
        ("", "/tickets/", {"hall": "A\0", "once": str(uuid7()), "number": ""}),
        ("", "/tickets/", {"hall": "A", "once": str(uuid7()), "number": "1\0"}),
        ("", "/signin/", {"username": "clerk01\0", "password": PASSWORD}),
        ("", "/progress/", {"code": "\0"}),
        ("clerk01", "/counter/parties/", {"choice": "new", "kind": "company", "name": "演示\0", "number": "91110000600037341L"}),
        ("clerk01", f"/counter/apply/{FOOD}/", {"once": str(uuid7()), "form.premises-name": "\0"}),
        ("handover01", "/handover/collect/", {"party": "\0", "result": "\0", "tail": "\0"}),
    ):
        person = reader(username)
        _, page = person.post(path, fields)
        assert person.of("含有无法保存的字符", "it holds a character that cannot be stored") in page, path
        assert person.of("“填写的内容”有误", "“What you entered” is not right") in page, path
    assert written() == before


@pytest.mark.parametrize("field", ["name", "number", "phone"])
def test_ten_thousand_characters_in_one_field_are_refused(reader: Reader, sitting_there: object, field: str) -> None:
    desk, before = reader("clerk01"), written()
    fields = {"choice": "new", "kind": "company", "name": "演示", "number": "12100000400000624D", "phone": ""}
    _, page = desk.post("/counter/parties/", fields | {field: "9" * 10_000}, back="/counter/")
    assert desk.of("有误：", "is not right: ") in page
    assert "9" * 121 not in page
    assert written() == before


def test_ten_thousand_characters_on_the_line(reader: Reader, received: Case) -> None:
    desk, before, long = reader("clerk01"), written(), "长" * 10_000
    text = next(f for section in definition_of(FOOD).form for f in section.fields if f.kind == "text")
    body = dict(filled(FOOD).answers) | dict(filled(FOOD).form) | {f"form.{text.code}": long, "once": str(uuid7())}
    status, page = desk.post(f"/counter/apply/{FOOD}/", body)
    assert status == 422
    assert desk.of(f"最多 {text.max_length} 个字", f"at most {text.max_length} characters") in _notice(page, "apply-wrong")
    code = filled(FOOD).given[0][1]
    _, page = desk.post(f"/counter/case/{received.uuid}/check/", {f"standing.{code}": "deficient", f"note.{code}": long, "verb": "save"})
    assert desk.of("说明最多 500 个字", "the note has at most 500 characters") in page
    assert reader().post("/progress/", {"code": long})[0] == 404
    assert reader().post("/signin/", {"username": long, "password": long})[0] == 401
    assert written() == before


def test_more_than_the_server_takes_at_once(reader: Reader, unchanged: None) -> None:
    person = reader()
    status, page = person.post("/tickets/", {"hall": "A", "number": "1" * 3_000_000})
    assert status == 422
    assert person.of("一次提交的内容太多", "too much was sent at once") in page
    status, page = person.post("/tickets/", {f"field{n}": "x" for n in range(1_200)})
    assert status == 422
    assert person.of("一次提交的内容太多", "too much was sent at once") in page


def test_a_name_that_is_not_ours_is_refused_with_a_page(reader: Reader, unchanged: None) -> None:
    person = reader()
    status, page = person.get("/", host="elsewhere.example")
    assert status == 400
    assert SENTENCES["refused"][person.language] in page
    assert "elsewhere.example" not in page


@pytest.mark.parametrize("path", ["/tickets/", "/signin/", "/progress/", "/counter/next/", "/handover/"])
def test_a_form_without_its_token_does_nothing(reader: Reader, unchanged: None, path: str) -> None:
    fields = {"hall": "A", "once": str(uuid7()), "number": AGENT, "username": "clerk01", "password": PASSWORD}
    person, stranger = reader("clerk01", strict=True), reader(strict=True)
    status, page = person.post(path, fields)
    assert status == 401
    assert SENTENCES["session-expired"][person.language] in page
    status, page = stranger.post(path, fields)
    assert status == 403
    assert SENTENCES["refused"][person.language] in page  # who never signed in is not told to do so again


@pytest.mark.parametrize("once", ["", "x", "1", STRANGER + "0", "' OR 1=1 --"])
def test_a_forged_mark_of_a_form_is_no_wish(reader: Reader, sitting_there: object, once: str) -> None:
    before = written()
    kiosk, desk = reader(), reader("clerk01")
    for _, page in (
        kiosk.post("/tickets/", {"hall": "A", "once": once, "number": ""}),
        desk.post(f"/counter/apply/{FOOD}/", dict(filled(FOOD).fields) | {"once": once}, back="/counter/"),
    ):
        assert kiosk.of("请刷新后核对", "Please refresh, compare") in page
    assert written() == before


def test_answers_that_do_not_belong_together(reader: Reader, sitting_there: object) -> None:
    desk, before = reader("clerk01"), written()
    for answers in ({"answers.nonsense": "x"}, {"answers.business": "nonsense"}):
        body = dict(filled(FOOD).fields) | answers | {"once": str(uuid7())}
        _, page = desk.post(f"/counter/apply/{FOOD}/", body, back="/counter/")
        assert desk.of("有误：", "is not right: ") in page
    assert written() == before


@pytest.mark.parametrize(
    "path",
    [
        f"/tickets/{STRANGER}/", "/tickets/1/", "/tickets/..%2f..%2fetc/", f"/counter/case/{STRANGER}/", "/counter/case/1/",
        f"/counter/case/{STRANGER}/paper/receipt/", f"/approver/{STRANGER}/", f"/approver/{STRANGER}/paper/grant/", "/p/0000000000/",
        "/p/%00/", f"/p/0000000000/{STRANGER}/receipt/", "/board/demo-centre/Z/", "/board/elsewhere/A/", "/devices/phones/nobody/",
        "/nowhere/", "/counter/apply/nothing/", "/admin/", "/.env", "/static/look/../../settings.py",
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_so(reader: Reader, sitting_there: object, path: str) -> None:
    person = reader("market01" if path.startswith("/approver/") else "clerk01")
    status, page = person.get(path)
    assert status == 404
    assert SENTENCES["not-found"][person.language] in page


@pytest.mark.parametrize(
    ("username", "path"),
    [
        ("clerk01", f"/counter/case/{STRANGER}/check/"), ("clerk01", f"/counter/case/{STRANGER}/supplement/"),
        ("clerk01", f"/counter/case/{STRANGER}/refuse/"), ("clerk01", f"/counter/requeue/{STRANGER}/"),
        ("market01", f"/approver/{STRANGER}/decision/"),
    ],
)  # fmt: skip
def test_a_button_of_something_that_is_not_there(reader: Reader, sitting_there: object, username: str, path: str) -> None:
    person, before = reader(username), written()
    status, page = person.post(path, {"verb": "grant"})
    assert status == 404
    assert SENTENCES["not-found"][person.language] in page
    assert written() == before


def test_results_that_are_no_identifiers(reader: Reader, unchanged: None) -> None:
    desk = reader("handover01")
    party = next(model for model in apps.get_models() if model._meta.db_table == "people_party").objects.first()
    status, page = desk.post("/handover/collect/", {"party": str(party.uuid), "result": ["abc", "1; DROP TABLE people_party"], "tail": "0014"})
    assert status == 404
    assert SENTENCES["not-found"][desk.language] in page
    _, page = desk.post("/handover/collect/", {"party": "abc", "result": STRANGER, "tail": "0014"})
    assert desk.of("请先核验领取人证件", "check the collector's document first") in page


def test_another_sites_case_is_as_if_it_were_not_there(reader: Reader, received: Case) -> None:
    establish_site(
        by=system("test", [ESTABLISH]), code="elsewhere", name=Words("别处（演示）", "Elsewhere"), region="310105",
        address=Words("别处路 1 号", "1 Elsewhere Road"), halls=[HallPlan("A", Words("大厅", "Hall"), [("A01", 1)])],
    )  # fmt: skip
    Staff.objects.filter(username="clerk02").update(site="elsewhere")
    stranger, before = reader("clerk02"), written()
    code = filled(FOOD).given[0][1]
    for status, page in (
        stranger.get(f"/counter/case/{received.uuid}/"),
        stranger.get(f"/counter/case/{received.uuid}/paper/receipt/"),
        stranger.post(f"/counter/case/{received.uuid}/check/", {f"standing.{code}": "in-order", "verb": "accept"}),
        stranger.post(f"/counter/case/{received.uuid}/refuse/", {"ground": "not-ours", "reason": "x"}),
        stranger.post(f"/counter/case/{received.uuid}/supplement/", {"given": code}),
    ):
        assert status == 404
        assert SENTENCES["not-found"][stranger.language] in page
        assert received.number not in page
    assert reader("health01").get(f"/approver/{received.uuid}/")[0] == 404  # nor another department's approver
    assert written() == before
    assert Case.objects.get(pk=received.pk).state == "received"


@pytest.mark.parametrize(
    ("username", "path"),
    [("", "/signout/"), ("clerk01", "/counter/next/"), ("clerk01", "/counter/sit/"), ("clerk01", "/counter/end/"),
     ("clerk01", "/counter/leave/"), ("handover01", "/handover/collect/"), ("market01", f"/approver/{STRANGER}/decision/")],
)  # fmt: skip
def test_a_buttons_address_opened_as_a_page(reader: Reader, sitting_there: object, username: str, path: str) -> None:
    person, before = reader(username), written()
    for method in ("get", "put", "delete", "patch"):
        answer = getattr(person.client, method)(path)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert SENTENCES["not-found"][person.language] in html.unescape(answer.content.decode())
    assert person.client.put("/tickets/").status_code == person.client.delete("/counter/").status_code == 405
    assert written() == before


OUTSIDE = [
    "//elsewhere.example/", "https://elsewhere.example/", "http:elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example",
    "javascript:alert(1)", "https://testserver@elsewhere.example/", "http://testserver.elsewhere.example/", "///elsewhere.example",
    "/\t/elsewhere.example", "ftp://testserver/",
]  # fmt: skip


@pytest.mark.parametrize("target", OUTSIDE)
def test_signing_in_never_leads_elsewhere(reader: Reader, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    person, clerk = reader(), Staff.objects.get(username="clerk01")
    monkeypatch.setattr("onewindow.desks.portal.views.authenticate", lambda request, **who: clerk)  # the password is not what is tried here
    shown = person.client.get("/signin/", {"next": target})
    assert b'name="next" value=""' in shown.content
    answer = person.client.post("/signin/", {"username": "clerk01", "password": PASSWORD, "next": target})
    assert (answer.status_code, answer["Location"]) == (303, "/counter/")
    answer = person.client.post("/language/setlang/", {"language": "en", "next": target})
    assert answer.status_code == 302
    assert answer["Location"] == "/"


@pytest.mark.parametrize("referer", [*OUTSIDE, "http://testserver//elsewhere.example/", ""])
def test_a_refusal_never_leads_back_elsewhere(reader: Reader, unchanged: None, referer: str) -> None:
    desk = reader("clerk01")
    answer = desk.client.post("/counter/next/", headers={"referer": referer})  # not at a window
    leads = urlsplit(answer.headers.get("Location", "http://testserver/"))
    assert leads.netloc in ("", "testserver")
    assert not leads.path.startswith("//") or leads.netloc == "testserver"
    anonymous = reader().client.post("/counter/next/", headers={"referer": referer})
    target = parse_qs(urlsplit(anonymous["Location"]).query)["next"][0]
    page = reader().client.get("/signin/", {"next": target}).content.decode()
    offered = re.search(r'name="next" value="([^"]*)"', page[page.index('id="sign-in"') :])
    assert offered
    assert offered[1] in ("", "/")


@pytest.mark.parametrize("code", ["", "   ", "0", "AAAAAAAAAA", "' OR '1'='1", "%", "<script>alert(1)</script>"])
def test_a_wrong_query_code_shows_nobodys_business(reader: Reader, received: Case, unchanged: None, code: str) -> None:
    person = reader()
    status, page = person.post("/progress/", {"code": code})
    assert status == 404
    assert 'id="code-wrong"' in page
    assert received.number not in page
    typed = person.client.post("/progress/", {"code": code}).content.decode()
    assert "<script>alert" not in typed
    assert f'value="{html.escape(code.strip()).replace("&#x27;", "&#x27;")}"' in typed  # what was typed is still there
    status, page = person.get(f"/p/{quote(code.strip() or ' ', safe='')}/")
    assert status == 404
    assert SENTENCES["not-found"][person.language] in page
    assert received.number not in page


def test_a_session_that_ends_while_the_button_is_answered(reader: Reader, unchanged: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the button was to leave in the session cannot be kept; the reader is told to sign in again."""
    desk = reader("handover01")

    def and_then_the_session_ends(*number: str) -> None:
        Session.objects.all().delete()

    monkeypatch.setattr("onewindow.desks.handover.views.party_by_number", and_then_the_session_ends)
    status, page = desk.post("/handover/", {"number": AGENT})
    assert status == 401
    assert SENTENCES["session-expired"][desk.language] in page
    assert AGENT not in page


NASTY = "<script>alert(1)</script>'\"; DROP TABLE ledger_entry; -- {{ 7|add:7 }} ${7*7}"


def test_text_is_text_wherever_it_is_shown(reader: Reader, sitting_there: object) -> None:
    desk = reader("clerk01")
    new = {"choice": "new", "kind": "company", "name": NASTY, "number": "12441500196720244T", "phone": ""}
    desk.client.post("/counter/parties/", desk.shown() | new | {"number": "11330105002500287C", "name": NASTY})
    texts = [f for section in definition_of(FOOD).form for f in section.fields if f.kind in ("text", "address") and f.max_length >= len(NASTY)]
    body = dict(filled(FOOD).answers) | dict(filled(FOOD).form) | {f"form.{f.code}": NASTY for f in texts}
    answer = desk.client.post(f"/counter/apply/{FOOD}/", desk.shown() | body | {"once": str(uuid7()), "given": [c for _, c in filled(FOOD).given]})
    assert answer.status_code == 303
    code = filled(FOOD).given[0][1]
    case = answer["Location"]
    looked_at = {f"standing.{given}": "in-order" for _, given in filled(FOOD).given}
    desk.client.post(f"{case}check/", looked_at | {f"standing.{code}": "deficient", f"note.{code}": NASTY, "verb": "correct"})
    for path in (case, f"{case}paper/receipt/", f"{case}paper/correction-notice/", "/counter/"):
        page = desk.client.get(path)
        assert page.status_code == 200
        assert b"<script>alert" not in page.content, path
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in desk.client.get(case).content
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in desk.client.get(f"{case}paper/correction-notice/").content
    assert Entry.objects.filter(subject_kind="case", verb="correct").count() == 1


def _notice(page: str, name: str) -> str:
    """The text of the element of that id, up to the end of its paragraph."""
    start = page.index(f'id="{name}"')
    return page[start : page.index("</p>", start)]


def _without_fields(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "<input" not in line)
