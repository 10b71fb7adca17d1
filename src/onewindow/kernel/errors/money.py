"""What is charged, paid and given back."""

from __future__ import annotations

from onewindow.kernel.errors.refusal import Refusal


class FeeUnlawful(Refusal):
    """A fee that the item's definition does not name is charged to nobody (licensing law art 58); `law` names the article."""

    code = "fee-unlawful"
    status = 422
    zh = "“{fee}”不在本事项公布的收费项目里，依照{law}不得收取，没有开具。请只按事项公布的项目和标准收费。"
    en = "“{fee}” is none of this item's published charges, so under {law} it may not be charged; nothing was issued. Please charge only what the item publishes."


class FeesUnpaid(Refusal):
    """What the law charges for a case has not been paid, and this step comes after it."""

    code = "fees-unpaid"
    status = 409
    zh = "“{item}”还有费用没有缴清，暂不能{verb}，未作任何改动。请凭缴款码缴款；到账后本页会更新。依法可以减免的，请大厅经理办理。"
    en = "A fee for “{item}” is not paid yet, so “{verb}” is not possible; nothing was changed. Please pay with its code; whoever the law exempts, ask the manager."


class OwnRefund(Refusal):
    """Who asked for a refund may not approve it too."""

    code = "own-refund"
    status = 403
    zh = "这笔退付是您提出的，不能由您自己审批，未作任何改动。请由另一位有权限的同事审批。"
    en = "You asked for this refund, so you may not approve it; nothing was changed. Please ask another colleague who may."
