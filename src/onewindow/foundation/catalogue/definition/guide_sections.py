"""The sections of a guide on paper: at a glance, materials, where and when, limits in plain words, the law, and how to complain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onewindow.foundation.catalogue.definition.materials import Material
from onewindow.foundation.catalogue.definition.model import Definition, Fee, Step
from onewindow.foundation.catalogue.definition.parts import Text, When
from onewindow.foundation.catalogue.definition.told import LONG_ENOUGH, copies, need, only_when, span
from onewindow.kernel.words import Words

Section = dict[str, Any]

# 上海市优化营商环境条例 art. 90: 可以通过“12345”市民服务热线……进行投诉举报; a centre elsewhere has the same line.
HOTLINE = "12345"


@dataclass(frozen=True)
class Where:
    """Where and when an item is handled: the hall and centre, its address (empty where none is stated), and its hours line by line."""

    centre: Words
    hall: Words
    address: Words
    hours: Sequence[Words]
    self_service: Words | None = None
    communities: int = 0


def at_a_glance(definition: Definition, fees: Sequence[Fee], where: Where) -> Section:
    rows = [
        (Words("多久", "How long"), _promise(definition)),
        (Words("收费", "Fee"), _fees(definition, fees)),
        (Words("到哪里", "Where"), where.hall),
        (Words("要来几趟", "Visits"), _visits(definition.service.visits)),
        (Words("拿到什么", "You get"), words(definition.result.name)),
    ]
    return _rows("glance", Words("先看这里", "At a glance"), rows)


def _visits(n: int) -> Words:
    return Words(f"{n} 趟", f"{n} visit{'' if n == 1 else 's'}") if n else Words("不用来，网上办", "None: it is done online")


def _promise(definition: Definition) -> Words:
    promised = span(definition.limits.promised)
    if not definition.limits.promised.n:
        return Words("当场办结", "On the spot")
    return Words(f"受理后 {promised.zh}", f"{promised.en} from acceptance")


def _fees(definition: Definition, fees: Sequence[Fee]) -> Words:
    if not fees:
        return Words("您的情形不收费", "Free in your situation") if definition.fees.charged else words(definition.fees.text)
    return Words(
        "；".join(f"{fee.name.zh} {fee.amount} 元/{fee.per.zh}" for fee in fees),
        "; ".join(f"{fee.name.en} {fee.amount} yuan / {fee.per.en}" for fee in fees),
    )


def checklist(definition: Definition, materials: Sequence[Material], *, told: bool) -> Section:
    n = len(materials)
    if not n:
        return list_of("materials", Words("要带的材料", "What to bring"), [Words("什么都不用带。", "Nothing.")])
    lines = []
    for material in materials:
        when = only_when(definition, material.when) if told else Words("", "")
        many, must = copies(material), need(material)
        lines.append(
            {
                "name": words(material.name)._asdict(),
                "note": Words(" · ".join(filter(None, (must.zh, many.zh))), " · ".join(filter(None, (must.en, many.en))))._asdict(),
                "when": when._asdict(),
                "points": [words(point.text)._asdict() for point in material.acceptance_points],
                "sample": words(material.sample)._asdict(),
                "source": words(material.origin_note)._asdict(),
                "filling": words(material.filling)._asdict(),
                "spared": words(material.exemption.how if material.exemption else None)._asdict(),
            }
        )
    head = Words("材料清单", "Materials") if told else Words("要带的材料", "What to bring")
    note = Words(f"共 {n} 样，带好一样勾一样", f"{n} in all; tick each when you have it")
    if told:
        note = Words(f"共 {n} 样，写明情形的只在该情形要", f"{n} in all; where a situation is named, only then")
    return {"code": "materials", "head": head._asdict(), "note": note._asdict(), "checklist": lines}


def place(definition: Definition, where: Where) -> Section:
    service = definition.service
    rows = [(Words("地点", "Place"), Words(f"{where.centre.zh}，{where.hall.zh}，任一窗口", f"{where.centre.en}, {where.hall.en}, any window"))]
    if where.address.zh:
        rows.append((Words("地址", "Address"), where.address))
    rows.append((Words("时间", "Hours"), Words("；".join(line.zh for line in where.hours), "; ".join(line.en for line in where.hours))))
    if {"2", "3"} & set(service.channels):
        rows.append((Words("网上", "Online"), Words("扫本页的码，网上也能办。", "Scan the code on this page; it can be done online too.")))
    if service.visits and service.on_site_reason:
        rows.append((Words("为什么要来", "Why a visit"), words(service.on_site_reason)))
    if service.kiosk and where.self_service:
        rows.append((Words("自助", "Self-service"), where.self_service))
    if service.street != "none" and where.communities:
        n = where.communities
        rows.append((Words("就近", "Near you"), Words(f"{n} 个街镇社区事务受理服务中心也能办。", f"{n} community centres handle it too.")))
    if definition.enquiries:
        rows.append((Words("问谁", "Ask"), words(definition.enquiries)))
    return _rows("where", Words("到哪里办、什么时间", "Where and when"), rows)


def steps(steps: Iterable[Step]) -> Section:
    lines = []
    for step in sorted(steps, key=lambda step: step.order):
        days = Words(f"（{step.days} 天）", f" ({step.days} day{'' if step.days == 1 else 's'})") if step.days else Words("", "")
        lines.append(Words(f"{step.name.zh}{days.zh}：{step.task.zh}", f"{step.name.en}{days.en}: {step.task.en}"))
    return list_of("steps", Words("交上来以后", "What happens then"), lines)


def limits(definition: Definition) -> Section:
    """The limits in plain words: what is told until when."""
    limits = definition.limits
    told, again, sent = span(limits.correction), span(limits.supplement), span(limits.delivery)
    rows = [
        (Words("承诺", "Promised"), _promise(definition)),
        (Words("法律规定", "By law"), _by_law(definition)),
        (
            Words("材料不齐", "If anything is missing"),
            Words(
                f"{f'{told.zh}内' if limits.correction.n else '当场'}一次说全要补什么，{again.zh}内补来就行。",
                f"You are told everything, once, {f'within {told.en}' if limits.correction.n else 'on the spot'}; bring it within {again.en}.",
            ),
        ),
        (
            Words("送到手里", "Delivery"),
            Words(f"决定作出后 {sent.zh}内。", f"Within {sent.en} of the decision.") if limits.delivery.n else Words("决定作出当天。", "On the day of the decision."),
        ),
    ]
    if limits.extension is not None:
        longer = span(limits.extension)
        rows.insert(2, (Words("最多延长", "Longest extension"), Words(f"{longer.zh}，会告诉您理由。", f"{longer.en}; you are told why.")))
    return _rows("limits", Words("时限", "Time limits"), rows)


def _by_law(definition: Definition) -> Words:
    if not definition.limits.statutory.n:
        return Words("当场", "On the spot")
    limit = span(definition.limits.statutory)
    return Words(f"最长 {limit.zh}", f"At most {limit.en}")


def basis(definition: Definition) -> Section:
    """The articles as they stand: the law is Chinese, in every edition."""
    lines = [{"article": f"《{source.name}》{source.article}", "quote": source.quote} for source in definition.basis]
    return {"code": "basis", "head": Words("依据", "Legal basis")._asdict(), "articles": lines}


def complaints(definition: Definition) -> Section:
    again, court = definition.remedies.reconsideration, definition.remedies.lawsuit
    rows = [
        (
            Words("对服务不满意", "The service"),
            words(definition.complaints) if definition.complaints else Words(
                f"当场告诉窗口或者大厅经理；办完可以评“差评”，一定有人回复；也可以打 {HOTLINE}。",
                f"Tell the window or the hall manager; give a bad evaluation afterwards, and somebody will answer; or ring {HOTLINE}.",
            ),
        ),
        (Words("不服决定：复议", "The decision: reconsideration"), Words(f"{again.body.zh}：{again.text.zh}", f"{again.body.en}: {again.text.en}")),
        (Words("不服决定：诉讼", "The decision: lawsuit"), Words(f"{court.body.zh}：{court.text.zh}", f"{court.body.en}: {court.text.en}")),
    ]
    return _rows("complaints", Words("不满意、不服怎么办", "How to complain"), rows)


def answered(definition: Definition, given: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """What was answered; `clear` where the answer can be understood without its question."""
    rows = []
    for question in definition.questions:
        if question.code in given:
            chosen = [answer.text for answer in question.answers if answer.code in given[question.code]]
            said = Words("、".join(text.zh for text in chosen) or "都没有", "; ".join(text.en for text in chosen) or "None of them")
            clear = all(len(text.zh) > LONG_ENOUGH for text in chosen) and bool(chosen)
            rows.append({"name": words(question.text)._asdict(), "said": said._asdict(), "clear": clear})
    return rows


def commissioned(definition: Definition) -> Section | None:
    """What must be had from somebody else first (中介服务)."""
    lines = [Words(f"{part.name.zh}：{part.text.zh}", f"{part.name.en}: {part.text.en}") for part in definition.intermediaries]
    return list_of("commissioned", Words("要先请别人做的", "To be had elsewhere first"), lines)


def often_asked(definition: Definition) -> Section | None:
    """What people often ask (常见问题)."""
    lines = [Words(f"{part.question.zh} {part.answer.zh}", f"{part.question.en} {part.answer.en}") for part in definition.faq]
    return list_of("faq", Words("常问的", "Often asked"), lines)


def where_it_applies(definition: Definition, text: Text, when: When | None) -> Words:
    only = only_when(definition, when)
    return Words(f"{text.zh}（限：{only.zh}）", f"{text.en} (Only for: {only.en})") if only.zh else words(text)


def _rows(code: str, head: Words, rows: Iterable[tuple[Words, Words]]) -> Section:
    return {"code": code, "head": head._asdict(), "rows": [{"name": name._asdict(), "said": said._asdict()} for name, said in rows]}


def list_of(code: str, head: Words, lines: Iterable[Words]) -> Section | Any:
    listed = [line._asdict() for line in lines]
    return {"code": code, "head": head._asdict(), "list": listed} if listed else None


def words(text: Text | None) -> Words:
    return Words(text.zh, text.en) if text else Words("", "")
