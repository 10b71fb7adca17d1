"""The shape of a definition as an editor needs it: which fields a part has, of what kind each is, and what stands at an address.

Read off ``model`` itself, so that a field added there can be edited at once.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from pydantic.fields import FieldInfo

from onewindow.foundation.catalogue.definition.addressing import parts
from onewindow.foundation.catalogue.definition.model import Definition, Limit
from onewindow.foundation.catalogue.definition.parts import Part, Text, When

Kind = Literal["text", "line", "code", "choice", "flag", "mark", "number", "span", "lines", "choices", "when", "part", "parts", "map"]

LONGEST_LINE = 2_000


@dataclass(frozen=True)
class Field:
    """One field of a part.

    `kind`: ``text`` in both languages, ``line`` one line of words, ``code`` a name, ``choice`` one of `choices`, ``flag`` yes or
    no, ``mark`` yes or nothing, ``number``, ``span`` a length of time, ``lines`` and ``choices`` lists of plain values, ``when`` a condition, ``part`` one
    part with fields of its own (`of`), ``parts`` a list of such, ``map`` such by name. `owner` is the part it is a field of.
    """

    owner: str
    name: str
    kind: Kind
    required: bool
    choices: tuple[str, ...] = ()
    of: tuple[type[Part], ...] = ()
    least: int | None = None
    most: int | None = None
    longest: int = LONGEST_LINE
    default: Any = None

    @property
    def key(self) -> str:
        """Its name among the labels: ``Material.need``."""
        return f"{self.owner}.{self.name}"


@cache
def fields_of(*models: type[Part]) -> dict[str, Field]:
    """The fields of a part by name, in order; of several models, those of each."""
    found: dict[str, Field] = {}
    for model in models:
        for name, info in model.model_fields.items():
            field = _field(model.__name__, info.alias or name, info)
            standing = found.get(field.name)
            if standing is not None and field.kind == "choice":  # what kind of source it is: any of them
                field = Field(**{**vars(standing), "choices": (*standing.choices, *field.choices)})
            found[field.name] = field
    return found


def field_at(address: str) -> Field | None:
    """The field an address is of: the list's for one of its elements, the text's for one of its languages. None where there is none."""
    found: Field | None = None
    known: dict[str, Field] = fields_of(Definition)
    names = list(parts(address))
    while names:
        name = names.pop(0)
        field = known.get(name)
        if field is None:
            return None
        found = field
        if field.kind in ("text", "span"):
            return field if not names or names in (["zh"], ["en"], ["n"], ["unit"]) else None
        if field.kind in ("parts", "map"):
            names = names[1:]
        elif field.kind != "part" and names:
            return None
        known = fields_of(*field.of) if field.of else {}
    return found


def _field(owner: str, name: str, info: FieldInfo) -> Field:
    required = info.is_required()
    default = None if required else info.get_default(call_default_factory=True)
    common: dict[str, Any] = {"owner": owner, "name": name, "required": required, "default": default}
    annotation, notes = _plain(info.annotation, list(info.metadata))
    return Field(**common, **_kind(annotation, notes))


def _kind(annotation: Any, notes: list[Any]) -> dict[str, Any]:
    """What `Field` says of a type."""
    bounds = _bounds(notes)
    if annotation == _plain(When, [])[0]:
        return {"kind": "when"}
    origin, inner = get_origin(annotation), get_args(annotation)
    if inner == (True,):
        return {"kind": "mark"}
    if origin is Literal:
        return {"kind": "choice", "choices": tuple(map(str, inner))}
    if origin is tuple:
        element, within = _plain(inner[0], [])
        of = _models(element)
        if of:
            return {"kind": "parts", "of": of, "most": bounds.get("longest")}
        if get_origin(element) is Literal:
            return {"kind": "choices", "choices": tuple(map(str, get_args(element)))}
        return {"kind": "lines", "longest": _bounds(within).get("longest", LONGEST_LINE)}
    if origin is dict:
        of = _models(_plain(inner[1], [])[0])
        return {"kind": "map", "of": of}
    if of := _models(annotation):
        return {"kind": "text"} if of == (Text,) else {"kind": "span"} if of == (Limit,) else {"kind": "part", "of": of}
    if annotation is bool:
        return {"kind": "flag"}
    if annotation is int:
        return {"kind": "number", **{name: bounds[name] for name in ("least", "most") if name in bounds}}
    code = any(getattr(note, "pattern", None) == "^[a-z][a-z0-9]*(-[a-z0-9]+)*$" for note in notes)
    return {"kind": "code" if code else "line", "longest": bounds.get("longest", LONGEST_LINE)}


def _bounds(notes: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for note in notes:
        if isinstance(note, Ge):
            found["least"] = note.ge
        elif isinstance(note, Le):
            found["most"] = note.le
        elif isinstance(note, MaxLen):
            found["longest"] = note.max_length
    return found


def _plain(annotation: Any, notes: list[Any]) -> tuple[Any, list[Any]]:
    """A type without what is noted about it and without “or nothing”, and the notes."""
    while True:
        if get_origin(annotation) is Annotated:
            inner = get_args(annotation)
            annotation = inner[0]
            for note in inner[1:]:
                notes = [*notes, *(note.metadata if isinstance(note, FieldInfo) else [note])]
            continue
        if get_origin(annotation) in (Union, types.UnionType):
            members = [member for member in get_args(annotation) if member is not type(None)]
            if len(members) == 1:
                annotation = members[0]
                continue
        return annotation, notes


def _models(annotation: Any) -> tuple[type[Part], ...]:
    members = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
    return tuple(member for member in members if isinstance(member, type) and issubclass(member, Part))


def blank(*models: type[Part], code: str = "") -> dict[str, Any]:
    """A new part with all it must have, still empty: what is wrong with it is told beside each field."""
    body: dict[str, Any] = {}
    for field in fields_of(*models[:1]).values():
        if field.name == "code" and code:
            body["code"] = code
        elif field.required:
            body[field.name] = empty(field)
        elif field.default is not None:
            body[field.name] = list(field.default) if isinstance(field.default, tuple) else field.default
    return body


def completed(body: Mapping[str, Any], *models: type[Part]) -> dict[str, Any]:
    """A body with every default it leaves out said, as a version says it: a draft begun before a field was thought of differs in nothing by that."""
    known = fields_of(*(models or (Definition,)))
    done = dict(body)
    for name, field in known.items():
        if name not in done:
            if not field.required and field.default is not None and len(models) < 2:
                done[name] = list(field.default) if isinstance(field.default, tuple) else field.default
        elif field.kind == "part" and isinstance(done[name], Mapping):
            done[name] = completed(done[name], *field.of)
        elif field.kind == "parts" and isinstance(done[name], list):
            done[name] = [completed(each, *field.of) if isinstance(each, Mapping) else each for each in done[name]]
    return done


def empty(field: Field) -> Any:
    """What a field holds before anything is said of it; of a choice its first."""
    match field.kind:
        case "text":
            return {"zh": "", "en": ""}
        case "span":
            return {"n": 1, "unit": "working-day"}
        case "choice":
            return field.choices[0]
        case "flag":
            return False
        case "number":
            return field.least or 0
        case "lines" | "choices" | "when":
            return []
        case "part":
            return blank(*field.of)
        case "parts":
            return []
        case "map":
            return {}
        case _:
            return ""
