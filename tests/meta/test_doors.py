"""No door without a name: every address says who may come in, and means it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from onewindow.errands.tests.scene import everything, signed_in, staff
from onewindow.foundation.staff.actions import suspend
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.queries import actor_of
from onewindow.foundation.staff.roles import ROLES
from onewindow.kernel.permissions import REGISTRY

# Django's own: sets the reader's language cookie, and nothing else.
FOREIGN = {"set_language"}
_SAMPLE = {
    "uuid": "01920000-0000-7000-8000-000000000000", "page": "01920000-0000-7000-8000-000000000001",
    "other": "01920000-0000-7000-8000-000000000002", "kind": "receipt", "item": "food-business-licence", "bundle": "open-restaurant", "code": "A", "site": "demo-centre",
    "procedure": "01920000-0000-7000-8000-000000000003", "name": "abc", "step": "start", "n": 1, "form": "json", "verb": "submit", "sm3": "0" * 64,
}  # fmt: skip


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


DOORS = [pattern for pattern in patterns() if pattern.name not in FOREIGN]
BY_NAME = {pattern.name: pattern for pattern in DOORS}
STAFF = sorted(name for name, pattern in BY_NAME.items() if pattern.callback.policy != "public")


def address(name: str) -> str:
    wanted = BY_NAME[name].pattern.converters
    return reverse(name, kwargs={key: _SAMPLE[key] for key in wanted})


def test_every_address_has_a_name_and_a_policy() -> None:
    assert [str(pattern.pattern) for pattern in DOORS if not pattern.name or not getattr(pattern.callback, "policy", "")] == []
    assert {pattern.name for pattern in patterns()} - BY_NAME.keys() == FOREIGN
    assert len(BY_NAME) == len(DOORS)


def test_every_policy_is_public_or_a_permission_some_post_holds() -> None:
    held = frozenset().union(*(role.permissions for role in ROLES.values()))
    wrong = {
        name: pattern.callback.policy
        for name, pattern in BY_NAME.items()
        if pattern.callback.policy != "public" and not set(pattern.callback.policy.split("|")) <= held & REGISTRY.keys()
    }
    assert wrong == {}


def test_what_is_public_is_listed() -> None:
    assert sorted(BY_NAME.keys() - set(STAFF)) == [
        "ask", "board", "evaluate-case", "evaluate-visit", "evaluator", "front", "item", "item-form-pdf", "item-mine", "item-mine-form-pdf", "item-mine-pdf",
        "item-pdf", "item-sample", "items", "items-missed", "pay", "payment-notify", "permit", "permits", "permits-export", "phone", "phones", "printer",
        "progress", "progress-paper", "progress-paper-pdf", "progress-receipt", "progress-receipt-pdf", "satisfaction", "secrecy", "sign-in", "sign-out",
        "ticket", "ticket-pdf", "ticket-print", "together", "together-bundle", "together-mine", "tour", "tour-do", "tour-walk", "tray", "tray-paper",
        "tray-picture",
    ]  # fmt: skip


def methods(client: Client) -> list[Callable[..., Any]]:
    return [client.get, client.post, client.head]


@pytest.mark.parametrize("name", STAFF)
def test_a_staff_door_asks_strangers_to_sign_in(db: None, settings: Any, name: str) -> None:
    settings.DEMONSTRATION = False  # where some doors stand open
    before = everything()
    for method in methods(Client()):
        answer = method(address(name))
        assert answer.status_code in (302, 405)
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/signin/?next=")
    assert {t for t, found in everything().items() if found != before[t]} <= {"django_session"}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_staff_door_turns_away_every_post_that_lacks_it(db: None, settings: Any, role: str) -> None:
    settings.DEMONSTRATION = False
    person = Staff.objects.filter(roles=[role]).order_by("id")[0]
    client = Client()
    client.force_login(person)
    before = everything()
    for name in STAFF:
        if actor_of(person).permissions & set(BY_NAME[name].callback.policy.split("|")):
            continue
        for method in methods(client):
            assert method(address(name)).status_code in (403, 405), (name, role)
    assert {t for t, found in everything().items() if found != before[t]} <= {"django_session"}


def test_a_suspended_account_is_a_stranger(db: None) -> None:
    client, clerk = Client(), Staff.objects.get(username="clerk01")
    client.force_login(clerk)
    assert client.get(address("counter")).status_code == 200
    suspend(by=staff("administrator01"), staff_id=clerk.pk, reason="left")
    assert client.get(address("counter")).status_code == 302


@pytest.mark.parametrize("name", [name for name in STAFF if "collect" in name or name.startswith("counter-")])
def test_buttons_are_pressed_and_never_linked_to(db: None, name: str) -> None:
    client = Client()
    client.force_login(Staff.objects.get(username="handover01" if name.startswith("handover") else "clerk01"))
    pages = {"counter-case", "counter-pages", "counter-page-picture", "counter-page-original", "counter-paper", "counter-paper-pdf", "counter-apply",
             "counter-items", "counter-together",
             "counter-together-receipt", "counter-together-receipt-pdf"}
    assert (client.get(address(name)).status_code == 405) is (name not in pages)


@pytest.mark.parametrize("reader", [None, "clerk01", "market01", "handover01"])
def test_no_page_is_stored(db: None, reader: str | None) -> None:
    """Neither a page nor a refusal: the next person at the machine finds nothing behind the back button."""
    client = signed_in(reader) if reader else Client()
    last = ("own-password", "sign-in", "sign-out")  # after these somebody else may be signed in, or nobody
    kept = [(name, method.__name__) for name in sorted(BY_NAME.keys() - set(last)) for method in methods(client) if stored(method(address(name)))]
    assert ("_auth_user_id" in client.session) == bool(reader)
    kept += [(name, method.__name__) for name in last for method in methods(client) if stored(method(address(name)))]
    assert kept == []


def stored(answer: Any) -> bool:
    return bool(answer.headers["Cache-Control"] != "no-store")


def test_every_page_says_what_it_may_load(db: None) -> None:
    assert "Content-Security-Policy" in Client().get("/").headers
