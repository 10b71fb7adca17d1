"""What an import would do with items, row by row: created, changed, unchanged or refused, and why. Pure: what stands is handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onewindow.foundation.catalogue.definition import Definition, digest
from onewindow.foundation.catalogue.exchange.bringing import Brought, Read, packed
from onewindow.foundation.catalogue.exchange.entries import entries_of
from onewindow.foundation.catalogue.exchange.headings import COLUMNS, SHEETS
from onewindow.foundation.catalogue.exchange.outcomes import (
    CHANGED,
    CREATED,
    NAME_DEPARTMENT,
    REFUSED,
    UNCHANGED,
    Outcome,
    Plan,
    Standing,
    Wishes,
)
from onewindow.foundation.catalogue.exchange.problems import Place, Problem
from onewindow.kernel.words import Words

_GROUPS = {
    "department": "实施主体", "quantity_limit": "数量限制", "limits": "时限", "fees": "收费", "result": "审批结果", "service": "服务方式",
    "remedies": "救济途径", "life_events": "服务主题",
}  # fmt: skip


def plan(brought: Brought, standing: Standing, wishes: Wishes | None = None) -> Plan:
    """What bringing this in would do. Nothing is written; every row of the file is in it once."""
    wishes = wishes or Wishes()
    outcomes = [*_items(brought, standing), *entries_of(brought, standing, wishes)]
    problems = list(brought.problems.faults)
    if not outcomes and not problems:
        problems.append(Problem(Place(), "nothing", Words("文件里没有事项", "there is no item in the file")))
    return Plan(brought.kind, outcomes, problems, list(brought.problems.notes), standing.mark)


def _items(brought: Brought, standing: Standing) -> Iterator[Outcome]:
    codes: dict[str, Place] = {}
    numbers = {number: code for code, (_, number) in standing.items.items()}  # implementation codes, and whose each is
    brought_numbers: dict[str, tuple[str, Place]] = {}
    for one in brought.items():
        outcome = Outcome("item", one.place, one.code, one.name, REFUSED, problems=list(one.problems))
        if one.definition is not None:
            outcome.problems += _clashes(one, one.definition, standing, codes, numbers, brought_numbers)
        if one.definition is not None and not outcome.problems:
            _compare(outcome, one.definition, standing)
        if one.code:
            codes.setdefault(one.code, one.place)
        yield outcome


def _compare(outcome: Outcome, definition: Definition, standing: Standing) -> None:
    before = standing.items.get(definition.code)
    if before is not None and before[0] == digest(definition):
        outcome.kind = UNCHANGED
        return
    outcome.kind = CREATED if before is None else CHANGED
    if before is not None:
        outcome.changed = list(_differences(standing.body(definition.code), definition))
    outcome.payload = packed(definition)


def _clashes(
    one: Read, definition: Definition, standing: Standing, codes: Mapping[str, Place], numbers: Mapping[str, str],
    brought: dict[str, tuple[str, Place]],
) -> Iterator[Problem]:  # fmt: skip
    """What is wrong with an item beside others and beside what stands."""
    said = "实施编码" if one.place.sheet else "/implementation_code"
    if (first := codes.get(one.code)) is not None:
        words = Words(f"事项代码“{one.code}”与第 {first.row} 行重复", f"the code “{one.code}” stands in row {first.row} already")
        yield Problem(one.place._replace(column="事项代码"), "code-twice", words, value=one.code)
    number = definition.implementation_code
    other = brought.setdefault(number, (definition.code, one.place))
    if other[0] != definition.code:
        words = Words(f"实施编码与第 {other[1].row} 行的“{other[0]}”相同", f"the implementation code is that of “{other[0]}” in row {other[1].row}")
        yield Problem(one.place._replace(column=said), "number-twice", words, value=number)
    elif numbers.get(number, definition.code) != definition.code:
        words = Words(f"实施编码已属于在用的事项“{numbers[number]}”", f"the implementation code belongs to the item “{numbers[number]}” in force")
        yield Problem(one.place._replace(column=said), "number-taken", words, value=number)
    credit = standing.departments.get(definition.department.code)
    column = "部门代码" if one.place.sheet else "/department/code"
    if credit is None:
        words = Words(f"没有部门“{definition.department.code}”", f"there is no department “{definition.department.code}”")
        yield Problem(one.place._replace(column=column), "department-unknown", words, NAME_DEPARTMENT, definition.department.code)
    elif credit != definition.department.credit_code:
        words = Words(f"部门“{definition.department.code}”的统一社会信用代码是 {credit}", f"the credit code of the department “{definition.department.code}” is {credit}")
        column = "实施主体编码" if one.place.sheet else "/department/credit_code"
        yield Problem(one.place._replace(column=column), "credit-code-differs", words, value=definition.department.credit_code)


def _differences(before: Definition, after: Definition) -> Iterator[Words]:
    for name in Definition.model_fields:
        if getattr(before, name) != getattr(after, name):
            zh = _GROUPS.get(name) or SHEETS.get(name) or COLUMNS[""].get(name) or SHEETS.get(f"{name}.items") or name
            yield Words(zh, name.replace("_", " "))
