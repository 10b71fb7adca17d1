"""Differences in plain words: 材料“食品安全管理制度”的必要性由“必要”改为“容缺后补”."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onewindow.foundation.catalogue.definition.addressing import Body, parts, value_at
from onewindow.foundation.catalogue.definition.comparing import Difference, differences, marked
from onewindow.foundation.catalogue.definition.fields import Field, field_at, fields_of
from onewindow.foundation.catalogue.definition.labels import FIELDS_OF_PART, PARTS, label_of, value_words
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.saying import name_of, said
from onewindow.kernel.words import Words


@dataclass(frozen=True)
class Told:
    """One difference as a sentence; of a changed text also both wordings in pieces, each with whether it differs."""

    at: str
    kind: str
    words: Words
    was: tuple[tuple[bool, str], ...] = ()
    now: tuple[tuple[bool, str], ...] = ()


@dataclass(frozen=True)
class ToldOfPart:
    """What differs in one part of a definition."""

    part: str
    words: Words
    told: tuple[Told, ...]


def compared(before: Body, after: Body) -> list[ToldOfPart]:
    """Everything that differs between two bodies, in words, part by part in the editor's order."""
    found = [(difference.at, told(difference, before, after)) for difference in differences(before, after)]
    groups = []
    for part, words in PARTS.items():
        mine = tuple(each for at, each in found if part_of(at) == part)
        if mine:
            groups.append(ToldOfPart(part, words, mine))
    return groups


def part_of(address: str) -> str:
    """The part of the editor an address belongs to; what belongs to none stands among the facts."""
    top = parts(address)[0]
    return next((part for part, names in FIELDS_OF_PART.items() if top in names), "facts")


def told(difference: Difference, before: Body, after: Body) -> Told:
    """One difference as a sentence in both languages."""
    at, kind = difference.at, difference.kind
    body = after if kind == "added" else before
    where = place(at, body)
    field = field_at(at)
    element = field is not None and field.kind in ("parts", "map") and len(parts(at)) > _depth(at, field)
    if kind == "moved":
        behind = difference.change.after
        if not behind:
            return Told(at, kind, Words(f"{where.zh}移到最前", f"{where.en}: moved to the front"))
        other = place(at.rpartition("/")[0] + f"/{behind}", after, short=True)
        return Told(at, kind, Words(f"{where.zh}移到{other.zh}之后", f"{where.en}: moved behind {other.en}"))
    if kind in ("added", "removed"):
        value = said(field, difference.now if kind == "added" else difference.was, body)
        verb = Words("新增", "added") if kind == "added" else Words("删去", "removed")
        if element:
            note = _note(difference.now if kind == "added" else difference.was)
            return Told(at, kind, Words(f"{verb.zh}{where.zh}{note.zh}", f"{where.en}: {verb.en}{note.en}"))
        return Told(at, kind, Words(f"{verb.zh}{where.zh}：{_quoted(field, value).zh}", f"{where.en}: {verb.en}, {_quoted(field, value).en}"))
    was, now = said(field, difference.was, before), said(field, difference.now, after)
    old, new = _quoted(field, was), _quoted(field, now)
    words = Words(f"{where.zh}由{old.zh}改为{new.zh}", f"{where.en}: changed from {old.en} to {new.en}")
    if isinstance(difference.was, str) and isinstance(difference.now, str) and (field is None or field.kind != "choice"):
        left, right = marked(difference.was, difference.now)
        return Told(at, kind, Words(f"{where.zh}改了文字", f"{where.en}: reworded"), tuple(left), tuple(right))
    return Told(at, kind, words)


def _quoted(field: Field | None, value: Words) -> Words:
    """In quotation marks, but for a condition, which has its own."""
    return value if field is not None and field.kind == "when" else Words(f"“{value.zh}”", f"“{value.en}”")


def _depth(address: str, field: Field) -> int:
    """How many names lead to the list or mapping itself that an address is in."""
    names = parts(address)
    for n in range(len(names), 0, -1):
        above = "".join(name if name.startswith("/") else f"/{name}" for name in names[:n])
        if field_at(above) is field and names[n - 1] == field.name:
            return n
    return len(names)


def place(address: str, body: Body, *, short: bool = False) -> Words:
    """Where an address is, in words: 材料“经营场所平面图”的受理要点“标明面积”的内容. `short`: the last of it only."""
    return _linked(list(_steps(address, body))[-1:] if short else list(_steps(address, body)))


def _linked(steps: Sequence[Words]) -> Words:
    return Words("的".join(step.zh for step in steps), ", ".join(step.en for step in steps))


def _steps(address: str, body: Body) -> Iterator[Words]:
    names, known, above = list(parts(address)), fields_of(Definition), ""
    while names:
        name = names.pop(0)
        above += f"/{name}"
        field = known.get(name)
        if field is None:
            yield Words(name, name)
            return
        label = label_of(field)
        if field.kind in ("parts", "map"):
            if not names:
                yield label
                return
            code = names.pop(0)
            above += code if code.startswith("/") else f"/{code}"
            called = Words(code, code) if field.name == "sources" else name_of(value_at(body, above), code)
            yield Words(f"{label.zh}“{called.zh}”", f"{label.en} “{called.en}”")
        elif field.kind == "text" and names:
            yield Words(f"{label.zh}（{'英文' if names[0] == 'en' else '中文'}）", f"{label.en} ({'English' if names[0] == 'en' else 'Chinese'})")
            return
        elif field.kind != "part" or not names:
            yield label
            return
        known = fields_of(*field.of) if field.of else {}


def _note(element: Any) -> Words:
    """What is worth knowing of a new or lost part at once: of a material whether it is necessary."""
    if isinstance(element, Mapping) and "need" in element and (field := field_at("/materials/x/need")):
        need = value_words(field, element["need"])
        return Words(f"（{need.zh}）", f" ({need.en})")
    return Words("", "")
