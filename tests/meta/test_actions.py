"""Every action says by whom and writes the ledger; every permission belongs to somebody; what is denied leaves nothing."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from onewindow.errands.backentry import open_back_entry
from onewindow.errands.holidays import publish_notice
from onewindow.errands.importing import bring_file
from onewindow.errands.tests.joint import filed as file_together
from onewindow.errands.tests.scene import SITE, accepted, at_window, available, opening, received, refused, seated, staff, ticket
from onewindow.foundation.catalogue.drafts.actions import open_draft
from onewindow.foundation.catalogue.search.actions import note_missed, settle
from onewindow.foundation.people.models import Agency, Party
from onewindow.foundation.places.queries import hall
from onewindow.foundation.staff.roles import ROLES
from onewindow.kernel import clock
from onewindow.kernel.errors import NotPermitted
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.permissions import REGISTRY, Actor, system
from onewindow.kernel.states import MACHINES, NEW
from onewindow.law.calendars import DeclaredDay, Notice, packaged
from onewindow.oversight.evaluation.actions import evaluate_case
from onewindow.oversight.evaluation.rules import Said
from onewindow.oversight.evaluation.tests.said import PAGE
from onewindow.oversight.health.actions import retry_job
from onewindow.spine.attachments.actions import attach
from onewindow.spine.attachments.tests.handed import photo
from onewindow.spine.cases.actions import reissue_document
from onewindow.spine.visits.models import Visit
from onewindow.stages.approval.actions import begin_procedure
from onewindow.stages.approval.rules import Basis
from onewindow.stages.notices.actions import write
from onewindow.stages.notices.states import WRITE
from onewindow.stages.outage.actions import declare, print_booklet
from onewindow.stages.payment.actions import ask_refund, take
from onewindow.stages.payment.tests.scene import PLATFORM, granted_card, ordered, told
from onewindow.stages.publication.actions import publish
from onewindow.stages.publication.policies import ASK, PUBLISH
from onewindow.stages.publication.secrecy import ask_secrecy

PACKAGE = Path(__file__).parents[2] / "src" / "onewindow"
ACTORLESS = {
    "next_number": "a number is not a subject: it is taken inside the act that needs it",
    "beat": "a process tells that it lives, and a beat is no legal fact",
    "tried": "whoever guesses is nobody yet, and a count is no legal fact",
    "cleared": "whoever signs in is nobody yet, and a count is no legal fact",
    "note_missed": "whoever searches is nobody, and a count is no legal fact",
    "remember": "a vector is computed from what the ledger tells of already",
}
WRITES = {"begin", "begin_all", "moving", "move_locked"}
HELPS = {
    "resealed": "gives the move under way what to set",
    "note_materials": "writes under the move it is given",
    "issue_document": "writes under the move it is given",
    "attach_document": "writes under the move it is given, or beside the birth of the case",
}
HELD_BY_THE_SYSTEM = {
    "acceptance.bring": "what one case of a filing gives another is brought by the handler that hears of the result",
    "cases.recompute": "deadlines are recomputed by the job that follows a holiday notice",
    "delivery.make": "a result is made by the handler that hears the decision",
    "evaluation.give": "whoever was served evaluates, by the progress page or the tablet at the window",
    "payment.take": "what was paid is told by the payment platform",
    "payment.make-refund": "a refund is made by the handler that hears the approval",
    "payment.find": "a difference is found by what looks, not by a person",
    "publication.publish": "a permit is published by the handler that hears of the result",
    "publication.ask": "the applicant asks, by the progress page",
    "notices.write": "messages are written by handlers",
    "notices.send": "messages are sent by handlers",
}


def modules(pattern: str) -> list[str]:
    found = sorted(path for path in PACKAGE.glob(pattern) if "tests" not in path.relative_to(PACKAGE).parts and path.name != "__init__.py")
    return [".".join(("onewindow", *path.relative_to(PACKAGE).with_suffix("").parts)) for path in found]


def actions(*names: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name in names:
        module = importlib.import_module(name)
        for function_name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == name and not function_name.startswith("_"):
                yield f"{name}.{function_name}", function


ACTIONS = modules("**/actions.py")
ERRANDS = modules("errands/*.py")


def test_every_action_says_by_whom_by_name_and_without_a_default() -> None:
    wrong = []
    for name, function in actions(*ACTIONS):
        short = name.rsplit(".", 1)[1]
        if short in ACTORLESS or short in HELPS:
            continue
        by = inspect.signature(function).parameters.get("by")
        if by is None or by.kind is not inspect.Parameter.KEYWORD_ONLY or by.default is not inspect.Parameter.empty or by.annotation != "Actor":
            wrong.append(name)
    assert wrong == []


def test_every_parameter_of_an_action_is_named_by_the_caller() -> None:
    loose = [
        f"{name}({parameter.name})"
        for name, function in actions(*ACTIONS)
        if name.rsplit(".", 1)[1] not in ACTORLESS | HELPS
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY
    ]
    assert loose == []


def test_every_errand_that_changes_something_says_by_whom() -> None:
    reads = {"my_window", "known_of", "shown_of", "as_known", "cast"}
    wrong = []
    for name, function in actions(*ERRANDS):
        by = inspect.signature(function).parameters.get("by")
        if name.rsplit(".", 1)[1] not in reads and (by is None or by.kind is not inspect.Parameter.KEYWORD_ONLY):
            wrong.append(name)
    assert wrong == []


def test_the_allowed_exceptions_are_still_there() -> None:
    names = {name.rsplit(".", 1)[1] for name, _ in actions(*ACTIONS)}
    assert names >= ACTORLESS.keys() | HELPS.keys()


def test_every_action_writes_a_ledger_row() -> None:
    """Each ends, directly or through a function of its module, in `begin`, `moving` or `move_locked`, or in another's action."""
    silent = []
    shared = {name.rsplit(".", 1)[1] for name, _ in actions(*ACTIONS)} - ACTORLESS.keys() - HELPS.keys()
    for module in ACTIONS:
        tree = ast.parse((PACKAGE.parent / (module.replace(".", "/") + ".py")).read_text())
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        calls = {
            name: {call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}
            for name, node in functions.items()
        }
        writers = {name for name, called in calls.items() if called & WRITES or called & (shared - functions.keys())}
        while more := {name for name, called in calls.items() if called & writers} - writers:
            writers |= more
        silent += [f"{module}.{name}" for name in functions if not name.startswith("_") and name not in writers | ACTORLESS.keys() | HELPS.keys()]
    assert silent == []


