"""What the law's procedure does not allow, or not yet."""

from __future__ import annotations

from onewindow.kernel.errors.refusal import Refusal


class WrongState(Refusal):
    """A verb was tried on a subject whose state does not allow it."""

    code = "wrong-state"
    status = 409
    zh = "这件事刚刚已有变化（现为“{state}”），不能再{verb}。您没有造成任何影响，请刷新页面查看最新情况。"
    en = "This has just changed (it is now “{state}”), so “{verb}” is no longer possible. Nothing was altered; please refresh to see where it stands."


class MaterialsIncomplete(Refusal):
    """Necessary materials are missing or not in order, so the case cannot be accepted."""

    code = "materials-incomplete"
    status = 409
    zh = "还有 {count} 份必要材料未核对通过：{names}。请补齐后受理，或{otherwise}。"
    en = "{count} necessary material(s) are not yet in order: {names}. Complete them and accept, or {otherwise}."


class NoticeAlreadyGiven(Refusal):
    """The one-time correction notice was given before (licensing law art 32(4): once, completely)."""

    code = "notice-already-given"
    status = 409
    zh = "该件已于 {on} 一次性告知补正，依法不得再次要求补正。请就现有材料作出受理或不予受理决定。"
    en = "The one-time correction notice was given on {on}; the law allows only one. Please decide on the materials as they are."


class NoticeTooLate(Refusal):
    """The days for the one-time notice are over; the law has accepted the application (licensing law art 32(1)(4))."""

    code = "notice-too-late"
    status = 409
    zh = "一次性告知的期限已于 {due} 届满，依法自收到申请材料之日（{received}）起即为受理，不能再要求补正。请点“受理”，期限从收件日起算。"
    en = (
        "The days for the one-time notice ended on {due}; by law the application has been accepted since it was received on {received}, "
        "so corrections can no longer be asked for. Please accept it; its limits run from the day of receipt."
    )


class StillTime(Refusal):
    """The days the notice gave for corrections are not over (the applicant may still come)."""

    code = "still-time"
    status = 409
    zh = "补正期限到 {due}（含当日），还没有到，不能以未补正为由不予受理，未作任何改动。请等申请人补交，或在期限届满后办理。"
    en = "The applicant has until {due} (that day included) to bring the corrections, so lack of them is no ground yet; nothing was changed. Please wait until then."


class NotExcluded(Refusal):
    """Time may be left out of the limit for permits only (licensing law art 45); this item has a law of its own."""

    code = "not-excluded"
    status = 409
    zh = "“{item}”不是行政许可，适用《{law}》，不能按行政许可法第四十五条扣除时间，未作任何改动。请在原期限内办理。"
    en = (
        "“{item}” is no permit: {law} governs it, so no time can be left out under art 45 of the Administrative Licensing Law; "
        "nothing was changed. Please decide within the limit as it stands."
    )


class ProcedureRunning(Refusal):
    """A special procedure (hearing, test, expert review) has not ended: what it finds must be in before the decision, or before another of its kind."""

    code = "procedure-running"
    status = 409
    zh = "“{procedure}”还没有结束，不能{verb}，未作任何改动。请等结果出来，先登记结束，再办这一步。"
    en = "The {procedure} has not ended, so “{verb}” is not possible yet; nothing was changed. Please wait for its result, record its end, then go on."


class AcceptanceStands(Refusal):
    """A wrong acceptance can no longer be voided; `why` says what stands against it."""

    code = "acceptance-stands"
    status = 409
    zh = "不能撤回受理：{why}。未作任何改动，请按已受理继续办理。"
    en = "The acceptance cannot be voided: {why}. Nothing was changed; please go on with the case as accepted."


class StateConflict(Refusal):
    """Somebody else's change came first and the two cannot both stand."""

    code = "conflict"
    status = 409
    zh = "另一位同事刚刚修改了同一内容，您的修改尚未保存。请刷新后核对，再保存一次。"
    en = "A colleague has just changed the same thing, so yours is not saved yet. Please refresh, compare, and save again."


class ItemNotOffered(Refusal):
    """The version of the item was superseded or withdrawn: nothing new is received under it."""

    code = "item-not-offered"
    status = 409
    zh = "“{item}”的这一版本刚刚停用，不能再据此收件，未作任何改动。请回到事项列表，按现行版本办理；此前已收的件继续办理。"
    en = (
        "This version of “{item}” is no longer in force, so nothing can be received under it; nothing was changed. "
        "Please go back to the list of items and use the current one; cases already received go on."
    )
