"""Limits, steps and fees: what the law asks of the procedure, as far as a definition can show it."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.findings import Finding
from onewindow.foundation.catalogue.definition.model import Definition, Limit

PERMIT = "01"  # GB/T 39046 A.1
_ROUGH_DAYS = {"working-day": 1.4, "calendar-day": 1.0, "month": 30.0, "year": 365.0}


def limits_keep_the_law(definition: Definition) -> Iterator[Finding]:
    """The promise is not longer than the law's limit, and the steps fit into the promise."""
    limits = definition.limits
    if rough_days(limits.promised) > rough_days(limits.statutory):
        yield Finding(
            "/limits/promised", "promise-too-long",
            "承诺时限长于法定时限。", "the promised limit is longer than the statutory limit.",
        )  # fmt: skip
    days: dict[int, int] = {}
    for step in definition.steps:
        if step.kind != "issuing":  # after the decision; side by side, the longest counts
            days[step.order] = max(step.days, days.get(step.order, 0))
    total = sum(days.values())
    if limits.promised.unit == "working-day" and total > limits.promised.n:
        yield Finding(
            "/steps", "steps-too-long",
            f"各环节共 {total} 个工作日，超过承诺时限 {limits.promised.n} 个工作日。",
            f"the steps take {total} working days, the promise is {limits.promised.n}.",
        )  # fmt: skip
    if definition.handling_type == "1" and (limits.promised.n > 0 or len(definition.steps) > 2):
        yield Finding(
            "/handling_type", "not-on-the-spot",
            "即办件不应有办结天数或多个审批环节。",
            "an item done on the spot has neither days of handling nor many steps.",
        )  # fmt: skip


def licences_run_by_the_calendar(definition: Definition) -> Iterator[Finding]:
    """Times of handling are in working days or, where a statute says so, in days, months or years; a licence's are never in working days."""
    for name in ("validity", "recheck"):
        limit: Limit | None = getattr(definition.result, name)
        if limit is not None and (limit.unit == "working-day" or limit.n == 0):
            yield Finding(
                f"/result/{name}", "not-by-the-calendar",
                "证照的有效期和复核周期应以日、月或年计，且大于零。",
                "validity and rechecks of a licence are counted in days, months or years, and are not zero.",
            )  # fmt: skip


def rough_days(limit: Limit) -> float:
    """A length of time in natural days, roughly: enough to compare two of them."""
    return limit.n * _ROUGH_DAYS[limit.unit]


def steps_in_order(definition: Definition) -> Iterator[Finding]:
    """Orders 1, 2, 3 …, the same for steps side by side; one decision, taken by an approver, beside nothing; two or more people at a site visit."""
    orders = [step.order for step in definition.steps]
    if orders != sorted(orders) or sorted(set(orders)) != list(range(1, max(orders) + 1)):
        yield Finding(
            "/steps", "order-broken",
            "环节序号应从 1 起连续排列，并行的环节同号。", "the steps must be numbered 1, 2, 3 … in order; steps side by side share a number.",
        )  # fmt: skip
    decisions = [step for step in definition.steps if step.kind == "decision"]
    if len(decisions) != 1 or decisions[0].when is not None:
        yield Finding(
            "/steps", "one-decision",
            "应有且只有一个“决定”环节，且在任何情形下都有。",
            "there must be exactly one decision step, and it must always apply.",
        )  # fmt: skip
    known = {condition.code for condition in definition.conditions}
    for step in definition.steps:
        if step.kind == "decision" and orders.count(step.order) > 1:
            yield Finding(
                f"/steps/{step.code}/order", "decision-alone",
                "“决定”环节不能与其他环节并行。", "nothing may run beside the decision.",
            )  # fmt: skip
        for point in step.points:
            if point.condition is not None and point.condition not in known:
                yield Finding(
                    f"/steps/{step.code}/points/{point.code}/condition", "condition-unknown",
                    f"审查要点引用了不存在的条件“{point.condition}”。", f"the point names no condition: “{point.condition}”.",
                )  # fmt: skip
        if step.kind == "decision" and step.role != "approver":
            yield Finding(
                f"/steps/{step.code}/role", "decision-by-approver",
                "“决定”环节只能由后台审批人员作出。", "only an approver may take the decision.",
            )  # fmt: skip
        if step.kind == "site-visit" and step.staff < 2:
            yield Finding(
                f"/steps/{step.code}/staff", "two-at-a-visit",
                "现场核查应指派两名以上工作人员（行政许可法第三十四条）。",
                "a site visit needs two or more staff (Administrative Licensing Law, art. 34).",
            )  # fmt: skip


def fees_agree(definition: Definition) -> Iterator[Finding]:
    """Charged means that there is something to charge, and the other way round."""
    if definition.fees.charged != bool(definition.fees.items):
        yield Finding(
            "/fees/charged", "fees-disagree",
            "“是否收费”与收费项目不一致。", "`charged` and the list of fees disagree.",
        )  # fmt: skip
    numbers = {field.code for field in definition.fields if field.kind == "number"}
    for fee in definition.fees.items:
        if fee.quantity is not None and fee.quantity not in numbers:
            yield Finding(
                f"/fees/items/{fee.code}/quantity", "quantity-no-number",
                f"计费数量“{fee.quantity}”不是表单里的数字项。", f"“{fee.quantity}” is no number field of the form.",
            )  # fmt: skip
        if fee.due == "decision" and not definition.statutes_of(f"/fees/items/{fee.code}/due"):
            yield Finding(
                f"/fees/items/{fee.code}/due", "paid-first-without-law",
                "要求决定前缴清的，应注明法律、行政法规依据；否则领取结果前缴清。",
                "a fee to be paid before the decision needs a statute that says so; otherwise it is paid before the result is handed over.",
            )  # fmt: skip
    fees = [address for address in definition.sources if address.startswith("/fees")]
    if definition.fees.charged and definition.item_type == PERMIT and not any(definition.statutes_of(address) for address in fees):
        yield Finding(
            "/fees/charged", "charged-without-law",
            "行政许可收费应有法律、行政法规依据（行政许可法第五十八条）。",
            "a permit may be charged for only by a law or administrative regulation (Administrative Licensing Law, art. 58).",
        )  # fmt: skip
    limit = definition.quantity_limit
    if limit.limited != (limit.n is not None):
        yield Finding(
            "/quantity_limit/n", "quantity-disagrees",
            "有数量限制时应写明数量，没有时不应写。",
            "a number is stated exactly when the quantity is limited.",
        )  # fmt: skip