def test_every_permission_of_a_post_exists() -> None:
    assert {role.code: sorted(role.permissions - REGISTRY.keys()) for role in ROLES.values() if role.permissions - REGISTRY.keys()} == {}


def test_every_permission_belongs_to_a_post_or_to_the_system() -> None:
    held = frozenset().union(*(role.permissions for role in ROLES.values()))
    assert REGISTRY.keys() - held == HELD_BY_THE_SYSTEM.keys()


def test_every_verb_is_somebody_s() -> None:
    used = {move.permission.code for machine in MACHINES.values() for move in machine.moves.values()}
    assert used <= REGISTRY.keys()
    assert REGISTRY.keys() - used == {"queueing.watch", "notices.watch", "evaluation.read", "health.look", "acceptance.void-any"}


def one_of_each() -> dict[str, Subject]:
    """A subject of every kind there is."""
    clerk, visit = seated()
    result = available(clerk, visit)
    write(by=system("notices", [WRITE]), site=visit.site, cause=1, party_id=visit.applicant_id, template="case-received", values={})
    reissue_document(by=clerk, document=result.document.case.documents.get(kind="receipt"), reason="lost", once=uuid7())
    attach(by=clerk, case_id=received(clerk, visit).pk, examined=photo(), material="", once=uuid7())
    begin_procedure(
        by=staff("market01"), case_id=accepted(clerk, visit).pk, kind="testing", basis=Basis("行政许可法", "第四十五条", "演示"), days=2, once=uuid7()
    )
    file_together(clerk, visit)
    _money(clerk, visit)
    publish(by=system("publication", [PUBLISH]), case_id=result.case_id)
    ask_secrecy(by=system("page", [ASK, PUBLISH]), case_id=result.case_id, fields=["premises"], reason="演示", once=uuid7())
    _an_outage()
    evaluate_case(by=PAGE, case_id=result.case_id, said=Said("dissatisfied", frozenset({"guide"})))
    day = DeclaredDay(date(2027, 1, 1), True, "元旦")
    publish_notice(by=staff("administrator01"), notice=Notice(2027, (day,)), paper="演示", upon=packaged().version)
    _a_failed_job()
    note_missed("给猫办身份证")
    settle(by=staff("administrator01"), site=SITE, text="给猫办身份证", ours=False)
    bring_file(by=staff("administrator01"), name="演示.csv", data=b"code,name\n", departments={}, serves="")
    open_draft(by=staff("editor01"), item="food-business-licence")
    found = {
        model.machine.kind: model._base_manager.order_by("id").first()
        for model in apps.get_models()
        if issubclass(model, Subject) and model is not Agency
    }
    found |= {"agency": Agency.objects.get(), "case": received(clerk, visit), "result": result, "ticket": ticket()}
    assert found.keys() == MACHINES.keys() and None not in found.values()
    return found  # type: ignore[return-value]


def _money(clerk: Actor, visit: Visit) -> None:
    """A notice that was paid, a refund asked for, and a payment that is not ours."""
    order = ordered(granted_card(clerk, visit))
    take(by=PLATFORM, told=told(order))
    take(by=PLATFORM, told=told(order, "T2"))
    ask_refund(by=staff("handover01"), order_id=order.pk, amount=1, reason="演示", once=uuid7())


def _a_failed_job() -> None:
    """A job that failed, let run once more."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('events', 'x', 'failed') RETURNING id")
        retry_job(by=staff("administrator01"), job_id=cursor.fetchone()[0])


def _an_outage() -> None:
    """One outage, one booklet, one receipt that is being entered."""
    manager = staff("manager01")
    declare(by=manager, started_at=clock.now(), reason="演示")
    print_booklet(by=manager, hall=hall("demo-centre", "A"), count=1, once=uuid7())
    open_back_entry(by=at_window("clerk09", 8)[0], typed="1", at=clock.now(), accepted_on=None, confirmed=False)


def test_every_denied_verb_leaves_nothing_changed(fresh_database: str) -> None:
    """In a database that commits, each verb of each machine, by somebody who holds every permission but the one it needs."""
    with opening():
        subjects = one_of_each()
        for kind, machine in MACHINES.items():
            for verb, move in machine.moves.items():
                lacking = Actor("staff", staff("clerk10").id, frozenset(REGISTRY) - {move.permission.code})
                with refused(NotPermitted, savepoint=False) as no:
                    if NEW in move.sources:
                        begin(type(subjects[kind]), verb, by=lacking, site="demo-centre")
                    else:
                        with moving(type(subjects[kind]), subjects[kind].pk, verb, by=lacking):
                            pytest.fail("the block ran")
                assert no.value.details == {"permission": move.permission.words.zh}, (kind, verb)
    assert Party.objects.filter(state="erased").count() == 0
