"""Every form of the editor, built from the definition's own shape and what a draft says so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from onewindow.desks.editor.naming import named_elsewhere, rests_on, statutes_cited
from onewindow.desks.editor.remarks import LISTED
from onewindow.foundation.catalogue.definition.addressing import ABSENT, Body, coded, value_at
from onewindow.foundation.catalogue.definition.fields import Field, fields_of
from onewindow.foundation.catalogue.definition.labels import FIELDS_OF_PART, UNITS, label_of, value_words
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.parts import DemoSource, Part, StatuteSource, UnverifiedSource
from onewindow.foundation.catalogue.definition.saying import condition_words, name_of
from onewindow.kernel.words import Words

# Shown, but no matter of wording.
_FIXED = frozenset({"schema", "code", "credit_code"})
_LONG = frozenset({"text", "filling", "answer", "summary", "help", "sample", "how", "task", "note", "message", "why", "not_needed", "quote"})
_SOURCES: dict[str, type[Part]] = {"statute": StatuteSource, "unverified": UnverifiedSource, "demo": DemoSource}
ALWAYS = Words("任何情形", "always")


@dataclass(frozen=True)
class Option:
    """One value to choose."""

    value: str
    words: Words
    chosen: bool


@dataclass(frozen=True)
class Control:
    """One field as it is edited: where, what it is called, what it holds, and what it rests on."""

    at: str
    field: Field
    label: Words
    value: Any = ""
    other: Any = ""
    options: tuple[Option, ...] = ()
    present: bool = True
    long: bool = False
    said: Words | None = None
    rests_on: tuple[Words, ...] = ()
    inner: tuple[Control, ...] = ()
    elements: tuple[Element, ...] = ()

    @property
    def kind(self) -> str:
        return self.field.kind

    @property
    def removable(self) -> bool:
        """A part, a text or a span that need not be there."""
        return (not self.field.required and self.kind in ("text", "span", "part")) or self.field.name == "files"


@dataclass(frozen=True)
class Element:
    """One part of a list, and its fields."""

    at: str
    code: str
    words: Words
    first: bool
    last: bool
    inner: tuple[Control, ...] = field(default_factory=tuple)


def controls_of(part: str, body: Body, of: str = "") -> tuple[list[Control], list[Element]]:
    """The fields of one part of the editor; for a part edited element by element, those of the one called `of`, and all its elements."""
    known, listed = fields_of(Definition), LISTED.get(part)
    found: list[Control] = []
    elements: list[Element] = []
    for name in FIELDS_OF_PART[part]:
        if name == listed:
            elements = list(_elements(body, f"/{name}", known[name], only=of))
        else:
            found.append(_control(body, f"/{name}", known[name]))
    return found, elements


def every(controls: list[Control], elements: list[Element]) -> Iterator[Control]:
    """Each control of a page, the inner ones too."""
    for control in controls:
        yield control
        yield from every(list(control.inner), list(control.elements))
    for element in elements:
        yield from every(list(element.inner), [])


def addresses(controls: list[Control], elements: list[Element]) -> set[str]:
    """Where a page has a field for remarks to stand beside."""
    found = {control.at for control in every(controls, elements)}
    found |= {element.at for element in elements if element.inner}
    return found | {element.at for control in every(controls, elements) for element in control.elements}


def _control(body: Body, at: str, of: Field) -> Control:
    value = value_at(body, at)
    present = value is not ABSENT
    common: dict[str, Any] = {
        "at": at, "field": of, "label": label_of(of), "present": present, "rests_on": rests_on(body, at, of), "long": of.name in _LONG,
    }  # fmt: skip
    match of.kind:
        case "text":
            text = value if isinstance(value, Mapping) else {}
            return Control(**common, value=text.get("zh", ""), other=text.get("en", ""))
        case "span":
            span = value if isinstance(value, Mapping) else {}
            units = tuple(Option(unit, words, span.get("unit") == unit) for unit, words in UNITS.items())
            return Control(**common, value=span.get("n", ""), options=units)
        case "choice" | "choices":
            chosen = [str(one) for one in value] if isinstance(value, list) else [] if not present else [str(value)]
            options = tuple(Option(code, value_words(of, code), code in chosen) for code in of.choices)
            return Control(**common, value=value if present else "", options=options)
        case "flag" | "mark":
            return Control(**common, value=value)
        case "code" | "line" if (named := named_elsewhere(body, at, of)) is not None:
            now = "" if not present else str(value)
            if now and now not in named:
                named = {now: Words(now, now), **named}
            return Control(**common, value=now, options=tuple(Option(code, words, code == now) for code, words in named.items()))
        case "lines" if of.name == "legal_basis":
            held = [str(one) for one in value] if isinstance(value, list) else []
            return Control(**common, value=held, options=tuple(Option(code, words, code in held) for code, words in statutes_cited(body).items()))
        case "lines":
            return Control(**common, value="\n".join(map(str, value)) if isinstance(value, list) else "" if not present else value)
        case "when":
            return Control(**common, said=condition_words(value, body) if present and value else ALWAYS)
        case "part":
            return Control(**common, inner=tuple(_inner(body, at, of.of)) if present else ())
        case "parts" | "map" if of.of:
            return Control(**common, elements=tuple(_elements(body, at, of)))
        case "map":
            return Control(**common, elements=tuple(_source_lines(body)))
        case _:
            return Control(**common, value=value if present else "")


def _inner(body: Body, at: str, models: tuple[type[Part], ...]) -> Iterator[Control]:
    if len(models) > 1:  # a source: what its kind has
        kind = value_at(body, f"{at}/kind")
        yield _control(body, f"{at}/kind", fields_of(*models)["kind"])
        models = (_SOURCES.get(str(kind), StatuteSource),)
    for name, each in fields_of(*models).items():
        if name not in _FIXED and not (name == "kind" and models[0] in _SOURCES.values()):
            yield _control(body, f"{at}/{name}", each)


def _elements(body: Body, at: str, of: Field, only: str | None = None) -> Iterator[Element]:
    node = value_at(body, at)
    keys = [element["code"] for element in node] if coded(node) else list(node) if isinstance(node, Mapping) else []
    for n, code in enumerate(keys):
        here = f"{at}/{code}"
        inner = tuple(_inner(body, here, of.of)) if only is None or only == code else ()
        yield Element(here, code, name_of(value_at(body, here), code), n == 0, n == len(keys) - 1, inner)


def _source_lines(body: Body) -> Iterator[Element]:
    """What rests on which citations, address by address."""
    held = body.get("sources")
    for address, names in held.items() if isinstance(held, Mapping) else ():
        yield Element(f"/sources{address}", address, Words("、".join(map(str, names)), ", ".join(map(str, names))), True, True)
