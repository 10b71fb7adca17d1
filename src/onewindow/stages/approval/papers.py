"""The decisions on paper: granted, or denied with reasons and remedies (licensing law art 38)."""

from __future__ import annotations

from datetime import date

from onewindow.kernel.words import Words
from onewindow.law.packs import pack_of
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.papers import Block, Paper, governed, paper, paragraph, remedies


def grant(case: Case, *, on: date, opinion: str) -> Paper:
    """准予行政许可决定书, or the decision of another kind of act."""
    definition = case.version.definition
    pack = pack_of(definition.item_type)
    blocks = [governed(definition, pack.granted)]
    if opinion:
        blocks.append(paragraph(f"审批意见：{opinion}", f"Opinion: {opinion}"))
    return _decision(pack.grant_title, case, on, blocks)


def deny(case: Case, *, on: date, reason: str) -> Paper:
    """不予行政许可决定书, or the decision of another kind of act."""
    definition = case.version.definition
    pack = pack_of(definition.item_type)
    blocks = [
        governed(definition, pack.denied),
        paragraph(f"理由：{reason}", f"Reason: {reason}"),
        paragraph("如不服本决定，您可以：", "Against this decision you may:"),
        remedies(definition),
    ]
    return _decision(pack.denial_title, case, on, blocks)


def _decision(title: Words, case: Case, on: date, blocks: list[Block]) -> Paper:
    return paper(
        title, case=case.number, definition=case.version.definition, addressee=case.addressee, on=on,
        seal=case.office.seal, blocks=blocks,
    )  # fmt: skip
