"""What an import would do, row by row: created, changed, unchanged or refused, and why. Pure: what stands is handed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from onewindow.foundation.catalogue.definition import Definition, digest
from onewindow.foundation.catalogue.exchange.bringing import Brought, Read, packed
from onewindow.foundation.catalogue.exchange.headings import COLUMNS, SHEETS
from onewindow.foundation.catalogue.exchange.listing import HEADINGS, Entry, Line
from onewindow.foundation.catalogue.exchange.problems import Place, Problem, shortened
from onewindow.kernel.crypto import sm3
from onewindow.kernel.identifiers import Kind, check
from onewindow.kernel.words import Words

CREATED, CHANGED, UNCHANGED, REFUSED = "created", "changed", "unchanged", "refused"
OUTCOMES = {
    CREATED: Words("新增", "created"), CHANGED: Words("变更", "changed"), UNCHANGED: Words("不变", "unchanged"), REFUSED: Words("不予导入", "refused"),
}  # fmt: skip
_GROUPS = {
    "department": "实施主体", "quantity_limit": "数量限制", "limits": "时限", "fees": "收费", "result": "审批结果", "service": "服务方式",
    "remedies": "救济途径", "life_events": "服务主题",
}  # fmt: skip
_NAME_DEPARTMENT = Words(
    "请先建立这个部门；编码不同的，用对照表（--departments）写明它是本系统的哪个部门",
    "please enter the department first; where the codes differ, say in a table (--departments) which of ours it is",
)


class Standing(NamedTuple):
    """What stands before the import. `departments`: credit code by code; `items`: digest and implementation code by code of those in
    force; `entries`: entry and state by code; `body`: the definition in force of an item. `mark` changes with any of it."""

    departments: Mapping[str, str]
    items: Mapping[str, tuple[str, str]]
    entries: Mapping[str, tuple[Entry, str]]
    body: Callable[[str], Definition]
    mark: str


@dataclass(frozen=True)
class Wishes:
    """What the file cannot say. `departments`: which of ours a foreign code is; `serves`: whom an entry serves whose row does not say it."""

    departments: Mapping[str, str] = field(default_factory=dict)
    serves: str = ""


@dataclass(slots=True)
class Outcome:
    """What becomes of one row. `about`: ``item`` or ``entry``; `changed`: the headings of what changes; `payload`: what is to be written."""

    about: str
    place: Place
    code: str
    name: str
    kind: str
    changed: list[Words] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    payload: Any = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "about": self.about, "sheet": self.place.sheet, "row": self.place.row, "code": self.code, "name": self.name, "outcome": self.kind,
            "changed": [{"zh": words.zh, "en": words.en} for words in self.changed],
            "problems": [problem.as_dict() for problem in self.problems], "notes": [note.as_dict() for note in self.notes],
        }  # fmt: skip


@dataclass
class Plan:
    """The report of a dry run, and what is needed to carry it out. Good when nothing at all is refused."""

    kind: str
    outcomes: list[Outcome]
    problems: list[Problem]
    notes: list[Problem]
    mark: str

    @property
    def good(self) -> bool:
        return not self.problems and all(outcome.kind != REFUSED for outcome in self.outcomes)

    @property
    def counts(self) -> dict[str, int]:
        counted = dict.fromkeys(OUTCOMES, 0)
        for outcome in self.outcomes:
            counted[outcome.kind] += 1
        return counted

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return self.counts[CREATED] + self.counts[CHANGED]

    def as_dict(self) -> dict[str, Any]:
        """The body of ``onewindow.catalogue.import/1``."""
        return {
            "kind": self.kind, "good": self.good, "counts": self.counts, "problems": [problem.as_dict() for problem in self.problems],
            "notes": [note.as_dict() for note in self.notes], "rows": [outcome.as_dict() for outcome in self.outcomes],
        }  # fmt: skip

    @property
    def digest(self) -> str:
        """SM3 of all the report says and of what stood: two dry runs with the same one say the same."""
        return sm3(json.dumps([self.mark, self.as_dict()], ensure_ascii=False, sort_keys=True).encode()).hex()


def plan(brought: Brought, standing: Standing, wishes: Wishes | None = None) -> Plan:
    """What bringing this in would do. Nothing is written; every row of the file is in it once."""
    wishes = wishes or Wishes()
    outcomes = [*_items(brought, standing), *_entries(brought, standing, wishes)]
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
        yield Problem(one.place._replace(column=column), "department-unknown", words, _NAME_DEPARTMENT, definition.department.code)
    elif credit != definition.department.credit_code:
        words = Words(f"部门“{definition.department.code}”的统一社会信用代码是 {credit}", f"the credit code of the department “{definition.department.code}” is {credit}")
        column = "实施主体编码" if one.place.sheet else "/department/credit_code"
        yield Problem(one.place._replace(column=column), "credit-code-differs", words, value=definition.department.credit_code)


def _differences(before: Definition, after: Definition) -> Iterator[Words]:
    for name in Definition.model_fields:
        if getattr(before, name) != getattr(after, name):
            zh = _GROUPS.get(name) or SHEETS.get(name) or COLUMNS[""].get(name) or SHEETS.get(f"{name}.items") or name
            yield Words(zh, name.replace("_", " "))


def _entries(brought: Brought, standing: Standing, wishes: Wishes) -> Iterator[Outcome]:
    by_credit = _departments(standing.departments)
    codes: dict[str, Place] = {}
    names: dict[str, Place] = {}
    for line in brought.lines:
        code, name = str(line.said.get("code", "")), str(line.said.get("name", ""))
        outcome = Outcome("entry", line.place, code, name, REFUSED, problems=list(line.problems.faults))
        if code in codes:
            words = Words(f"与第 {codes[code].row} 行的编码相同", f"has the code of row {codes[code].row}")
            outcome.problems.append(Problem(line.at("code"), "code-twice", words, Words("请删去其中一行", "please delete one of the two rows"), code))
        elif code:
            codes[code] = line.place
        if name in names:  # two items may well be called alike
            words = Words(f"与第 {names[name].row} 行同名，编码不同，两行都算", f"has the name of row {names[name].row}, under another code; both count")
            outcome.notes.append(Problem(line.at("name"), "name-twice", words, Words("请核对是否重复", "please check whether it is a repetition"), name))
        elif name:
            names[name] = line.place
        entry = _entry(line, outcome, by_credit, standing, wishes)
        if entry is not None and not outcome.problems:
            _compare_entry(outcome, entry, standing)
        yield outcome


def _departments(ours: Mapping[str, str]) -> dict[str, str]:
    """Our departments by what a list may call them: code, credit code, and the nine-character organisation code in it."""
    found = {code: code for code in ours}
    for code, credit in ours.items():
        found |= {credit: code, credit[8:17]: code}
    return found


def _entry(line: Line, outcome: Outcome, known: Mapping[str, str], standing: Standing, wishes: Wishes) -> Entry | None:
    said = line.said
    foreign = said.get("department")
    if foreign is None:
        return None
    department = wishes.departments.get(foreign) or known.get(foreign) or known.get(foreign.upper().replace("-", ""))
    if department is None or department not in standing.departments:
        words = Words(f"没有部门“{shortened(foreign)}”{_spoken(foreign).zh}", f"there is no department “{shortened(foreign)}”{_spoken(foreign).en}")
        outcome.problems.append(Problem(line.at("department"), "department-unknown", words, _NAME_DEPARTMENT, shortened(foreign)))
    before = standing.entries.get(outcome.code)
    serves = said.get("serves") or (before[0].serves if before else "") or wishes.serves
    if not serves:
        words = Words("没有写明服务对象是个人还是法人", "it does not say whether it serves individuals or companies")
        do = Words("请填“服务对象”一列，或者指定缺省值（--serves）", "please fill in 服务对象, or give a default (--serves)")
        outcome.problems.append(Problem(line.at("serves"), "serves-missing", words, do))
    if outcome.problems or "code" not in said or "name" not in said or "type" not in said:
        return None
    assert department is not None
    base = before[0] if before else Entry(said["code"], said["name"], "", said["type"], department, serves, False, False, False, False, "")
    stated = {name: said[name] for name in ("name", "name_en", "type", "entered", "self_service", "city_wide", "online", "item") if name in said}
    return base._replace(**stated, department=department, serves=serves)


def _spoken(code: str) -> Words:
    """What kind of code it looks like, so that the reader knows where to look."""
    if len(code.replace("-", "")) == 9:
        return Words("（9 位组织机构代码）", " (a nine-character organisation code)")
    if len(code) == 18:
        sound = check(Kind.CREDIT_CODE, code).reason is None
        return Words("（统一社会信用代码）", " (a credit code)") if sound else Words("（统一社会信用代码，校验不符）", " (a credit code whose check digit is wrong)")
    return Words("", "")


def _compare_entry(outcome: Outcome, entry: Entry, standing: Standing) -> None:
    before = standing.entries.get(entry.code)
    if before is None:
        outcome.kind, outcome.payload = CREATED, entry
        return
    stood, state = before
    fields = zip(Entry._fields, HEADINGS, stood, entry, strict=True)
    outcome.changed = [Words(heading, name.replace("_", " ")) for name, heading, old, new in fields if old != new]
    if state == "struck":
        outcome.changed.append(Words("恢复", "restored"))
    outcome.kind = CHANGED if outcome.changed else UNCHANGED
    outcome.payload = entry if outcome.changed else None


