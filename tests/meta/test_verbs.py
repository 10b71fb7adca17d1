"""Every verb a machine declares is one somebody can do: some action begins or moves a subject with it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.states import MACHINES

PACKAGE = Path(__file__).parents[2] / "src" / "onewindow"
# Where model and verb stand among the arguments; `move_locked` is given a subject, and its kind is the variable's.
VERB_AT = {"begin": 1, "begin_all": 1, "moving": 2, "move_locked": 1}
KINDS = {model.__name__: model.machine.kind for model in apps.get_models() if issubclass(model, Subject)}


def sources() -> Iterator[ast.Module]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "tests" not in path.relative_to(PACKAGE).parts and "bench" not in path.relative_to(PACKAGE).parts:
            yield ast.parse(path.read_text())


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def texts(node: ast.expr) -> set[str]:
    """The verbs an expression may stand for: a text, or one of two."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def verbs_of(call: ast.Call, inside: ast.FunctionDef, tree: ast.Module) -> set[str]:
    """The verbs of one call; where the verb is a parameter, those its function is called with in the same file."""
    assert isinstance(call.func, ast.Name)
    verb = call.args[VERB_AT[call.func.id]]
    if not isinstance(verb, ast.Name):
        return texts(verb)
    parameters = [argument.arg for argument in inside.args.args]
    if verb.id not in parameters:
        return set()
    place = parameters.index(verb.id)
    return set().union(*(texts(outer.args[place]) for outer in calls(tree, {inside.name}) if len(outer.args) > place))


def kinds_of(call: ast.Call, inside: ast.FunctionDef) -> set[str]:
    """The kind of subject a call begins or moves: by its model, or by what the function says its variable is."""
    of = call.args[0]
    assert isinstance(of, ast.Name), ast.unparse(call)
    if of.id in KINDS:
        return {KINDS[of.id]}
    said = {argument.arg: ast.unparse(argument.annotation) for argument in inside.args.args if argument.annotation is not None}
    for node in ast.walk(inside):  # a row locked here: standing = locked(Site, site_id)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Call):
            said |= {node.targets[0].id: ast.unparse(node.value.args[0])} if ast.unparse(node.value.func) == "locked" else {}
    return {KINDS[said[of.id]]} if said.get(of.id) in KINDS else set()


def done() -> set[tuple[str, str]]:
    found = set()
    for tree in sources():
        for function in functions(tree):
            for call in calls(function, set(VERB_AT)):
                found |= {(kind, verb) for kind in kinds_of(call, function) for verb in verbs_of(call, function, tree)}
    return found


def test_every_verb_of_every_machine_is_done_by_some_action() -> None:
    declared = {(kind, verb) for kind, machine in MACHINES.items() for verb in machine.moves}
    assert sorted(declared - done()) == []


def test_no_action_does_a_verb_that_no_machine_declares() -> None:
    declared = {(kind, verb) for kind, machine in MACHINES.items() for verb in machine.moves}
    assert sorted(done() - declared) == []


def test_the_search_finds_what_is_done_and_nothing_else() -> None:
    """By its own means: a verb passed on by a helper, one of two, and one that is only spoken of."""
    tree = ast.parse(
        "def call(ticket: Ticket) -> None:\n    _go(ticket, 'call')\n"
        "def _go(ticket: Ticket, verb: str) -> None:\n    with move_locked(ticket, verb, by=by):\n        said('miss')\n"
        "def send(pk: int) -> None:\n    with moving(Notice, pk, 'send' if phone else 'give-up', by=by):\n        pass\n"
    )
    found = {
        (kind, verb)
        for function in functions(tree)
        for call in calls(function, set(VERB_AT))
        for kind in kinds_of(call, function)
        for verb in verbs_of(call, function, tree)
    }
    assert found == {("ticket", "call"), ("notice", "send"), ("notice", "give-up")}
