"""Form, materials and licence: fields, checks and references that fit each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.findings import Finding
from onewindow.foundation.catalogue.definition.model import Definition, FormField

_REFERENCE = re.compile(r"\{([^{}]*)\}")
_SERIAL = re.compile(r"serial:[1-9]")
_LICENCE_FACTS = frozenset(
    {"licence.number", "licence.valid-until", "decision.date", "case.number",
     "applicant.name", "applicant.credit-code", "department.name", "body.deciding"}
)  # fmt: skip
CATCH_ALL = re.compile(r"规定的其他|其他(材料|条件|要求|资料|情形)$|要求提供的其他|认为需要的")


def form_is_whole(definition: Definition) -> Iterator[Finding]:
    """Choices where a choice is made and only there; checks that fit their field; matches that exist."""
    fields = {field.code: field for field in definition.fields}
    for section in definition.form:
        for field in section.fields:
            address = f"/form/{section.code}/fields/{field.code}"
            if (field.kind == "choice") != (len(field.choices) > 1):
                yield Finding(
                    f"{address}/choices", "choices-wrong",
                    "选择题应有至少两个选项，其他类型不应有选项。",
                    "a choice needs two or more choices, and no other kind has any.",
                )  # fmt: skip
            if not _check_fits(field):
                yield Finding(
                    f"{address}/check", "check-wrong",
                    "校验规则与字段类型或规则值不符。",
                    "the check does not fit the field's kind or its value.",
                )  # fmt: skip
    for material in definition.materials:
        for point in material.acceptance_points:
            if (point.check == "matches") != (point.field is not None) or (
                point.field is not None and point.field not in fields
            ):
                yield Finding(
                    f"/materials/{material.code}/acceptance_points/{point.code}/field", "field-unknown",
                    "“与表单一致”的要点应指明一个存在的表单字段，其他要点不应指明。",
                    "a point that matches must name a form field that exists; no other point names one.",
                )  # fmt: skip


def specimens_teach(definition: Definition) -> Iterator[Finding]:
    """A specimen shows at least one mistake, says why it is one, and names the acceptance point it fails."""
    for material in definition.materials:
        if material.specimen is None:
            continue
        at, points = f"/materials/{material.code}/specimen", {point.code for point in material.acceptance_points}
        if not any(line.wrong for line in material.specimen.lines):
            yield Finding(f"{at}/lines", "specimen-without-mistake", "样本应至少示范一处常见错误。", "a specimen shows at least one usual mistake.")
        for line in material.specimen.lines:
            if (line.wrong is None) != (line.why is None) or (line.point is not None and line.wrong is None):
                yield Finding(
                    f"{at}/lines/{line.code}", "mistake-unexplained",
                    "常见错误要与原因一起写；没有错误的行不写原因和要点。", "a mistake and its reason go together; a line without one names neither reason nor point.",
                )  # fmt: skip
            if line.point is not None and line.point not in points:
                yield Finding(
                    f"{at}/lines/{line.code}/point", "point-unknown",
                    f"材料没有受理要点“{line.point}”。", f"the material has no acceptance point “{line.point}”.",
                )  # fmt: skip


def _check_fits(field: FormField) -> bool:
    check = field.check
    if check is None:
        return True
    match check.rule:
        case "past" | "future":
            return field.kind == "date" and check.value is None
        case "minimum" | "maximum":
            return field.kind == "number" and bool(re.fullmatch(r"-?\d+(\.\d+)?", check.value or ""))
        case "pattern":
            try:
                re.compile(check.value or "(")
            except re.error:
                return False
            return field.kind == "text"


def template_refers_to_what_is(definition: Definition) -> Iterator[Finding]:
    """The licence prints only fields, answers and facts that exist; its number has one serial."""
    known = _LICENCE_FACTS | {f"form.{field.code}" for field in definition.fields}
    known |= {f"answers.{question.code}" for question in definition.questions}
    for line in definition.result.template.lines:
        for reference in _REFERENCE.findall(line.value):
            if reference not in known:
                yield Finding(
                    f"/result/template/lines/{line.code}/value", "reference-unknown",
                    f"证照模板引用了不存在的内容“{{{reference}}}”。",
                    f"the licence template refers to nothing: “{{{reference}}}”.",
                )  # fmt: skip
    tokens = _REFERENCE.findall(definition.result.number_pattern)
    serials = [token for token in tokens if _SERIAL.fullmatch(token)]
    if len(serials) != 1 or set(tokens) - {"region", "year"} - set(serials):
        yield Finding(
            "/result/number_pattern", "number-pattern",
            "编号规则只能用 {region}、{year} 和恰好一个 {serial:N}。",
            "a number pattern uses {region}, {year} and exactly one {serial:N}.",
        )  # fmt: skip


def nothing_is_open_ended(definition: Definition) -> Iterator[Finding]:
    """No catch-all condition or material (上海市优化营商环境条例 art. 24: 不得含有兜底条款)."""
    texts = [(f"/conditions/{part.code}/text/zh", part.text.zh) for part in definition.conditions]
    texts += [(f"/materials/{part.code}/name/zh", part.name.zh) for part in definition.materials]
    for address, text in texts:
        if CATCH_ALL.search(text.rstrip("。；")):
            yield Finding(
                address, "catch-all",
                "办理条件和材料不得含有兜底条款。", "conditions and materials must not be open-ended.",
            )  # fmt: skip
