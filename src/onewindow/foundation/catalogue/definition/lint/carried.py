"""What `catalogue check` refuses, as lint tells it: each of its rules has a code here, and none is written twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onewindow.foundation.catalogue.definition.findings import Finding
from onewindow.foundation.catalogue.definition.lint.carried_book import CARRIED
from onewindow.foundation.catalogue.definition.lint.rulebook import entered
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.rules import faults
from onewindow.foundation.catalogue.definition.sourcing import misquoted
from onewindow.foundation.catalogue.definition.statutes import Statute
from onewindow.kernel.words import Words

SHAPE = "OW-L001"  # a file that is no definition at all; what else is wrong with it cannot be seen
OTHER = "OW-L700"  # a number of the nation's that does not check: the reason is the number's own

CODES: dict[str, str] = {name: code for name, (code, *_) in CARRIED.items()}

for _code, _title, _fix, _basis in CARRIED.values():
    entered(_code, "error", _title, _fix, *_basis)
entered(
    SHAPE, "error", Words("不是事项定义的样子", "Not the shape of a definition"),
    Words("按字段的地址改正；写法见 definition/model.py。", "Mend the field at the address; the shape stands in definition/model.py."),
)  # fmt: skip
entered(OTHER, "error", Words("代码校验不通过", "A number does not check"), Words("核对号码的每一位。", "Check the number, character by character."))


def refused(definition: Definition, texts: Mapping[str, Statute] | None) -> Iterator[tuple[str, Finding]]:
    """Every fault that `check` finds, with lint's code; quotations only where the texts are given."""
    for finding in [*faults(definition), *(misquoted(definition, texts) if texts is not None else ())]:
        yield CODES.get(finding.rule, OTHER), finding
