"""What an import would do with the lines of a list: entries of the register. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onewindow.foundation.catalogue.exchange.bringing import Brought
from onewindow.foundation.catalogue.exchange.listing import HEADINGS, Entry, Line
from onewindow.foundation.catalogue.exchange.outcomes import (
    CHANGED,
    CREATED,
    NAME_DEPARTMENT,
    REFUSED,
    UNCHANGED,
    Outcome,
    Standing,
    Wishes,
)
from onewindow.foundation.catalogue.exchange.problems import Place, Problem, shortened
from onewindow.kernel.identifiers import Kind, check
from onewindow.kernel.words import Words


def entries_of(brought: Brought, standing: Standing, wishes: Wishes) -> Iterator[Outcome]:
    """What becomes of each line; two of the same code are refused, two of the same name both count and are told."""
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
        outcome.problems.append(Problem(line.at("department"), "department-unknown", words, NAME_DEPARTMENT, shortened(foreign)))
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
