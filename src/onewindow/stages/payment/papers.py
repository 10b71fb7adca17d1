"""The papers of fees: the payment notice, the fiscal receipt, the notice of a refund."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from onewindow.kernel.words import Words
from onewindow.law.packs import PERMIT
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.papers import Block, Paper, chinese_date, english_date, listing, paper, paragraph
from onewindow.stages.payment.sums import grouped_code, in_words, receipt_check, yuan

if TYPE_CHECKING:
    from onewindow.stages.payment.models import PaymentOrder, Refund


def notice(case: Case, *, code: str, lines: Iterable[Mapping[str, Any]], due: int, reduction: int, reason: str, due_by: date, on: date) -> Paper:
    """缴款通知书: what is charged, by which law, how much, until when, under which code."""
    blocks = [
        paragraph("办理下列事项依法应当缴纳的费用：", "The following is charged by law for this application:"),
        _lines(lines),
        *([paragraph(f"减缴 {yuan(reduction)} 元，理由：{reason}。", f"Reduced by {yuan(reduction)} yuan: {reason}.")] if reduction else []),
        paragraph(f"应缴 {yuan(due)} 元，{in_words(due)}。", f"To be paid: {yuan(due)} yuan."),
        paragraph(
            f"缴款码 {grouped_code(code)}。请于{chinese_date(due_by)}前凭缴款码在任一代收渠道缴款，款项直接缴入国库。",
            f"Payment code {grouped_code(code)}. Please pay with this code by {english_date(due_by)}; the money goes straight to the treasury.",
        ),
        paragraph(
            "领取结果以前缴清即可，审批决定不因此推迟。列明项目以外的，可以拒绝缴纳。",
            "It is enough to pay before the result is collected; the decision does not wait for it. You may refuse to pay anything not named here.",
        ),
    ]
    return _paper(Words("缴款通知书", "Payment notice"), case, on, blocks)


def receipt(case: Case, order: PaymentOrder, *, number: str, amount: int, transaction: str, on: date) -> Paper:
    """财政电子票据: number, lines, the sum in figures and words, the transaction."""
    blocks = [
        _lines(order.lines),
        listing(
            [
                (f"金额合计：{yuan(amount)} 元", f"Total: {yuan(amount)} yuan"),
                (f"大写：{in_words(amount)}", f"In words: {in_words(amount)}"),
                (f"票据代码：{number[:8]}　票据号码：{number[8:]}　校验码：{receipt_check(number, amount, on)}",
                 f"Receipt code {number[:8]}, number {number[8:]}, check {receipt_check(number, amount, on)}"),
                (f"缴款码：{grouped_code(order.code)}", f"Payment code: {grouped_code(order.code)}"),
                (f"收款平台流水号：{transaction}", f"Transaction: {transaction}"),
            ]
        ),
        paragraph("所收费用依照《中华人民共和国行政许可法》第五十九条全部上缴国库。" if case.version.item_type == PERMIT else "所收费用全部上缴国库。",
                  "All of it goes to the treasury."),
    ]  # fmt: skip
    made = _paper(Words("非税收入统一票据（电子）", "Electronic fiscal receipt"), case, on, blocks)
    return made | {"number": number}


def refund(case: Case, made: Refund, *, on: date) -> Paper:
    """退付通知书."""
    blocks = [
        paragraph(
            f"缴款码 {grouped_code(made.order.code)} 项下退付 {yuan(made.amount)} 元，{in_words(made.amount)}。理由：{made.reason}。",
            f"Refunded under payment code {grouped_code(made.order.code)}: {yuan(made.amount)} yuan. Reason: {made.reason}.",
        ),
        paragraph("款项原路退回缴款账户。", "The money goes back the way it came."),
    ]
    return _paper(Words("退付通知书", "Notice of refund"), case, on, blocks)


def _lines(lines: Iterable[Mapping[str, Any]]) -> Block:
    told = []
    for line in lines:
        sum_zh = f"{yuan(line['unit'])} 元/{line['per']['zh']} × {line['quantity']} = {yuan(line['amount'])} 元"
        sum_en = f"{yuan(line['unit'])} yuan {line['per']['en']} × {line['quantity']} = {yuan(line['amount'])} yuan"
        told.append((f"{line['name']['zh']}：{sum_zh}。依据：{'；'.join(line['basis'])}", f"{line['name']['en']}: {sum_en}"))
    return listing(told)


def _paper(title: Words, case: Case, on: date, blocks: list[Block]) -> Paper:
    return paper(
        title, case=case.number, definition=case.version.definition, addressee=case.addressee, on=on, seal=case.office.seal, blocks=blocks
    )
