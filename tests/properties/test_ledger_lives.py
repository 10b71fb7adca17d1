"""Random lives: whatever is tried on a subject, its rows are its moves, its chain holds, and what is denied leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onewindow.errands.tests.scene import SITE
from onewindow.foundation.people.models import Party
from onewindow.foundation.places.models import Hall, Window
from onewindow.foundation.staff.models import Authorisation, Department, Staff
from onewindow.kernel.crypto import sm3
from onewindow.kernel.errors import NotPermitted, WrongState
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.chain import canonical
from onewindow.kernel.ledger.models import Entry, Subject
from onewindow.kernel.ledger.moving import Motion, begin, moving
from onewindow.kernel.permissions import REGISTRY, Actor
from onewindow.kernel.states import NEW, Machine
from onewindow.stages.notices.models import Notice
from onewindow.stages.queueing.models import Ticket

OWNER_OF_ALL = Actor("staff", "1", frozenset(REGISTRY))
_HAND = settings(derandomize=True, max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _columns(model: type[Subject]) -> dict[str, Any]:
    """What a new subject of this kind needs besides its life."""
    if model is Party:
        return {"kind": "person", "name": "演示", "sort_key": "", "document": "resident-id", "record_key": b"k", "number_sealed": b"n", "tail_sealed": b"t"}
    if model is Staff:
        return {"username": str(uuid7()), "name_zh": "演示", "name_en": "demo", "roles": ["clerk"], "password": "!"}
    if model is Authorisation:
        office = Department.objects.order_by("id")[0]
        return {"department": office, "items": [], "clerks": [], "scopes": [], "valid_from": date(2026, 1, 1),
                "valid_until": date(2026, 1, 2), "seal": "x"}  # fmt: skip
    hall = Hall.objects.order_by("id")[0]
    if model is Window:
        return {"hall": hall, "code": f"Z{Window.objects.count()}", "number": 99}
    if model is Ticket:
        return {"hall": hall, "local_day": date(2020, 1, 1), "serial": Ticket.objects.count() + 1, "number": "A999", "once": uuid7(),
                "effective_at": Entry.objects.order_by("id")[0].at}  # fmt: skip
    assert model is Notice
    return {"cause": Notice.objects.count() + 1, "party": Party.objects.order_by("id")[0], "template": "x", "values": {}}


def _along(motion: Motion[Any]) -> None:
    """What a verb has to change together with the state, for the database to let it pass."""
    subject, verb = motion.subject, motion.move.verb
    if isinstance(subject, Window):
        motion.set(clerk=Staff.objects.filter(windows__isnull=True).order_by("-id")[0] if verb == "open" else None)
    if isinstance(subject, Party) and verb in ("merge", "split", "erase"):
        remaining = Party.objects.exclude(pk=subject.pk).exclude(state="merged").order_by("id")[0]
        motion.set(merged_into=remaining if verb == "merge" else None, merge_reason="演示" if verb == "merge" else "")
    if isinstance(subject, Ticket) and verb == "call":
        window = begin(Window, "install", by=OWNER_OF_ALL, site=SITE, **_columns(Window))
        motion.set(window=window)
    motion.record(tried=verb)


def _row(subject: Subject) -> dict[str, Any]:
    return type(subject)._base_manager.filter(pk=subject.pk).values().get()


def _check(subject: Subject, machine: Machine, lived: list[str]) -> None:
    """The subject as its own history says, computed here a second time."""
    stored = _row(subject)
    entries = list(Entry.objects.filter(subject_kind=machine.kind, subject_id=subject.pk).order_by("n"))
    assert [entry.verb for entry in entries] == lived
    assert [entry.n for entry in entries] == list(range(1, stored["moves"] + 1))
    digest, state = sm3(b"onewindow.genesis\x00", machine.kind.encode(), b"\x00", stored["uuid"].bytes), NEW
    for entry in entries:
        assert entry.was == state and entry.now == machine.moves[entry.verb].target
        moment = entry.at.isoformat(timespec="microseconds")
        content = [entry.n, entry.was, entry.now, entry.verb, entry.by, moment, entry.site, entry.year, entry.facts]
        digest, state = sm3(digest, canonical(content)), entry.now
        assert bytes(entry.digest) == digest
    assert (bytes(stored["head"]), stored["state"]) == (digest, state)


@pytest.mark.parametrize("model", [Party, Staff, Authorisation, Window, Ticket, Notice], ids=lambda m: m.machine.kind)
def test_random_lives_keep_the_ledger(db: None, model: type[Subject]) -> None:
    machine = model.machine
    birth = next(verb for verb, move in machine.moves.items() if NEW in move.sources)
    tries = st.lists(st.tuples(st.sampled_from(sorted(machine.moves)), st.sampled_from(["may", "may", "may-not", "breaks"])), max_size=6)

    @settings(_HAND, max_examples=35)
    @given(tries)
    def live(attempts: list[tuple[str, str]]) -> None:
        subject = begin(model, birth, by=OWNER_OF_ALL, site=SITE, **_columns(model))
        state, lived = machine.moves[birth].target, [birth]
        for verb, how in attempts:
            state = _attempt(subject, verb, how, state, lived)
        _check(subject, machine, lived)

    live()


def _attempt(subject: Subject, verb: str, how: str, state: str, lived: list[str]) -> str:
    """Try one verb; the state after it, by the table alone."""
    move = subject.machine.moves[verb]
    allowed = state in move.sources
    actor = OWNER_OF_ALL if how != "may-not" else Actor("staff", "2", frozenset(REGISTRY) - {move.permission.code})
    expected: type[Exception] | None
    match how, allowed:
        case "may-not", _:
            expected = NotPermitted
        case _, False:
            expected = WrongState
        case "breaks", True:
            expected = ZeroDivisionError
        case _:
            expected = None
    before, rows = _row(subject), Entry.objects.count()

    def move_it() -> None:
        with moving(type(subject), subject.pk, verb, by=actor) as motion:
            _along(motion)
            if how == "breaks":
                raise ZeroDivisionError

    if expected is None:
        move_it()
        lived.append(verb)
        return move.target
    _refused(move_it, expected)
    assert (_row(subject), Entry.objects.count()) == (before, rows)
    return state


def _refused(doing: Callable[[], None], expected: type[Exception]) -> None:
    with pytest.raises(expected), transaction.atomic():
        doing()
