"""The decisions on paper: granted, or denied with reasons and remedies (licensing law art 38)."""

from __future__ import annotations

from datetime import date

from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.papers import Block, Paper, paper, paragraph, remedies


def grant(case: Case, *, on: date, opinion: str) -> Paper:
    """准予行政许可决定书."""
    blocks = [
        paragraph(
            "经审查，您的申请符合法定条件、标准。依照《中华人民共和国行政许可法》第三十八条第一款，决定准予行政许可。",
            "On examination the application meets the statutory conditions and standards. Under art 38(1) of the "
            "Administrative Licensing Law the licence is granted.",
        )
    ]
    if opinion:
        blocks.append(paragraph(f"审批意见：{opinion}", f"Opinion: {opinion}"))
    return _decision(Words("准予行政许可决定书", "Decision to grant"), case, on, blocks)


def deny(case: Case, *, on: date, reason: str) -> Paper:
    """不予行政许可决定书."""
    blocks = [
        paragraph(
            "经审查，依照《中华人民共和国行政许可法》第三十八条第二款，决定不予行政许可。",
            "On examination, under art 38(2) of the Administrative Licensing Law, the licence is denied.",
        ),
        paragraph(f"理由：{reason}", f"Reason: {reason}"),
        paragraph("如不服本决定，您可以：", "Against this decision you may:"),
        remedies(case.version.definition),
    ]
    return _decision(Words("不予行政许可决定书", "Decision to deny"), case, on, blocks)


def _decision(title: Words, case: Case, on: date, blocks: list[Block]) -> Paper:
    return paper(
        title, case=case.number, definition=case.version.definition, addressee=case.addressee, on=on,
        seal=case.office.seal, blocks=blocks,
    )  # fmt: skip
