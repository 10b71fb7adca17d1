"""The decisions on paper: granted, or denied with reasons and remedies (licensing law art 38); and the notice of excluded time (art 45)."""

from __future__ import annotations

from datetime import date

from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case, SpecialProcedure
from onewindow.spine.cases.papers import (
    Block,
    Paper,
    chinese_date,
    english_date,
    governed,
    paper,
    paragraph,
    provisional,
    remedies,
)
from onewindow.spine.cases.rules import pack_for


def grant(case: Case, *, on: date, opinion: str) -> Paper:
    """准予行政许可决定书, or the decision of another kind of act."""
    definition = case.version.definition
    pack = pack_for(definition)
    blocks = [governed(definition, pack.granted)]
    if opinion:
        blocks.append(paragraph(f"审批意见：{opinion}", f"Opinion: {opinion}"))
    return _decision(pack.grant_title, case, on, blocks)


def deny(case: Case, *, on: date, reason: str) -> Paper:
    """不予行政许可决定书, or the decision of another kind of act."""
    definition = case.version.definition
    pack = pack_for(definition)
    blocks = [
        governed(definition, pack.denied),
        paragraph(f"理由：{reason}", f"Reason: {reason}"),
        paragraph("如不服本决定，您可以：", "Against this decision you may:"),
        remedies(definition),
    ]
    return _decision(pack.denial_title, case, on, blocks)


def excluded_time(case: Case, procedure: SpecialProcedure, *, on: date) -> Paper:
    """除外时间告知书: what is carried out, by which law, how long it is expected to take, and the limits without that time.

    `case` carries the limits as counted anew.
    """
    assert case.promised_on is not None and case.due_on is not None
    kind, last = procedure.words, procedure.expected_last
    blocks = [
        paragraph(
            f"审查您的申请需要进行{kind.zh}：{procedure.reason.rstrip('。')}。依据：《{procedure.law}》{procedure.article}。",
            f"To examine your application, {kind.en} is needed: {procedure.reason.rstrip('.。')}. Basis: 《{procedure.law}》{procedure.article}.",
        ),
        paragraph(
            f"自{chinese_date(procedure.first)}开始，预计需要 {procedure.expected} 个工作日，至{chinese_date(last)}止。",
            f"It begins on {english_date(procedure.first)} and is expected to take {procedure.expected} working day(s), until {english_date(last)}.",
        ),
        paragraph(
            "依照《中华人民共和国行政许可法》第四十五条，所需时间不计算在办理期限内，现书面告知。",
            "Under art 45 of the Administrative Licensing Law the time it takes is not counted in the limit; you are hereby told of it in writing.",
        ),
        paragraph(
            f"据此，承诺不晚于{chinese_date(case.promised_on)}（含当日）作出决定，法定期限至{chinese_date(case.due_on)}。"
            f"{kind.zh}实际提前或者推后结束的，按实际结束的日期重新计算。",
            f"A decision is therefore promised by {english_date(case.promised_on)}; the statutory limit ends on {english_date(case.due_on)}. "
            "Should it end sooner or later, both are counted anew from the true day.",
        ),
    ]
    if case.provisional:
        blocks.append(provisional())
    return _decision(Words("除外时间告知书", "Notice of excluded time"), case, on, blocks)


def _decision(title: Words, case: Case, on: date, blocks: list[Block]) -> Paper:
    return paper(
        title, case=case.number, definition=case.version.definition, addressee=case.addressee, on=on,
        seal=case.office.seal, blocks=blocks,
    )  # fmt: skip
