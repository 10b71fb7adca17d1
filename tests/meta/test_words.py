"""Words: the glossary knows every one of the code's, every refusal speaks twice, every sentence has its English."""

from __future__ import annotations

import io
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.translation.template import templatize

from onewindow.config.commands.messages import sentences, untranslated
from onewindow.foundation.staff.roles import ROLES
from onewindow.kernel.errors import Refusal, family
from onewindow.kernel.states import MACHINES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "onewindow"
ENGLISH = PACKAGE / "config" / "locale" / "en" / "LC_MESSAGES" / "django.po"


# --- glossary -----------------------------------------------------------------------------------------


def glossary() -> list[list[str]]:
    """The cells of every row of the glossary."""
    rows = []
    for line in (ROOT / "docs" / "glossary.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) >= 5 and cells[0] not in ("中文", "") and not set(cells[0]) <= {"-", ":"}:
            rows.append(cells)
    return rows


def in_glossary() -> set[str]:
    return {code for row in glossary() for code in re.findall(r"`([^`]+)`", row[2])}


def test_every_machine_state_and_verb_is_in_the_glossary() -> None:
    wanted = set(MACHINES)
    for kind, machine in MACHINES.items():
        wanted |= {f"{kind}.{state}" for state in machine.states} | {f"{kind}.{verb}" for verb in machine.moves}
    assert sorted(wanted - in_glossary()) == []


def test_every_model_is_in_the_glossary() -> None:
    ours = {model.__name__ for model in apps.get_models() if model.__module__.startswith("onewindow.")}
    assert sorted(ours - in_glossary()) == []


def test_every_post_is_in_the_glossary() -> None:
    assert sorted(ROLES.keys() - in_glossary()) == []


def test_no_row_of_the_glossary_speaks_of_a_state_that_is_gone() -> None:
    known = {f"{kind}.{name}" for kind, machine in MACHINES.items() for name in [*machine.states, *machine.moves]}
    stale = {code for code in in_glossary() if code.split(".")[0] in MACHINES and "." in code} - known
    assert sorted(stale) == []


def test_the_glossary_says_what_the_machines_say() -> None:
    wrong = []
    for row in glossary():
        for code in re.findall(r"`([^`]+)`", row[2]):
            kind, _, name = code.partition(".")
            if row[-1] in ("state", "verb") and kind in MACHINES:
                named = MACHINES[kind].states if row[-1] == "state" else MACHINES[kind].moves
                if named[name].words != (row[0], row[1]):
                    wrong.append((code, row[0], row[1]))
    assert wrong == []


# --- refusals -----------------------------------------------------------------------------------------


def placeholders(template: str) -> set[str]:
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("kind", family(), ids=lambda kind: kind.code)
def test_a_refusal_says_in_both_languages_what_to_do_next(kind: type[Refusal]) -> None:
    assert re.search("[一-鿿]", kind.zh) and kind.zh.endswith("。")
    assert not re.search("[一-鿿]", kind.en) and kind.en.endswith(".")
    paired = {name.removesuffix("_zh").removesuffix("_en") for name in placeholders(kind.zh)}
    assert paired == {name.removesuffix("_zh").removesuffix("_en") for name in placeholders(kind.en)}
    assert kind.zh.count("。") >= 2 or kind.code in {"cannot-start", "invalid-input"}
    acts_zh = "请|会自动|见|{do_zh}"
    acts_en = "please|ask|complete|issue|check|choose|try again|will|go on|{do_en}"
    assert re.search(acts_zh, kind.zh) and re.search(acts_en, kind.en, re.IGNORECASE)


def test_every_refusal_has_a_code_and_a_status_of_its_own_kind() -> None:
    codes = [kind.code for kind in family()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", code) for code in codes)
    assert {kind.status for kind in family()} <= {400, 401, 403, 404, 409, 413, 422, 429, 503, 507}
    declared = {kind for kind in family()[1:] if "code" not in vars(kind) or "zh" not in vars(kind) or "en" not in vars(kind)}
    assert declared == set()


def test_no_refusal_is_made_anywhere_else() -> None:
    elsewhere = {
        str(path.parent.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if re.search(r"class \w+\((Refusal|" + "|".join(kind.__name__ for kind in family()[1:]) + r")\)", path.read_text())
    }
    assert elsewhere == {"kernel/errors"}


def test_a_detail_that_was_forgotten_is_shown_and_not_raised() -> None:
    for kind in family():
        for language in ("zh-hans", "en"):
            assert "{" not in kind().message(language)


# --- screens ------------------------------------------------------------------------------------------


def english() -> dict[str, str]:
    with open(ENGLISH, "rb") as stream:
        catalogue = read_po(stream, locale="en")
    assert [message for message in catalogue if message.fuzzy and message.id] == []
    return {message.id[0] if isinstance(message.id, tuple) else message.id: message.string for message in catalogue if message.id}


def spoken() -> Iterator[tuple[str, str]]:
    """Every sentence of templates and code that a reader may see, with its place."""
    keywords = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
    for path in sorted(PACKAGE.rglob("*")):
        if "tests" in path.relative_to(PACKAGE).parts or path.suffix not in {".py", ".html"}:
            continue
        code = templatize(path.read_text(), origin=str(path)) if path.suffix == ".html" else path.read_text()
        for _, found, _, _ in extract("python", io.BytesIO(code.encode()), keywords=keywords):
            yield (found if isinstance(found, str) else found[0]), str(path.relative_to(PACKAGE))


def test_every_sentence_has_its_english() -> None:
    translated = english()
    missing = {text: place for text, place in spoken() if text and not translated.get(text)}
    assert missing == {}
    assert untranslated() == {}


def test_the_command_finds_the_same_sentences() -> None:
    assert {text for text, _ in spoken() if text} == sentences().keys()


def test_no_translation_is_left_over_and_none_is_chinese() -> None:
    translated, used = english(), {text for text, _ in spoken()}
    assert sorted(text for text in translated if text not in used) == []
    names_of_languages = {"简体中文", "中文"}
    chinese = {text for text, said in translated.items() if isinstance(said, str) and re.search("[一-鿿]", said)}
    assert chinese - names_of_languages == set()


def test_placeholders_survive_translation() -> None:
    def marks(text: object) -> list[str]:
        return sorted(re.findall(r"%\(\w+\)[sd]|%[sd]", text if isinstance(text, str) else ""))

    assert {text: said for text, said in english().items() if isinstance(said, str) and marks(text) != marks(said)} == {}
