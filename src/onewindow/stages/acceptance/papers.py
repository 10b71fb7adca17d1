"""The documents of acceptance, in the words the licensing law asks for (art 32, 40 of the vouchers)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from onewindow.foundation.catalogue.definition import Definition
from onewindow.kernel import clock
from onewindow.kernel.words import Words
from onewindow.law.packs import PERMITS, Silence
from onewindow.spine.cases.papers import (
    QUERY_CODE,
    Block,
    Paper,
    chinese_date,
    english_date,
    governed,
    listing,
    paper,
    paragraph,
    remedies,
)
from onewindow.spine.cases.papers import provisional as provisional_note
from onewindow.spine.cases.rules import OnPaper, pack_for
from onewindow.stages.acceptance.rules import NOT_REQUIRED, Ground


def receipt(
    definition: Definition, *, case: str, addressee: str, on: date, seal: str, given: Iterable[tuple[str, str]],
    notice_due: date, on_paper: OnPaper | None, entered: datetime,
) -> Paper:  # fmt: skip
    """收件凭证: what was handed in, when, and until when the window must answer.

    `on_paper` is the receipt written by hand during an outage, `entered` the present moment: then the paper tells both times.
    """
    received, marked = (on_paper.day, {"entered": _both_times(on_paper, entered)}) if on_paper else (on, {})
    made = paper(
        Words("收件凭证", "Receipt"), case=case, definition=definition, addressee=addressee, on=on, seal=seal,
        blocks=[
            paragraph(f"本窗口于{chinese_date(received)}收到以下申请材料：", f"Received on {english_date(received)}:"),
            listing(given),
            *([_entered_later(on_paper)] if on_paper else []),
            _answer_by(notice_due, silence=pack_for(definition).silence),
            paragraph(f"办理进度查询码：{QUERY_CODE}", f"Query code for progress: {QUERY_CODE}"),
        ],
    )  # fmt: skip
    return made | marked


def _both_times(on_paper: OnPaper, entered: datetime) -> dict[str, str]:
    """When it really happened and when it was entered: stands at the top of the paper, beside 补录."""
    really, now = clock.local(on_paper.at), clock.local(entered)
    return {
        "zh": f"实际收件 {chinese_date(really.date())} {really:%H:%M}，录入 {chinese_date(now.date())} {now:%H:%M}",
        "en": f"Entered after an outage: received {english_date(really.date())} {really:%H:%M}, entered {english_date(now.date())} {now:%H:%M}",
    }


def _entered_later(on_paper: OnPaper) -> Block:
    return paragraph(
        f"收件时系统停机，已当场开具手写收件凭证（{on_paper.number}），现补录入系统。各项期限从实际收件之日起计算，与当日录入相同。",
        f"The system was down; a receipt was written by hand (no. {on_paper.number}) and is entered now. "
        "Every limit is counted from the day the papers were really handed in.",
    )


def correction_notice(
    definition: Definition, *, case: str, addressee: str, on: date, seal: str, lines: Iterable[tuple[str, str]],
    until: date,
) -> Paper:  # fmt: skip
    """补正材料一次性告知书: everything, once, and until which day it can be brought."""
    return paper(
        Words("补正材料一次性告知书", "One-time correction notice"), case=case, definition=definition,
        addressee=addressee, on=on, seal=seal,
        blocks=[
            governed(definition, pack_for(definition).to_correct),
            listing(lines),
            paragraph(
                f"请于{chinese_date(until)}（含当日）前凭本告知书到任一综合窗口提交，不必重新说明情况。"
                "逾期未补正，或者补正后仍不齐全、不符合法定形式的，将依法不予受理；之后仍可重新申请。",
                f"Bring the corrections with this notice to any window by {english_date(until)}; nothing need be explained again. "
                "If they are not brought by then, or are still not complete, the application is not accepted; you may apply again.",
            ),
        ],
    )  # fmt: skip


def acceptance(
    definition: Definition, *, case: str, addressee: str, on: date, seal: str, promised: date, due: date, provisional: bool,
    silent_since: tuple[date, date] | None = None, on_paper: date | None = None,
) -> Paper:  # fmt: skip
    """受理通知书: accepted, and until when the decision will come.

    `silent_since` is (day of receipt, last day of the notice) when the law accepted by itself; `on_paper` the day on which
    it was accepted by hand during an outage.
    """
    blocks = [
        _by_silence(definition, *silent_since) if silent_since else governed(definition, pack_for(definition).accepted),
        paragraph(
            f"承诺不晚于{chinese_date(promised)}（含当日）作出决定；法定期限至{chinese_date(due)}。",
            f"A decision is promised by {english_date(promised)}; the statutory limit ends on {english_date(due)}.",
        ),
    ]
    if on_paper:
        blocks.insert(1, paragraph(
            f"本件已于{chinese_date(on_paper)}在系统停机期间书面受理，办理期限从该日起算。",
            f"It was accepted on paper on {english_date(on_paper)}, while the system was down; its limits run from that day.",
        ))  # fmt: skip
    if provisional:
        blocks.append(provisional_note())
    return paper(
        Words("受理通知书", "Notice of acceptance"), case=case, definition=definition, addressee=addressee, on=on,
        seal=seal, blocks=blocks,
    )  # fmt: skip


def acceptance_voided(
    definition: Definition, *, case: str, addressee: str, on: date, seal: str, voided: str, accepted_on: date, reason: str, notice_due: date
) -> Paper:
    """撤回受理告知书: which notice of acceptance is void, why, and until when the window must answer again."""
    return paper(
        Words("撤回受理告知书", "Notice that the acceptance is void"), case=case, definition=definition, addressee=addressee, on=on, seal=seal,
        blocks=[
            paragraph(
                f"经复核，{chinese_date(accepted_on)}对您的申请作出的受理有误，现予撤回，《受理通知书》（编号 {voided}）同时作废，"
                "其中写明的办理期限不再适用。",
                f"On review, the acceptance of your application on {english_date(accepted_on)} was made in error and is taken back. "
                f"The notice of acceptance no. {voided} is void, and the limits it names no longer apply.",
            ),
            paragraph(f"理由：{reason}", f"Reason: {reason}"),
            paragraph("您的申请材料仍在本窗口，不必重新提交。", "Your materials stay with the window; nothing need be handed in again."),
            _answer_by(notice_due, silence=pack_for(definition).silence),
        ],
    )


def _answer_by(notice_due: date, *, silence: Silence | None) -> Block:
    """Until when the window answers, and what its silence means where the law says something of it."""
    zh = f"材料不齐全或者不符合法定形式的，将不晚于{chinese_date(notice_due)}（含当日）一次告知需要补正的全部内容"
    en = f"If anything is missing you will be told everything, once, by {english_date(notice_due)}"
    if silence is None:
        return paragraph(f"{zh}。", f"{en}.")
    return paragraph(f"{zh}；逾期不告知的，{silence.effect.zh}（{silence.basis.zh}）。", f"{en}; otherwise {silence.effect.en} ({silence.basis.en}).")


def _by_silence(definition: Definition, received: date, notice_due: date) -> Block:
    silence = pack_for(definition).silence
    if silence is None:
        raise ValueError(f"no law lets silence accept {definition.code}")
    return paragraph(
        f"本机关未在{chinese_date(notice_due)}（含当日）前告知补正，依照{silence.basis.zh}，{silence.effect.zh}；"
        f"办理期限从收到申请材料之日（{chinese_date(received)}）起算。",
        f"No correction was asked for by {english_date(notice_due)}. Under {silence.basis.en} {silence.effect.en}; "
        f"its limits run from the day it was received, {english_date(received)}.",
    )


def turned_away(
    definition: Definition, *, case: str, addressee: str, on: date, seal: str, ground: Ground, reason: str, agency: str
) -> Paper:  # fmt: skip
    """不受理告知书 or 不予受理决定书: two different answers, each with its article, reason and remedies.

    `agency` is whom to turn to, told when the matter is not this agency's (art 32(1)(2)).
    """
    title = Words("不受理告知书", "Notice that none is required") if ground is NOT_REQUIRED else Words("不予受理决定书", "Decision not to accept")
    elsewhere = [paragraph(f"请向{agency}提出申请。", f"Please apply to: {agency}.")] if agency else []
    return paper(
        title, case=case, definition=definition, addressee=addressee, on=on, seal=seal,
        blocks=[
            _ground(definition, ground),
            paragraph(f"理由：{reason}", f"Reason: {reason}"),
            *elsewhere,
            paragraph("如不服本决定，您可以：", "Against this decision you may:"),
            remedies(definition),
        ],
    )  # fmt: skip


def _ground(definition: Definition, ground: Ground) -> Block:
    """The ground, with the article of the licensing law where that law governs the item."""
    if pack_for(definition) is not PERMITS:
        return paragraph(f"{ground.otherwise.zh}。", f"{ground.otherwise.en[:1].upper()}{ground.otherwise.en[1:]}.")
    return paragraph(
        f"依照《中华人民共和国行政许可法》{ground.article.zh}，{ground.words.zh}。",
        f"Under the Administrative Licensing Law ({ground.article.en}): {ground.words.en}.",
    )
