"""The one receipt of what was filed together, composed as plain data like every paper. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from onewindow.kernel.words import Words
from onewindow.spine.cases.papers import QUERY_CODE, SCHEMA, Paper, chinese_date, english_date, listing, paragraph


class Line(NamedTuple):
    """One case on the receipt: what it is, its number, whose it is, and until when the window answers."""

    item: Words
    number: str
    department: Words
    notice_due: date


class Kept(NamedTuple):
    """A paper that stays with the window, and for which items."""

    name: Words
    items: tuple[Words, ...]


class Awaited(NamedTuple):
    """A material nobody hands in: it comes from the result of another item of the same filing."""

    name: Words
    item: Words
    giver: Words


def joint_receipt(
    *, number: str, bundle: Words, centre: Words, addressee: str, on: date, lines: Sequence[Line], kept: Iterable[Kept], awaited: Iterable[Awaited]
) -> Paper:
    """综合收件凭证: every case with its number and department, every paper once, and what comes by itself."""
    papers = [
        (f"{one.name.zh}（用于{'、'.join(item.zh for item in one.items)}）", f"{one.name.en} (for {', '.join(item.en for item in one.items)})")
        for one in kept
    ]
    comes = [
        (f"{one.name.zh}：由“{one.giver.zh}”的结果转入“{one.item.zh}”", f"{one.name.en}: from the result of “{one.giver.en}” to “{one.item.en}”")
        for one in awaited
    ]
    cases = [
        (
            f"{line.item.zh}，办件编号 {line.number}，{line.department.zh}；不晚于{chinese_date(line.notice_due)}（含当日）一次告知需要补正的全部内容",
            f"{line.item.en}, case {line.number}, {line.department.en}; you will be told everything that is missing, once, by {english_date(line.notice_due)}",
        )
        for line in lines
    ]
    blocks = [
        paragraph(
            f"本窗口于{chinese_date(on)}收到“{bundle.zh}”的 {len(lines)} 件申请：", f"Received on {english_date(on)}, for “{bundle.en}”: {len(lines)} application(s)."
        ),
        listing(cases),
        paragraph("收到的材料，每样只收一次：", "Materials received, each once:"),
        listing(papers or [("（未提交材料）", "(nothing)")]),
    ]
    if comes:
        blocks += [paragraph("以下材料不用交，前面的事办成后自动转入：", "Not to be handed in; these come by themselves:"), listing(comes)]
    blocks += [
        paragraph(
            "各件由主管部门分别受理、分别决定，期限分别计算，另有各自的收件凭证。一件不予受理或者不予许可，其他各件照常办理。",
            "Each is accepted and decided by its own department, in its own time, and has its own receipt. If one is turned away, the others go on.",
        ),
        paragraph(f"办理进度查询码：{QUERY_CODE}", f"Query code for progress: {QUERY_CODE}"),
    ]
    return {
        "schema": SCHEMA, "title": {"zh": "综合收件凭证", "en": "Receipt for applications filed together"}, "number": number, "case": "",
        "item": bundle._asdict(), "department": centre._asdict(), "addressee": addressee, "date": on.isoformat(), "seal": "", "blocks": blocks,
    }  # fmt: skip
