"""Passwords and query codes are not guessed: failures are counted, people who know are let in, and the pause ends."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from onewindow.errands.tests.scene import everything, received, seated
from onewindow.foundation.staff.models import Staff
from onewindow.kernel import clock
from onewindow.spine.visits.queries import query_code

GOOD, BAD = "right-password", "wrong-password"


@pytest.fixture(autouse=True)
def quick(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def clerks(morning: clock.Hand) -> clock.Hand:
    Staff.objects.all().update(password=make_password(GOOD))
    return morning


def sign_in(username: str, password: str, address: str = "10.0.0.1", **extra: str) -> int:
    answer = Client(REMOTE_ADDR=address).post("/signin/", {"username": username, "password": password}, **extra)
    return answer.status_code


def test_ten_wrong_passwords_pause_the_account_everywhere_and_only_this_one(clerks: clock.Hand) -> None:
    assert [sign_in("clerk01", BAD, f"10.0.0.{n}") for n in range(10)] == [401] * 10
    before = everything()
    assert sign_in("clerk01", GOOD) == sign_in("CLERK01 ", GOOD, "10.9.9.9") == 429
    assert everything() == before  # a try while paused is not looked at, and lengthens nothing
    assert sign_in("clerk02", GOOD) == 303
    clerks.forward(minutes=14, seconds=59)
    assert sign_in("clerk01", GOOD) == 429
    clerks.forward(seconds=1)
    assert sign_in("clerk01", GOOD) == 303


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "输错次数太多，为保护信息已暂停尝试，没有作任何改动。请 15 分钟后再试"), ("en", "Please try again in 15 min")]
)
def test_who_is_paused_is_told_for_how_long_and_keeps_what_was_typed(clerks: clock.Hand, language: str, words: str) -> None:
    for _ in range(10):
        sign_in("clerk01", BAD)
    answer = Client(REMOTE_ADDR="10.0.0.1", headers={"accept-language": language}).post("/signin/", {"username": "clerk01", "password": GOOD, "next": "/counter/"})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert words in page
    assert 'value="clerk01"' in page and 'name="next" value="/counter/"' in page
    assert GOOD not in page


def test_who_knows_the_password_begins_to_count_anew(clerks: clock.Hand) -> None:
    for _ in range(3):
        assert [sign_in("clerk01", BAD) for _ in range(9)] == [401] * 9
        assert sign_in("clerk01", GOOD) == 303


def test_one_address_may_be_wrong_sixty_times_over_all_accounts(clerks: clock.Hand) -> None:
    wrong = [sign_in(f"clerk{1 + n // 9:02d}", BAD) for n in range(60)]
    assert wrong == [401] * 60
    assert sign_in("manager01", GOOD) == 429
    assert sign_in("manager01", GOOD, "10.0.0.2") == 303
    clerks.forward(minutes=15)
    assert sign_in("manager01", GOOD) == 303


def test_an_office_that_signs_in_all_morning_is_never_paused(clerks: clock.Hand) -> None:
    assert [sign_in("clerk01", GOOD) for _ in range(70)] == [303] * 70


def test_an_account_that_is_none_is_paused_alike(clerks: clock.Hand) -> None:
    assert [sign_in("nobody", BAD) for _ in range(11)] == [401] * 10 + [429]


def test_behind_the_proxy_the_address_is_what_the_proxy_says(clerks: clock.Hand, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TLS = True
    for n in range(60):
        sign_in(f"x{n}", BAD, "127.0.0.1", HTTP_X_FORWARDED_FOR=f"9.9.9.{n}, 10.1.1.1")  # only the last entry is the proxy's own
    assert sign_in("clerk01", GOOD, "127.0.0.1", HTTP_X_FORWARDED_FOR="10.1.1.1") == 429
    assert sign_in("clerk01", GOOD, "127.0.0.1", HTTP_X_FORWARDED_FOR="10.1.1.2") == 303


def test_twenty_codes_that_are_none_pause_the_address(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    code = query_code(visit)
    hall, home = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    pages = (f"/p/{code}/", f"/p/{code}/{case.uuid}/receipt/")
    assert [hall.get(page).status_code for page in pages * 15] == [200] * 30  # a hall full of people who know their code
    guesses = [*[hall.post("/progress/", {"code": f"GUESS{n:05d}"}).status_code for n in range(10)],
               *[hall.get(f"/p/GUESS{n:05d}/").status_code for n in range(10)]]  # fmt: skip
    assert guesses == [404] * 20
    before = everything()
    assert [hall.get(page).status_code for page in pages] == [429, 429]
    asked = hall.post("/progress/", {"code": code})
    assert (asked.status_code, code in asked.content.decode()) == (429, True)
    assert "请 10 分钟后再试" in asked.content.decode()
    assert everything() == before
    assert home.get(pages[0]).status_code == 200
    morning.forward(minutes=10)
    assert hall.post("/progress/", {"code": code}).status_code == 303
    assert hall.get(pages[0]).status_code == 200
