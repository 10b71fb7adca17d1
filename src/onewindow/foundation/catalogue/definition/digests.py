"""The fingerprint of a definition (or bundle): two files that say the same have the same, whatever their layout."""

from __future__ import annotations

import json
import weakref

from onewindow.foundation.catalogue.definition.parts import Part
from onewindow.kernel.crypto.digests import sm3

_KNOWN: dict[int, str] = {}


def canonical(definition: Part) -> bytes:
    """The definition as JSON in one fixed form: names sorted, nothing empty, no spaces, UTF-8."""
    body = definition.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(definition: Part) -> str:
    """SM3 of the canonical form, in hexadecimal; a published version is pinned by it.

    A definition never changes, so each one's is computed once and forgotten with it.
    """
    known = _KNOWN.get(id(definition))
    if known is None:
        known = _KNOWN[id(definition)] = sm3(canonical(definition)).hex()
        weakref.finalize(definition, _KNOWN.pop, id(definition), None)
    return known
