"""Limits and steps: what is promised, what the steps really need, and what the licensing law allows at most."""

from __future__ import annotations

import math
from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.lint import articles
from onewindow.foundation.catalogue.definition.lint.rulebook import Found, rule
from onewindow.foundation.catalogue.definition.model import Definition, Limit
from onewindow.foundation.catalogue.definition.rules.procedure import rough_days
from onewindow.kernel.words import Words

PERMIT = "01"  # GB/T 39046 A.1: 行政许可
SHORTER_BY = 0.8  # of the statutory limit; what centres strive for, asked by no law
_TAKES_TIME = frozenset({"site-visit", "publicity"})  # the time of hearings and experts does not count (行政许可法 45)
_UNITS = {
    "working-day": Words("个工作日", "working day(s)"), "calendar-day": Words("日", "day(s)"), "month": Words("个月", "month(s)"), "year": Words("年", "year(s)"),
}  # fmt: skip


def said(limit: Limit) -> Words:
    """A length of time in words."""
    unit = _UNITS[limit.unit]
    return Words(f"{limit.n} {unit.zh}", f"{limit.n} {unit.en}")


def until_decided(definition: Definition) -> int:
    """How many days the steps take up to the decision; of steps side by side the longest counts."""
    days: dict[int, int] = {}
    for step in definition.steps:
        if step.kind != "issuing":
            days[step.order] = max(step.days, days.get(step.order, 0))
    return sum(days.values())


@rule(
    "OW-L111", "warning", Words("各环节天数之和超过以自然日计的承诺", "The steps take longer than a promise in natural days"),
    Words("减少环节天数，或者让环节并行。", "Take days off the steps, or let them run side by side."), articles.WITHIN_THE_LIMIT,
)  # fmt: skip
def steps_fit_natural_days(definition: Definition) -> Iterator[Found]:
    promised, total = definition.limits.promised, until_decided(definition)
    if promised.unit != "working-day" and total > rough_days(promised):
        yield Found("/steps", f"各环节共 {total} 天，超过承诺时限 {said(promised).zh}。", f"the steps take {total} days, the promise is {said(promised).en}.")


@rule(
    "OW-L112", "advice", Words("承诺时限比法定时限短得不到 80%", "A promise less than 80 % shorter than the statute"),
    Words("看各环节能否更快或并行；做不到的在依据里说明为什么。", "See which steps can be faster or side by side; where none can, say why in the source."),
    articles.FEWER_AND_FASTER, articles.SHORTER_STILL,
)  # fmt: skip
def promise_is_much_shorter(definition: Definition) -> Iterator[Found]:
    """A promise of one day is as short as days go, and a statute of no days leaves nothing to shorten."""
    promised, statutory = definition.limits.promised, definition.limits.statutory
    if promised.n <= 1 or not statutory.n:
        return
    left = rough_days(promised) / rough_days(statutory)
    if 1 - SHORTER_BY < left <= 1 and round(left - (1 - SHORTER_BY), 6) > 0:
        yield Found(
            "/limits/promised", f"承诺 {said(promised).zh}，法定 {said(statutory).zh}，只短了 {round(100 * (1 - left))}%。",
            f"the promise is {said(promised).en}, the statute {said(statutory).en}: only {round(100 * (1 - left))} % shorter.",
        )  # fmt: skip


@rule(
    "OW-L113", "advice", Words("承诺比各环节需要的长", "A promise longer than the steps need"),
    Words("把承诺减到各环节之和，或者把缺的环节写上。", "Bring the promise down to the sum of the steps, or write the step that is missing."), articles.SHORTER_STILL,
)  # fmt: skip
def promise_has_no_slack(definition: Definition) -> Iterator[Found]:
    promised, total = definition.limits.promised, until_decided(definition)
    needed = total if promised.unit == "working-day" else math.ceil(rough_days(Limit(n=total, unit="working-day")))
    if promised.unit in ("working-day", "calendar-day") and 0 < needed < promised.n:
        yield Found("/limits/promised", f"各环节只要 {total} 天，承诺却是 {said(promised).zh}。", f"the steps need {total} day(s), the promise is {said(promised).en}.")


