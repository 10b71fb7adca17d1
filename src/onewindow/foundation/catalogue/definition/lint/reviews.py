"""Reviews: each says what it looks at, and every condition is looked at by one."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.lint import articles
from onewindow.foundation.catalogue.definition.lint.rulebook import Found, rule
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.kernel.words import Words


@rule(
    "OW-L119", "advice", Words("审查环节没有审查要点", "A review step without points"),
    Words("在 points 里逐条写审批人员看什么。", "Say in `points`, one by one, what the approver looks at."), articles.MEASURED,
)  # fmt: skip
def reviews_have_points(definition: Definition) -> Iterator[Found]:
    for step in definition.steps:
        if step.kind in ("review", "site-visit", "expert-review") and not step.points:
            yield Found(f"/steps/{step.code}/points", f"“{step.name.zh}”没有审查要点。", f"“{step.name.en}” has no review points.")


@rule(
    "OW-L120", "advice", Words("没有环节审查的条件", "A condition nobody looks at"),
    Words("给一个审查要点写上这个条件的代码；不用看的条件删去。", "Tie a review point to the condition, or leave out a condition that nobody needs to look at."),
    articles.NO_ADDED_CONDITION,
)  # fmt: skip
def conditions_are_looked_at(definition: Definition) -> Iterator[Found]:
    """Asked only where an item ties points to conditions at all."""
    tied = {point.condition for step in definition.steps for point in step.points} - {None}
    for condition in definition.conditions:
        if tied and condition.code not in tied:
            yield Found(f"/conditions/{condition.code}", "没有审查要点对应这个条件。", "no review point belongs to this condition.")
