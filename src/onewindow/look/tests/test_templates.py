"""Every template of every desk: what the content security policy refuses, and words without a translation."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
ENGLISH = PACKAGE / "config" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def _sentences(path: Path) -> Iterator[str]:
    text = path.read_text()
    code = templatize(text, origin=str(path)) if path.suffix == ".html" else text
    for _line, found, _comments, _context in extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS):
        yield found if isinstance(found, str) else found[0]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nothing_the_policy_refuses(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"(?:src|href|action)=[\"']https?:", text)


def test_every_sentence_has_its_english() -> None:
    sources = [*TEMPLATES, *PACKAGE.glob("desks/**/*.py"), *PACKAGE.glob("look/**/*.py")]
    wanted = {sentence for path in sources if "tests" not in path.relative_to(PACKAGE).parts for sentence in _sentences(path)}
    with ENGLISH.open("rb") as stream:
        catalogue = {message.id if isinstance(message.id, str) else message.id[0]: message for message in read_po(stream)}
    assert wanted - catalogue.keys() == set()
    empty = [identity for identity, message in catalogue.items() if identity and not all([message.string, *message.string])]
    assert empty == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    with ENGLISH.open("rb") as stream:
        for message in read_po(stream):
            texts = [message.string] if isinstance(message.string, str) else message.string
            source = message.id if isinstance(message.id, str) else message.id[0]
            if source:
                for text in texts:
                    assert set(re.findall(r"%\((\w+)\)", text)) == set(re.findall(r"%\((\w+)\)", source)), source
