"""The documents of acceptance, in the words the licensing law asks for (art 32, 40 of the vouchers)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from onewindow.foundation.catalogue.definition import Definition
from onewindow.kernel.words import Words
from onewindow.spine.cases.papers import QUERY_CODE, Paper, chinese_date, english_date, listing, paper, paragraph, remedies
from onewindow.stages.acceptance.rules import Ground


def receipt(
    definition: Definition, *, case: str, addressee: str, on: date, seal: str, given: Iterable[tuple[str, str]],
    notice_due: date,
) -> Paper:  # fmt: skip
    """收件凭证: what was handed in, when, and until when the window must answer."""
    return paper(
        Words("收件凭证", "Receipt"), case=case, definition=definition, addressee=addressee, on=on, seal=seal,
        blocks=[
            paragraph(f"本窗口于{chinese_date(on)}收到以下申请材料：", f"Received on {english_date(on)}:"),
            listing(given),
            paragraph(
                f"材料不齐全或者不符合法定形式的，将不晚于{chinese_date(notice_due)}（含当日）一次告知需要补正的全部内容；"
                "逾期不告知的，自收到申请材料之日起即为受理（行政许可法第三十二条）。",
                f"If anything is missing you will be told everything, once, by {english_date(notice_due)}; otherwise the "
                "application counts as accepted from the day of receipt (Administrative Licensing Law, art 32).",
            ),
            paragraph(f"办理进度查询码：{QUERY_CODE}", f"Query code for progress: {QUERY_CODE}"),
        ],
    )  # fmt: skip


def correction_notice(
    definition: Definition, *, case: str, addressee: str, on: date, seal: str, lines: Iterable[tuple[str, str]]
) -> Paper:
    """补正材料一次性告知书."""
    return paper(
        Words("补正材料一次性告知书", "One-time correction notice"), case=case, definition=definition,
        addressee=addressee, on=on, seal=seal,
        blocks=[
            paragraph(
                "您的申请材料不齐全或者不符合法定形式，依照《中华人民共和国行政许可法》第三十二条第一款第（四）项，"
                "现一次性告知需要补正的全部内容：",
                "The materials are incomplete or not in the required form. Under art 32(1)(4) of the Administrative "
                "Licensing Law this notice names, once, everything to be corrected:",
            ),
            listing(lines),
            paragraph(
                "补正后请凭本告知书到任一综合窗口提交，不必重新说明情况。",
                "Bring the corrections with this notice to any window; nothing need be explained again.",
            ),
        ],
    )  # fmt: skip


def acceptance(
    definition: Definition, *, case: str, addressee: str, on: date, seal: str, promised: date, due: date, provisional: bool
) -> Paper:
    """受理通知书: accepted, and until when the decision will come."""
    blocks = [
        paragraph(
            "您的申请材料齐全、符合法定形式，依照《中华人民共和国行政许可法》第三十二条第一款第（五）项，决定予以受理。",
            "The materials are complete and in the required form. Under art 32(1)(5) of the Administrative Licensing "
            "Law the application is accepted.",
        ),
        paragraph(
            f"承诺不晚于{chinese_date(promised)}（含当日）作出决定；法定期限至{chinese_date(due)}。",
            f"A decision is promised by {english_date(promised)}; the statutory limit ends on {english_date(due)}.",
        ),
    ]
    if provisional:
        blocks.append(
            paragraph(
                "以上日期涉及尚未公布放假安排的年度，为暂定日期，以公布后的安排为准。",
                "These dates reach into a year whose holidays are not yet published; they are provisional until then.",
            )
        )
    return paper(
        Words("受理通知书", "Notice of acceptance"), case=case, definition=definition, addressee=addressee, on=on,
        seal=seal, blocks=blocks,
    )  # fmt: skip


def refusal(
    definition: Definition, *, case: str, addressee: str, on: date, seal: str, ground: Ground, reason: str
) -> Paper:
    """不受理告知书 or 不予受理决定书: two different refusals, each with its article, reason and remedies."""
    title = (
        Words("不受理告知书", "Notice that no licence is required")
        if ground.code == "not-required"
        else Words("不予受理决定书", "Decision not to accept")
    )
    return paper(
        title, case=case, definition=definition, addressee=addressee, on=on, seal=seal,
        blocks=[
            paragraph(
                f"依照《中华人民共和国行政许可法》{ground.article}，{ground.zh}。",
                f"Under the Administrative Licensing Law ({ground.article}): {ground.en}.",
            ),
            paragraph(f"理由：{reason}", f"Reason: {reason}"),
            paragraph("如不服本决定，您可以：", "Against this decision you may:"),
            remedies(definition),
        ],
    )  # fmt: skip
