"""Codes: the official ones are right, and each name of a part stands once in its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.findings import Finding
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.kernel.identifiers import Kind, check


def codes_agree(definition: Definition) -> Iterator[Finding]:
    """The 31 characters are credit code 18, level 1, catalogue code 12 (实施编码)."""
    whole, department = definition.implementation_code, definition.department
    for address, kind, number in (
        ("/department/credit_code", Kind.CREDIT_CODE, department.credit_code),
        ("/implementation_code", Kind.IMPLEMENTATION_CODE, whole),
    ):
        if reason := check(kind, number).reason:
            yield Finding(address, str(reason.code), f"{reason.zh}。", f"{reason.en}.")
    if whole[:18] != department.credit_code:
        yield Finding(
            "/implementation_code", "department-differs",
            "实施编码前 18 位应为实施主体的统一社会信用代码。",
            "the first 18 characters must be the department's credit code.",
        )  # fmt: skip
    if whole[18] != definition.level:
        yield Finding(
            "/implementation_code", "level-differs",
            "实施编码第 19 位应与行使层级一致。", "character 19 must be the exercise level.",
        )  # fmt: skip
    coded = definition.basic_code[2:4]
    if coded <= "10" and coded != definition.item_type:  # beyond 10 provinces number types their own way
        yield Finding(
            "/implementation_code", "type-differs",
            "基本编码第 3、4 位应与事项类型一致。",
            "characters 3 and 4 of the basic code must be the item type.",
        )  # fmt: skip


def codes_unique(definition: Definition) -> Iterator[Finding]:
    """A code names one thing in its list; a form field's code is unique in the whole form."""
    lists: list[tuple[str, list[str]]] = [
        ("/conditions", [part.code for part in definition.conditions]),
        ("/prohibitions", [part.code for part in definition.prohibitions]),
        ("/rights", [part.code for part in definition.rights]),
        ("/duties", [part.code for part in definition.duties]),
        ("/questions", [part.code for part in definition.questions]),
        ("/materials", [part.code for part in definition.materials]),
        ("/form", [part.code for part in definition.form]),
        ("/form/*/fields", [part.code for part in definition.fields]),
        ("/steps", [part.code for part in definition.steps]),
        ("/intermediaries", [part.code for part in definition.intermediaries]),
        ("/faq", [part.code for part in definition.faq]),
        ("/fees/items", [part.code for part in definition.fees.items]),
        ("/result/template/lines", [part.code for part in definition.result.template.lines]),
    ]
    lists += [(f"/questions/{q.code}/answers", [a.code for a in q.answers]) for q in definition.questions]
    lists += [(f"/form/*/fields/{f.code}/choices", [c.code for c in f.choices]) for f in definition.fields]
    lists += [
        (f"/materials/{m.code}/acceptance_points", [p.code for p in m.acceptance_points])
        for m in definition.materials
    ]
    lists += [(f"/materials/{m.code}/specimen/lines", [x.code for x in m.specimen.lines]) for m in definition.materials if m.specimen]
    lists += [(f"/steps/{step.code}/points", [point.code for point in step.points]) for step in definition.steps]
    for place, codes in lists:
        for code, count in Counter(codes).items():
            if count > 1:
                yield Finding(
                    f"{place}/{code}", "code-repeated",
                    f"代码“{code}”出现了 {count} 次。", f"the code “{code}” is used {count} times.",
                )  # fmt: skip
