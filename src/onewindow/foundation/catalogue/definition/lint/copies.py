"""Copies and tolerance: how many of what, on paper or not, now or later."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.lint import articles
from onewindow.foundation.catalogue.definition.lint.rulebook import Found, rule
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.kernel.words import Words

PAPER, ELECTRONIC = "1", "2"
_MANY_ORIGINALS, _MANY_DUPLICATES = 3, 2


@rule(
    "OW-L218", "warning", Words("份数与形式不符", "The copies do not fit the form"),
    Words("纸质的写份数，只收电子件的写 0。", "State copies for paper, and none where a file alone is wanted."), articles.NO_PAPER_TWICE,
)  # fmt: skip
def copies_fit_the_form(definition: Definition) -> Iterator[Found]:
    for material in definition.materials:
        paper = material.copies.originals + material.copies.duplicates
        if material.form == PAPER and not paper:
            yield Found(f"/materials/{material.code}/copies", "要纸质的，却没有写份数。", "paper is wanted, yet no copies are stated.")
        if material.form == ELECTRONIC and paper:
            yield Found(f"/materials/{material.code}/copies", f"只收电子件，却还要 {paper} 份纸质的。", f"a file alone is wanted, yet {paper} on paper are asked for.")


@rule(
    "OW-L219", "advice", Words("份数太多", "Many copies"),
    Words("窗口拍摄、部门共享一份电子件即可。", "The window can scan one, and departments share it."), articles.FEWER_AND_FASTER,
)  # fmt: skip
def few_copies(definition: Definition) -> Iterator[Found]:
    for material in definition.materials:
        originals, duplicates = material.copies.originals, material.copies.duplicates
        if originals > _MANY_ORIGINALS or duplicates > _MANY_DUPLICATES:
            yield Found(f"/materials/{material.code}/copies", f"要原件 {originals} 份、复印件 {duplicates} 份。", f"{originals} originals, {duplicates} copies.")


@rule(
    "OW-L220", "warning", Words("容缺后补前后不一致", "Tolerance says two things"),
    Words("提供容缺受理就至少有一份“容缺后补”的材料，不提供就没有。", "Offer tolerance exactly when some material may follow later."), articles.GUIDE_SAYS,
)  # fmt: skip
def tolerance_is_meant(definition: Definition) -> Iterator[Found]:
    later = [material for material in definition.materials if material.need == "3"]
    if definition.service.tolerance and not later:
        yield Found("/service/tolerance", "写了容缺受理，没有一份材料可以后补。", "tolerance is offered, yet no material may follow later.")
    if later and not definition.service.tolerance:
        yield Found(f"/materials/{later[0].code}/need", "材料可以后补，事项却不提供容缺受理。", "the material may follow later, yet the item offers no tolerance.")
