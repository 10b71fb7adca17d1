"""Pure rules of acceptance: what blocks it, whether a form may stand, what the documents say.

No database and no clock: everything comes in as arguments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from onewindow.foundation.catalogue.definition.materials import Material
from onewindow.foundation.catalogue.definition.model import FieldCheck, FormField
from onewindow.foundation.catalogue.definition.told import to_bring
from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.identifiers import Kind, check
from onewindow.kernel.identifiers.script import misfit
from onewindow.kernel.words import Words

NECESSARY = "1"


@dataclass(frozen=True)
class Standing:
    """How one material of a case stands."""

    code: str
    need: str
    standing: str
    note: str = ""


def blocking(standings: Iterable[Standing]) -> list[str]:
    """Codes of the materials that stand in the way of acceptance (art 32(5)).

    A necessary material must be in order; any other must at least not be marked deficient.
    """
    return [s.code for s in standings if s.standing == "deficient" or (s.need == NECESSARY and s.standing != "in-order")]


def unchecked(standings: Iterable[Standing]) -> list[str]:
    """Codes of the materials that were given but not looked at: the one-time notice must not pass over them."""
    return [s.code for s in standings if s.standing == "given"]


def to_correct(standings: Iterable[Standing]) -> list[Standing]:
    """Everything the one-time notice must name, once and completely (art 32(4)): deficient, or necessary and missing."""
    return [s for s in standings if s.standing == "deficient" or (s.need == NECESSARY and s.standing == "missing")]


def to_correct_line(material: Material, note: str) -> Words:
    """The line of the one-time notice for one material: what the window wrote of it, else what to bring as the item's definition has it."""
    said = Words(note, note) if note else to_bring(material)
    return Words(f"{material.name.zh}：{said.zh}", f"{material.name.en}: {said.en}")


def checked_form(fields: Iterable[FormField], values: Mapping[str, str], *, on: date) -> dict[str, str]:
    """The form's values, trimmed and checked, in the fields' order; `on` is the day past and future are told by.

    Unknown names are dropped; the first field that does not pass raises `InvalidInput` naming its label.
    """
    return {field.code: _checked(field, str(values.get(field.code, "")).strip(), on) for field in fields}


def _checked(field: FormField, value: str, on: date) -> str:
    def no(zh: str, en: str) -> InvalidInput:
        return InvalidInput(field=Words(field.label.zh, field.label.en), reason_zh=zh, reason_en=en)

    if not value:
        if field.required:
            raise no("请填写此项", "please fill this in")
        return ""
    if len(value) > field.max_length:
        raise no(f"最多 {field.max_length} 个字", f"at most {field.max_length} characters")
    if field.kind in ("text", "address") and (odd := misfit(value)):
        raise no(odd[1], odd[2])
    match field.kind:
        case "choice" if value not in {choice.code for choice in field.choices}:
            raise no("请从选项中选择", "please choose one of the options")
        case "number" if not _is_number(value):
            raise no("请填写数字", "please enter a number")
        case "date" if not _is_date(value):
            raise no("请按“年-月-日”填写日期，例如 2026-09-24", "please enter a date such as 2026-09-24")
        case "id-number" | "credit-code":
            kind = Kind.RESIDENT_ID if field.kind == "id-number" else Kind.CREDIT_CODE
            result = check(kind, value)
            if result.reason is not None:
                raise no(result.reason.zh, result.reason.en)
        case "phone" if not _is_phone(value):
            raise no("请填写 11 位手机号或带区号的电话", "please enter an 11-digit mobile number or a number with area code")
    if field.check is not None and not _keeps(field.check, value, on):
        raise no(field.check.message.zh, field.check.message.en)
    return value


def _keeps(check: FieldCheck, value: str, on: date) -> bool:
    """Whether a value of the right kind also keeps the field's own rule."""
    bound = check.value or ""
    match check.rule:
        case "minimum":
            return Decimal(value) >= Decimal(bound)
        case "maximum":
            return Decimal(value) <= Decimal(bound)
        case "pattern":
            return re.fullmatch(bound, value) is not None
        case "past":
            return date.fromisoformat(value) <= on
        case "future":
            return date.fromisoformat(value) >= on
    return False


def _is_number(value: str) -> bool:
    head, _, tail = value.partition(".")
    return head.isascii() and head.isdigit() and (not tail or (tail.isascii() and tail.isdigit())) and not value.endswith(".")


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_phone(value: str) -> bool:
    digits = value.replace("-", "").replace(" ", "")
    return digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 12


def deemed_accepted(*, noticed_on: date | None, notice_due_on: date, today: date) -> bool:
    """Whether the law has accepted the application by itself (art 32(1)(4)).

    When the last day of the one-time notice has passed without one, the application is accepted from
    the day of receipt: nothing more may be asked for, and the clocks run from that day.
    """
    return noticed_on is None and today > notice_due_on


@dataclass(frozen=True)
class Ground:
    """Why an application is not accepted. `words` say it, and `article` of the licensing law for a permit.

    `otherwise` are the words where another law governs.
    """

    code: str
    words: Words
    article: Words
    otherwise: Words


NOT_REQUIRED = Ground(
    "not-required", Words("申请事项依法不需要取得行政许可，不受理", "no licence is required by law"),
    Words("第三十二条第一款第（一）项", "art 32(1)(1)"), Words("申请事项依法不需要办理，不受理", "nothing of the kind is required by law"),
)  # fmt: skip
NOT_OURS = Ground(
    "not-ours", Words("申请事项依法不属于本机关职权范围，不予受理", "the matter is not within this agency's power"),
    Words("第三十二条第一款第（二）项", "art 32(1)(2)"),
    Words("申请事项依法不属于本机关职权范围，不予受理", "the matter is not within this agency's power"),
)  # fmt: skip
NOT_CORRECTED = Ground(
    "not-corrected",
    Words("经一次性告知，未按要求提交全部补正申请材料，不予受理", "after the one-time notice the corrections asked for were not all brought"),
    Words("第三十二条第一款第（四）项、第（五）项", "art 32(1)(4) and (5)"),
    Words("经一次性告知，未按要求提交全部补正申请材料，不予受理", "after the one-time notice the corrections asked for were not all brought"),
)  # fmt: skip
GROUNDS = {ground.code: ground for ground in (NOT_REQUIRED, NOT_OURS, NOT_CORRECTED)}


def grounds_for(*, state: str, noticed_on: date | None, supplement_due_on: date | None, today: date) -> list[Ground]:
    """The grounds on which a case may be turned away as it stands today.

    Missing corrections are a ground only after the one notice: at once when what was brought is still
    not everything, and from the day after the time given when nothing was brought.
    """
    late = supplement_due_on is not None and today > supplement_due_on
    match state:
        case "correcting":
            return [NOT_OURS, NOT_CORRECTED] if late else [NOT_OURS]
        case "received":
            return [NOT_REQUIRED, NOT_OURS] if noticed_on is None else [NOT_REQUIRED, NOT_OURS, NOT_CORRECTED]
    return []
