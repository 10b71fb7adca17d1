"""Every machine, exhaustively: each verb from each state, with and without permission, and the shape of the table."""

from __future__ import annotations

import re

import pytest

from onewindow.kernel.errors import NotPermitted, WrongState
from onewindow.kernel.permissions import REGISTRY, Actor, Permission, system
from onewindow.kernel.states import MACHINES, NEW, Machine, Move, State
from onewindow.kernel.words import Words

EVERY = sorted(MACHINES)
VERBS = [(kind, verb) for kind in EVERY for verb in MACHINES[kind].moves]
NOBODY = Actor("staff", "0")
EVERYBODY_ELSE = frozenset(REGISTRY)


def permitted(move: Move) -> Actor:
    return Actor("staff", "1", frozenset({move.permission.code}))


def test_the_machines_of_the_product() -> None:
    assert EVERY == [
        "agency", "authorisation", "back-entry", "booklet", "bundle-version", "case", "catalogue-import", "department", "evaluation",
        "follow-up", "holiday-notice", "intervention", "item-draft", "item-version", "missed-query", "notice", "outage", "page", "party",
        "payment-difference", "payment-order", "published-permit", "refund", "register-entry", "reissue", "result", "secrecy-request", "site",
        "special-procedure", "staff", "ticket", "together", "visit", "window",
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "verb"), VERBS)
def test_every_verb_from_every_state(kind: str, verb: str) -> None:
    """With permission: allowed from the sources exactly. Without it: refused first, whatever the state."""
    machine = MACHINES[kind]
    move = machine.moves[verb]
    for state in [NEW, *machine.states]:
        if state in move.sources:
            assert machine.check(state, verb, permitted(move)) is move
        else:
            with pytest.raises(WrongState) as wrong:
                machine.check(state, verb, permitted(move))
            assert wrong.value.details == {"state": machine.label(state).zh, "verb": move.words.zh}
        for lacking in (NOBODY, Actor("staff", "2", EVERYBODY_ELSE - {move.permission.code})):
            with pytest.raises(NotPermitted) as denied:
                machine.check(state, verb, lacking)
            assert denied.value.details == {"permission": move.permission.words.zh}


@pytest.mark.parametrize("kind", EVERY)
def test_every_state_is_reached_from_nothing(kind: str) -> None:
    machine, reached = MACHINES[kind], {NEW}
    while more := {m.target for m in machine.moves.values() if m.sources & reached} - reached:
        reached |= more
    assert reached - {NEW} == set(machine.states)


@pytest.mark.parametrize("kind", EVERY)
def test_every_state_is_terminal_or_can_be_left(kind: str) -> None:
    """From every state an end can be reached, or the state is one that a life may rest in for good."""
    machine = MACHINES[kind]
    left = {source for move in machine.moves.values() for source in move.sources} - {NEW}
    assert machine.terminal == frozenset(machine.states) - left
    assert machine.terminal | left == set(machine.states)
    if machine.terminal:
        ends = set(machine.terminal)
        while more := {s for m in machine.moves.values() if m.target in ends for s in m.sources} - ends:
            ends |= more
        assert ends >= set(machine.states)
    else:
        assert kind in {"site", "window", "staff", "register-entry"}, "a life without an end is a place, a person or a line of the register"


@pytest.mark.parametrize("kind", EVERY)
def test_lives_begin_by_one_kind_of_birth_and_nothing_returns_to_nothing(kind: str) -> None:
    machine = MACHINES[kind]
    births = [move for move in machine.moves.values() if NEW in move.sources]
    assert [move.sources for move in births] == [frozenset({NEW})]
    assert all(move.target != NEW for move in machine.moves.values())


@pytest.mark.parametrize("kind", EVERY)
def test_the_diagram_shows_every_state_and_every_move(kind: str) -> None:
    machine = MACHINES[kind]
    lines = machine.mermaid().splitlines()
    assert lines[0] == "stateDiagram-v2"
    wanted = {f"    {s.value}: {s.words.zh} {s.words.en}" for s in machine.states.values()}
    wanted |= {
        f"    {source or '[*]'} --> {move.target}: {move.words.zh} {move.verb}" for move in machine.moves.values() for source in move.sources
    }
    wanted |= {f"    {state} --> [*]" for state in machine.terminal}
    assert set(lines[1:]) == wanted and len(lines) == len(wanted) + 1


def test_events_are_past_dotted_and_each_told_by_one_verb() -> None:
    events = [move.event for kind in EVERY for move in MACHINES[kind].moves.values()]
    assert len(set(events)) == len(events)
    assert [event for event in events if not re.fullmatch(r"[a-z]+\.[a-z]+(_[a-z]+)*", event)] == []


def test_every_word_is_there_in_both_languages() -> None:
    for machine in MACHINES.values():
        for words in [machine.words, *(s.words for s in machine.states.values()), *(m.words for m in machine.moves.values())]:
            assert re.search("[一-鿿]", words.zh) and words.en.isascii() and words.en.strip() == words.en != ""
        labels = [state.words.zh for state in machine.states.values()]
        assert len(set(labels)) == len(labels)
        assert {state.tone for state in machine.states.values()} <= {"calm", "go", "soon", "stop", "done"}
    assert MACHINES["case"].label(NEW) == ("尚未开始", "not begun")


def test_a_machine_that_names_an_unknown_state_is_refused() -> None:
    may = REGISTRY["queueing.take"]
    before = dict(MACHINES)
    with pytest.raises(ValueError, match=r"odd\.go names unknown states \['away'\]"):
        Machine("odd", Words("怪", "odd"), [State("here", Words("在", "here"))],
                [Move("go", frozenset({"here"}), "away", may, "odd.gone", Words("去", "go"))])  # fmt: skip
    with pytest.raises(ValueError, match="two machines are called case"):
        Machine("case", Words("怪", "odd"), [], [])
    assert before == MACHINES


def test_a_permission_is_declared_once() -> None:
    words = REGISTRY["queueing.take"].words
    assert Permission("queueing.take", words) == REGISTRY["queueing.take"]
    with pytest.raises(ValueError, match=r"queueing\.take is declared twice"):
        Permission("queueing.take", Words("别的", "other"))
    assert REGISTRY["queueing.take"].words == words


def test_the_system_holds_only_what_it_was_given() -> None:
    take, call = REGISTRY["queueing.take"], REGISTRY["queueing.call"]
    actor = system("printer", [take])
    assert (actor.ref, actor.may(take), actor.may(call), actor.site, actor.department) == ("system:printer", True, False, "", "")
    actor.require(take)
    with pytest.raises(NotPermitted):
        actor.require(call)
