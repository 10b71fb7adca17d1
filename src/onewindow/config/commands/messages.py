"""`onewindow messages`: the sentences of the screens and their English."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click

from onewindow.config.places_on_disk import PACKAGE

LOCALE = PACKAGE / "config" / "locale"
_CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "translate", "_lazy"}


def catalogues() -> list[Path]:
    """Every message file there is."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def sentences() -> dict[str, str]:
    """Every translatable sentence of the code and the templates, with the first place it stands."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if "tests" in path.relative_to(PACKAGE).parts or path.suffix not in {".py", ".html"}:
            continue
        reader = _of_code if path.suffix == ".py" else _of_template
        for sentence in reader(path):
            found.setdefault(sentence, str(path.relative_to(PACKAGE)))
    return found


def _of_code(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _of_template(path: Path) -> Iterator[str]:
    import django
    from babel.messages.extract import extract
    from django.conf import settings
    from django.utils.translation import template

    if not settings.configured:
        settings.configure()
        django.setup()
    code = template.templatize(path.read_text(), origin=str(path))
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
    for _, message, _, _ in extract("python", BytesIO(code.encode()), keywords=keywords):
        yield from [message] if isinstance(message, str) else [m for m in message if m]


def untranslated() -> dict[str, str]:
    """Sentences without an English translation, with the place they stand."""
    from babel.messages.pofile import read_po

    with open(LOCALE / "en" / "LC_MESSAGES" / "django.po", "rb") as stream:
        english = {_id(m.id): m.string for m in read_po(stream) if m.id}
    return {text: place for text, place in sentences().items() if not english.get(text)}


def _id(identifier: object) -> str:
    return identifier[0] if isinstance(identifier, list | tuple) else str(identifier)


@click.group("messages")
def command() -> None:
    """The sentences of the screens, and their translations."""


@command.command("compile")
def compile_() -> None:
    """Compile the message files, so that the screens can read them."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for path in catalogues():
        with open(path, "rb") as stream:
            catalogue = read_po(stream)
        with open(path.with_suffix(".mo"), "wb") as stream:
            write_mo(stream, catalogue)
    click.echo(f"{len(catalogues())} 种语言 · languages")


@command.command("check")
def check() -> None:
    """List what is not translated; exit 1 if there is anything."""
    missing = untranslated()
    for text, place in sorted(missing.items()):
        click.echo(f"{place}: {text}")
    raise SystemExit(1 if missing else 0)
