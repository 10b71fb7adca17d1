"""Pure rules of fees: what a case may be charged, and how a statement is compared with the book.

Sources: 行政许可法 arts 58 and 59 (no fee but by law, by published item and rate, all of it to the treasury).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onewindow.foundation.catalogue.definition import Definition, resolve
from onewindow.foundation.catalogue.definition.model import Fee
from onewindow.foundation.catalogue.definition.parts import StatuteSource
from onewindow.kernel.errors import FeeUnlawful, InvalidInput
from onewindow.kernel.words import Words
from onewindow.law.packs import PERMIT
from onewindow.stages.payment.sums import fen

DAYS_TO_PAY = 30  # natural days from the notice; demo: a real centre states its treasury's own
LONGEST = 300
_LICENSING, _BUSINESS = "《行政许可法》第五十八条", "《优化营商环境条例》第二十五条"

DIFFERENCES: Mapping[str, Words] = {
    "unknown-code": Words("到账的缴款码这里没有", "paid under a code that is not ours"),
    "amount-differs": Words("到账金额与通知不符", "the sum paid is not the sum due"),
    "order-closed": Words("缴款通知已作废或过期后到账", "paid after the notice was cancelled or had expired"),
    "paid-twice": Words("同一缴款码重复到账", "the same notice was paid twice"),
    "transaction-reused": Words("同一流水号用于不同缴款码", "one transaction number for two notices"),
    "only-in-statement": Words("对账单有、这里没有", "in the statement, not in our book"),
    "only-in-book": Words("这里有、对账单没有", "in our book, not in the statement"),
    "statement-differs": Words("对账单与这里不一致", "the statement does not agree with our book"),
    "line-twice": Words("对账单里同一流水出现两次", "twice in the statement"),
    "refund-rejected": Words("平台拒绝退付", "the platform rejected a refund"),
}


# --- what may be charged ----------------------------------------------------------------------------


def purpose_of(fee: Fee) -> str:
    """By when a fee has to be paid: before the result is handed over, unless the item's own law says before the decision."""
    return fee.due or "delivery"


def fees_for(definition: Definition, answers: Mapping[str, Any], purpose: str) -> tuple[Fee, ...]:
    """The fees of a situation for one purpose; none where the item is free."""
    if not definition.fees.charged:
        return ()
    return tuple(fee for fee in resolve(definition, answers).fees if purpose_of(fee) == purpose)


def lawful(definition: Definition, answers: Mapping[str, Any], wanted: Sequence[str] | None, purpose: str) -> tuple[Fee, ...]:
    """The fees that may be charged: those of the definition for this situation, all of them unless `wanted` names some.

    Raises `FeeUnlawful` for one that is not among them (行政许可法 art 58), or that rests on no statute though the item is a permit.
    """
    fees = {fee.code: fee for fee in fees_for(definition, answers, purpose)}
    for code in wanted if wanted is not None else ():
        if code not in fees:
            raise FeeUnlawful(fee=code, law=_LICENSING if definition.item_type == PERMIT else _BUSINESS)
    chosen = tuple(fee for code, fee in fees.items() if wanted is None or code in wanted)
    for fee in chosen:
        if definition.item_type == PERMIT and not any(isinstance(source, StatuteSource) for source in sources_of(definition, fee.code)):
            raise FeeUnlawful(fee=Words(fee.name.zh, fee.name.en), law=_LICENSING)
    return chosen


def sources_of(definition: Definition, fee: str) -> list[Any]:
    """What a fee rests on: its own sources, else those of the fees as a whole."""
    for address in (f"/fees/items/{fee}/amount", f"/fees/items/{fee}", "/fees/items", "/fees"):
        if names := definition.sources.get(address):
            return [definition.citations[name] for name in names]
    return []


def lines_of(definition: Definition, fees: Iterable[Fee], form: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines of a payment notice: each fee with its basis, unit price, quantity and amount. Raises `InvalidInput` for no whole quantity."""
    return [_line(definition, fee, form) for fee in fees]


def _line(definition: Definition, fee: Fee, form: Mapping[str, Any]) -> dict[str, Any]:
    quantity = 1
    if fee.quantity is not None:
        typed = str(form.get(fee.quantity, ""))
        if not re.fullmatch("[1-9][0-9]{0,5}", typed):
            raise InvalidInput(field=Words(fee.name.zh, fee.name.en), reason_zh="计费数量应为正整数", reason_en="the quantity charged must be a whole number")
        quantity = int(typed)
    unit = fen(fee.amount)
    basis = [
        f"《{source.name}》{source.article}" if isinstance(source, StatuteSource) else source.note.zh for source in sources_of(definition, fee.code)
    ]
    return {
        "code": fee.code, "name": {"zh": fee.name.zh, "en": fee.name.en}, "basis": basis, "unit": unit, "quantity": quantity,
        "per": {"zh": fee.per.zh, "en": fee.per.en}, "amount": unit * quantity,
    }  # fmt: skip


def stated(reason: str, field: Words) -> str:
    """A reason, trimmed. Raises `InvalidInput` for none or one too long."""
    text = reason.strip()
    if not text:
        raise InvalidInput(field=field, reason_zh="请写明", reason_en="please say why")
    if len(text) > LONGEST:
        raise InvalidInput(field=field, reason_zh=f"最多 {LONGEST} 个字", reason_en=f"at most {LONGEST} characters")
    return text


# --- a day's statement ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Booked:
    """One movement of money, as the statement or our book has it; `kind` is ``payment`` or ``refund``, `amount` in fen."""

    kind: str
    code: str
    transaction: str
    amount: int


@dataclass(frozen=True)
class Difference:
    """One thing in which statement and book do not agree."""

    kind: str
    code: str
    transaction: str
    expected: int | None
    found: int | None


def compared(statement: Sequence[Booked], book: Sequence[Booked]) -> list[Difference]:
    """Every difference between a day's statement and our book of that day, in the statement's order and then the book's."""
    ours = {(line.kind, line.transaction): line for line in book}
    seen: set[tuple[str, str]] = set()
    found: list[Difference] = []
    for line in statement:
        key = (line.kind, line.transaction)
        if key in seen:
            found.append(Difference("line-twice", line.code, line.transaction, None, line.amount))
            continue
        seen.add(key)
        known = ours.get(key)
        if known is None:
            found.append(Difference("only-in-statement", line.code, line.transaction, None, line.amount))
        elif (known.code, known.amount) != (line.code, line.amount):
            found.append(Difference("statement-differs", line.code, line.transaction, known.amount, line.amount))
    found += [Difference("only-in-book", line.code, line.transaction, line.amount, None) for key, line in ours.items() if key not in seen]
    return found
