"""What facts rest on: conditions, limits and fees want an article, and what is unverified wants verifying."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.lint import articles
from onewindow.foundation.catalogue.definition.lint.rulebook import Found, rule
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.sourcing import sources_of
from onewindow.kernel.words import Words


def kinds_of(definition: Definition, address: str) -> set[str]:
    """The kinds of source a fact rests on. A citation that is not there is another rule's to tell."""
    try:
        return {source.kind for source in sources_of(definition, address)}
    except KeyError:
        return {"statute"}


@rule(
    "OW-L421", "warning", Words("没有法律依据的条件", "A condition without a basis in law"),
    Words("引用设定这个条件的条文；没有条文的不得作为条件。", "Cite the article that sets the condition; without one it cannot be a condition."),
        articles.NO_ADDED_CONDITION,
)  # fmt: skip
def conditions_rest_on_law(definition: Definition) -> Iterator[Found]:
    """An instrument whose text is not at hand yet (unverified) counts: it is named."""
    for condition in definition.conditions:
        if kinds_of(definition, f"/conditions/{condition.code}/text/zh") == {"demo"}:
            yield Found(f"/conditions/{condition.code}", "这个条件没有条文依据。", "no article sets this condition.")


@rule(
    "OW-L422", "warning", Words("法定时限没有条文依据", "A statutory limit without its article"),
    Words("引用规定这个时限的条文；没有法定时限的，在依据里说明。", "Cite the article that gives the limit; where no law gives one, say so in the source."),
        articles.PUBLISHED,
)  # fmt: skip
def the_statutory_limit_is_a_statute_s(definition: Definition) -> Iterator[Found]:
    """No days at all is what is done at once; no law need say so."""
    if definition.limits.statutory.n and kinds_of(definition, "/limits/statutory/n") == {"demo"}:
        yield Found("/limits/statutory", "法定时限只有演示依据。", "the statutory limit rests on nothing but the demonstration.")


@rule(
    "OW-L423", "warning", Words("没有依据的收费", "A fee without a basis"),
    Words("引用规定这项收费的法律、行政法规；没有的不得收费。", "Cite the law that allows the fee; without one nothing may be charged."), articles.NO_FEE,
)  # fmt: skip
def fees_rest_on_law(definition: Definition) -> Iterator[Found]:
    """Each amount, or else that anything is charged at all, rests on an article or on a named instrument."""
    for fee in definition.fees.items:
        if kinds_of(definition, f"/fees/items/{fee.code}/amount") | kinds_of(definition, "/fees/charged") <= {"demo"}:
            yield Found(f"/fees/items/{fee.code}", f"“{fee.name.zh}”没有收费依据。", f"nothing allows “{fee.name.en}” to be charged.")


@rule(
    "OW-L424", "advice", Words("待核实的依据", "A source still to be verified"),
    Words("找到文本后改为 statute 并逐字引用。", "When the text is at hand, make it a statute citation, word for word."), articles.PUBLISHED,
)  # fmt: skip
def everything_is_verified(definition: Definition) -> Iterator[Found]:
    for name, source in definition.citations.items():
        if source.kind == "unverified":
            yield Found(f"/citations/{name}", f"待核实：{source.note.zh}", f"to be verified: {source.note.en}")