@rule(
    "OW-L114", "warning", Words("没有天数的环节", "A step without days"),
    Words("写上这个环节最多几天；当天做完的审查可以是 0 天。", "State how many days the step takes at most; only a review of the same day takes none."),
        articles.VISITS_IN_TIME,
)  # fmt: skip
def steps_have_days(definition: Definition) -> Iterator[Found]:
    """Visits and publicity take time; and an item with a promise in days has a step that takes one."""
    for step in definition.steps:
        if step.kind in _TAKES_TIME and not step.days and definition.handling_type == "2":
            yield Found(f"/steps/{step.code}/days", f"“{step.name.zh}”没有天数。", f"“{step.name.en}” has no days.")
    if definition.limits.promised.n and not until_decided(definition):
        yield Found("/steps", "承诺有天数，却没有一个环节写天数。", "days are promised, yet no step has any.")


@rule(
    "OW-L115", "error", Words("一次性告知期限超过五日", "The one-time notice comes later than five days"),
    Words("行政许可的补正告知改到 5 个工作日以内。", "Bring a permit's notice down to 5 working days."), articles.TOLD_ONCE,
)  # fmt: skip
def told_within_five_days(definition: Definition) -> Iterator[Found]:
    if definition.item_type == PERMIT and rough_days(definition.limits.correction) > rough_days(Limit(n=5, unit="working-day")):
        limit = said(definition.limits.correction)
        yield Found("/limits/correction", f"补正告知期限 {limit.zh}，超过五日。", f"the notice may take {limit.en}, more than five days.")


@rule(
    "OW-L116", "error", Words("送达期限超过十日", "Delivery later than ten days"),
    Words("行政许可的送达改到 10 个工作日以内。", "Bring a permit's delivery down to 10 working days."), articles.DELIVERED,
)  # fmt: skip
def delivered_within_ten_days(definition: Definition) -> Iterator[Found]:
    if definition.item_type == PERMIT and rough_days(definition.limits.delivery) > rough_days(Limit(n=10, unit="working-day")):
        limit = said(definition.limits.delivery)
        yield Found("/limits/delivery", f"送达期限 {limit.zh}，超过十日。", f"delivery may take {limit.en}, more than ten days.")


@rule(
    "OW-L117", "warning", Words("制证环节长于送达期限", "Making the paper takes longer than delivery allows"),
    Words("减少制证天数，或者把 limits.delivery 改成真实的期限。", "Take days off the issuing step, or state the true limit in `limits.delivery`."),
)  # fmt: skip
def issuing_fits_delivery(definition: Definition) -> Iterator[Found]:
    issuing = max((step.days for step in definition.steps if step.kind == "issuing"), default=0)
    limit = definition.limits.delivery
    within = limit.n if limit.unit in ("working-day", "calendar-day") else rough_days(limit)
    if issuing > within:
        yield Found("/limits/delivery", f"制证要 {issuing} 天，送达期限只有 {said(limit).zh}。", f"issuing takes {issuing} days, delivery allows {said(limit).en}.")


@rule(
    "OW-L121", "warning", Words("复议、起诉期限与法律不符", "The time to appeal is not the law's"),
    Words("行政复议写 60 日，行政诉讼写 6 个月；特别法另有规定的引用它。",
        "60 days for reconsideration, 6 months for a lawsuit; where a law of its own differs, cite it."),
    articles.RECONSIDERED, articles.SUED,
)  # fmt: skip
def appeals_are_in_time(definition: Definition) -> Iterator[Found]:
    """The general limits; a shorter time would take a right away, a longer one comes from a special law."""
    for name, least in (("reconsideration", Limit(n=60, unit="calendar-day")), ("lawsuit", Limit(n=6, unit="month"))):
        within: Limit = getattr(definition.remedies, name).within
        if rough_days(within) < rough_days(least):
            yield Found(f"/remedies/{name}/within", f"写的是 {said(within).zh}，法律给 {said(least).zh}。",
                f"it says {said(within).en}, the law gives {said(least).en}.")
