"""One sitting: a window has one, a ticket has one ever, and a code on the receipt finds it again."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction

from onewindow.errands.tests.scene import (
    agent,
    at_window,
    company,
    newest,
    nobody,
    refused,
    rows_written,
    seated,
    staff,
    stranger,
    ticket,
    verbs,
)
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, NotPermitted, StateConflict, WrongState
from onewindow.spine.visits.actions import close_visit, name_visitors, open_visit, verify_visitor
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.queries import open_visit_at, query_code, visit, visit_by_query_code


def opened(place: int = 0, taken: int | None = None) -> Visit:
    clerk, window = at_window(f"clerk{place + 1:02d}", place)
    key = taken or ticket().pk
    return open_visit(by=clerk, window=window, ticket=key, ticket_number="A001", agent_id=None)


def test_a_visit_opens_with_a_code_that_is_kept_sealed(morning: clock.Hand) -> None:
    with rows_written() as rows:
        new = opened()
    assert rows == ["window.open", "ticket.take", "visit.open"]
    code = query_code(new)
    assert re.fullmatch("[2-9A-HJKMNPQRSTWXYZ]{10}", code)
    assert code.encode() not in bytes(new.query_sealed) + bytes(new.query_blind) + bytes(new.query_key)
    assert newest(new).facts == {"window": "A01", "ticket": new.ticket}
    assert code not in str(newest(new).facts)


def test_the_code_finds_the_visit_however_it_is_typed(morning: clock.Hand) -> None:
    new = opened()
    code = query_code(new)
    for typed in (code, code.lower(), f" {code[:5]} {code[5:]} ", f"{code[:5]}-{code[5:]}"):
        assert visit_by_query_code(typed).pk == new.pk
    for typed in ("", code[:-1], code + "2", "2222222222"):
        with pytest.raises(NotFound):
            visit_by_query_code(typed)
    assert visit(str(new.uuid)).pk == new.pk
    with pytest.raises(NotFound):
        visit("00000000-0000-7000-8000-000000000000")


def test_a_window_has_one_sitting_and_a_ticket_one_ever(morning: clock.Hand) -> None:
    first = opened()
    with refused(StateConflict):
        opened()
    close_visit(by=staff("clerk01"), visit_id=first.pk)
    with refused(StateConflict):
        opened(taken=first.ticket)
    assert open_visit_at(first.window_id) is None
    assert opened(place=1).window_id != first.window_id


def test_it_is_said_for_whom_and_can_be_said_again(morning: clock.Hand) -> None:
    clerk, new = seated()
    with rows_written() as rows:
        name_visitors(by=clerk, visit_id=new.pk, applicant_id=stranger().pk, agent_id=None)
    new.refresh_from_db()
    assert (rows, new.applicant_id, new.agent_id) == (["visit.name"], stranger().pk, None)
    assert newest(new).facts == {"applicant": stranger().pk, "agent": None}
    close_visit(by=clerk, visit_id=new.pk)
    with refused(WrongState):
        name_visitors(by=clerk, visit_id=new.pk, applicant_id=company().pk, agent_id=agent().pk)
    with refused(WrongState):
        close_visit(by=clerk, visit_id=new.pk)
    assert verbs(new) == ["open", "verify", "name", "name", "close"]


def test_who_the_ticket_names_is_a_claim_until_the_document_was_compared(morning: clock.Hand) -> None:
    clerk, window = at_window()
    new = open_visit(by=clerk, window=window, ticket=ticket().pk, ticket_number="A001", agent_id=agent().pk)
    assert (new.claim_id, new.agent_id) == (agent().pk, agent().pk)
    with refused(InvalidInput) as no:
        verify_visitor(by=clerk, visit_id=new.pk, tail="0015")
    assert no.value.details["field"] == "证件号码后四位"
    with refused(NotPermitted):
        verify_visitor(by=staff("handover01"), visit_id=new.pk, tail="0014")
    name_visitors(by=clerk, visit_id=new.pk, applicant_id=company().pk, agent_id=agent().pk)
    new.refresh_from_db()
    assert new.claim_id == agent().pk  # saying for whom settles nothing
    with rows_written() as rows:
        verify_visitor(by=clerk, visit_id=new.pk, tail="0014")
    new.refresh_from_db()
    assert (rows, new.claim_id, new.agent_id, new.state) == (["visit.verify"], None, agent().pk, "open")
    assert newest(new).facts == {"party": agent().pk, "how": "tail"}
    with refused(StateConflict):
        verify_visitor(by=clerk, visit_id=new.pk, tail="0014")
    close_visit(by=clerk, visit_id=new.pk)
    with refused(WrongState):
        verify_visitor(by=clerk, visit_id=new.pk, tail="0014")


def test_who_is_registered_from_their_document_leaves_no_claim(morning: clock.Hand) -> None:
    clerk, window = at_window()
    new = open_visit(by=clerk, window=window, ticket=ticket().pk, ticket_number="A001", agent_id=agent().pk)
    name_visitors(by=clerk, visit_id=new.pk, applicant_id=None, agent_id=stranger().pk, seen=True)
    new.refresh_from_db()
    assert (new.claim_id, new.agent_id) == (None, stranger().pk)
    assert newest(new).facts == {"applicant": None, "agent": stranger().pk, "seen": stranger().pk}


def test_only_a_window_clerk_serves(morning: clock.Hand) -> None:
    clerk, window = at_window()
    for actor in (nobody(), staff("handover01"), staff("market01")):
        with refused(NotPermitted):
            open_visit(by=actor, window=window, ticket=1, ticket_number="A001", agent_id=None)
    new = opened()
    with refused(NotPermitted):
        name_visitors(by=nobody(), visit_id=new.pk, applicant_id=None, agent_id=None)
    with refused(NotPermitted):
        close_visit(by=nobody(), visit_id=new.pk)
    assert clerk.ref == newest(new).by


def test_the_database_keeps_one_open_visit_a_window(morning: clock.Hand) -> None:
    first, second = opened(), opened(place=1)
    with pytest.raises(IntegrityError, match="visits_one_open_a_window"), transaction.atomic():
        Visit.objects.filter(pk=second.pk).update(window=first.window_id)
