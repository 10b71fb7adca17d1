"""The compiler that draws papers: one a process, its faces read once, one paper at a time."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import segno
import typst

_TEMPLATES = Path(__file__).parent / "templates"
# PDF/A-2u: kept for decades, and every character can be copied out as what it is (GB/T 33476's aim, by PDF's own means).
_STANDARDS: Any = ["a-2u"]
# A paper is dated by its content; the moment of drawing it never changes, so that the same content gives the same bytes.
_EPOCH = 0
_one_at_a_time = threading.Lock()


def drawn(template: str, shown: Mapping[str, Any]) -> bytes:
    """The PDF of one paper. What a person typed is data to the template and never markup."""
    told = {"paper": json.dumps(shown, ensure_ascii=False)}
    with _one_at_a_time:
        compiler = _compiler(template)
        try:
            return _compiled(compiler, told, _STANDARDS)
        except typst.TypstError as error:
            if "could not be displayed with font" not in error.diagnostic:
                raise
            # A character without a glyph cannot be in PDF/A; a paper with one box in a name is better than none.
            return _compiled(compiler, told, [])


def _compiled(compiler: typst.Compiler, told: dict[str, str], standards: Any) -> bytes:
    made = compiler.compile(format="pdf", sys_inputs=told, pdf_standards=standards, timestamp=_EPOCH)
    assert isinstance(made, bytes)
    return made


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(input=str(_TEMPLATES / f"{template}.typ"), root=str(_TEMPLATES), font_paths=_faces(), ignore_system_fonts=True)


@cache
def _faces() -> typst.Fonts:
    folder = Path(str(import_module("pylopdf_fonts_zh_cn").__file__)).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


@lru_cache(maxsize=256)
def code_of(address: str) -> str:
    """The code to scan that leads to `address`, as SVG; empty for none."""
    if not address:
        return ""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, light="#fff", xmldecl=False, nl=False)
    return out.getvalue().decode()
