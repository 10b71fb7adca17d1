"""The words of messages, in both languages, with as little personal data as a message can carry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from onewindow.kernel.words import Words
from onewindow.spine.cases.papers import chinese_date, english_date

SIGNATURE = Words("【一窗】", "[OneWindow] ")

TEMPLATES: dict[str, Words] = {
    "ticket-taken": Words(
        "您的号码是 {number}，前面还有 {ahead} 位。叫到您时会再发短信。",
        "Your number is {number}; {ahead} before you. We will text you when it is called.",
    ),
    "ticket-called": Words("请 {number} 号到 {window}。", "Number {number}, please come to {window_en}."),
    "ticket-missed": Words(
        "{number} 号已过号。请到咨询台或任一窗口说明，即可恢复排队。",
        "Number {number} was called and missed. Tell any window and it will be put back in the queue.",
    ),
    "case-received": Words(
        "“{item}”已收件。进度查询码 {query}，凭码可随时查询。",
        "“{item_en}” has been received. Query code {query}: use it to follow progress at any time.",
    ),
    "case-accepted": Words(
        "“{item}”已受理，承诺不晚于{promised}办结。",
        "“{item_en}” has been accepted; a decision is promised by {promised}.",
    ),
    "correction": Words(
        "“{item}”有 {count} 项材料需要补正，详见一次性告知书。查询码 {query}。",
        "“{item_en}” needs {count} correction(s); see the one-time notice. Query code {query}.",
    ),
    "case-exempted": Words(
        "“{item}”依法不需要办许可，不受理，理由见书面告知。", "No licence is required by law for “{item_en}”; see the written notice for the reason."
    ),
    "case-refused": Words("“{item}”未能受理，理由和救济途径见书面决定。", "“{item_en}” was not accepted; see the written decision for reasons and remedies."),
    "case-supplemented": Words("“{item}”的补正材料已收到，正在核对。", "The corrections for “{item_en}” have been received and are being checked."),
    "case-granted": Words("“{item}”已准予许可，正在制证。", "“{item_en}” has been granted; the licence is being made."),
    "case-denied": Words("“{item}”已作出不予许可决定，理由和救济途径见书面决定。", "“{item_en}” has been denied; see the written decision for reasons and remedies."),
    "case-exempted-otherwise": Words(
        "“{item}”依法不需要办理，不受理，理由见书面告知。", "Nothing of the kind is required by law for “{item_en}”; see the written notice for the reason."
    ),
    # Of messages written before each kind of act had words of its own.
    "case-granted-otherwise": Words("“{item}”已准予办理，正在制证。", "“{item_en}” has been approved; the document is being made."),
    "case-denied-otherwise": Words(
        "“{item}”已作出不予办理决定，理由和救济途径见书面决定。", "“{item_en}” has not been approved; see the written decision for reasons and remedies."
    ),
    "case-granted-act": Words("“{item}”{outcome}，正在制作文书。", "“{item_en}”: {outcome_en}; the document is being made."),
    "case-denied-act": Words(
        "“{item}”{outcome}，理由和救济途径见书面决定。", "“{item_en}”: {outcome_en}; see the written decision for reasons and remedies."
    ),
    "acceptance-voided": Words(
        "“{item}”的受理有误，已撤回，受理通知书作废，理由见书面告知。材料不必重新提交。查询码 {query}。",
        "The acceptance of “{item_en}” was an error and is void; see the written notice for the reason. Nothing need be handed in again. Query code {query}.",
    ),
    "case-suspended": Words(
        "“{item}”需要进行{procedure}，预计到{until}，这段时间依法不计入办理期限，详见书面告知。承诺不晚于{promised}办结。查询码 {query}。",
        "“{item_en}” needs {procedure_en}, expected until {until}; by law this time is not counted (see the written notice). "
        "A decision is promised by {promised}. Query code {query}.",
    ),
    "case-resumed": Words(
        "“{item}”的{procedure}已结束，承诺不晚于{promised}办结。查询码 {query}。",
        "For “{item_en}” the {procedure_en} has ended; a decision is promised by {promised}. Query code {query}.",
    ),
    "fee-due": Words(
        "“{item}”应缴费 {sum} 元，{by}前缴清，领取结果前缴即可。凭查询码 {query} 看缴款码。",
        "{sum} yuan is charged for “{item_en}”, to be paid by {by} and before the result is collected. Query code {query} shows the payment code.",
    ),
    "fee-paid": Words("“{item}”已缴费 {sum} 元，电子票据在进度页。", "{sum} yuan for “{item_en}” has been received; the receipt is on the progress page."),
    "fee-refunded": Words("“{item}”已退付 {sum} 元，原路退回。", "{sum} yuan for “{item_en}” has been refunded the way it came."),
    "result-available": Words(
        "“{item}”的结果可以领取了，请带身份证到出件窗口。",
        "The result of “{item_en}” is ready; bring your identity card to the delivery window.",
    ),
    "result-collected": Words("“{item}”的结果已领取。感谢您的信任。", "The result of “{item_en}” has been collected. Thank you."),
}


# Values that are days, kept in the one form that sorts and compares.
DAYS = ("promised", "until", "by")


def render(template: str, values: Mapping[str, str], language: str) -> str:
    """The message as the phone shows it; days, which `values` keep in ISO form, as its reader writes them."""
    told = {**values, **{name: _day(values[name], language) for name in DAYS if values.get(name)}}
    words = Words(SIGNATURE.zh + TEMPLATES[template].zh, SIGNATURE.en + TEMPLATES[template].en)
    return words.read(language).format_map(told)


def _day(text: str, language: str) -> str:
    """2026年10月29日, or 29 October 2026."""
    day = date.fromisoformat(text)
    return Words(chinese_date(day), english_date(day)).read(language)
