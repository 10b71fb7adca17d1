"""The closed family of refusals: everything the system may say no with, in both languages.

A `Refusal` is an expected answer, not a defect: it reaches the reader as a sentence that says what
happened, what is safe and what to do next. No other module subclasses `Refusal`; a new refusal is a
new class here, so that one test can read them all and a screen can show every one of them.
"""

from __future__ import annotations

from typing import ClassVar

from onewindow.kernel.words import Words


class Refusal(Exception):
    """An expected no.

    `code` is stable and machine-readable; `zh` and `en` are format templates over the keyword
    details given to the constructor (a detail may be `Words`, read in the reader's language); `status`
    is the HTTP status a desk or the API answers with.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    zh: ClassVar[str] = "未能办理。您已填写的内容没有丢失，请核对后重试。"
    en: ClassVar[str] = "This could not be done. Nothing you entered was lost; please check and try again."

    def __init__(self, **details: object) -> None:
        words = {name: value for name, value in details.items() if isinstance(value, Words)}
        self.details = details | {name: value.zh for name, value in words.items()}
        self._english = {name: value.en for name, value in words.items()}
        super().__init__(self.message("en"))

    def message(self, language: str = "zh-hans") -> str:
        """The sentence for the reader; any language that is not English reads Chinese."""
        if language.lower().startswith("en"):
            return self.en.format_map(_Details(self.details | self._english))
        return self.zh.format_map(_Details(self.details))


class _Details(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return f"«{key}»"


class WrongState(Refusal):
    """A verb was tried on a subject whose state does not allow it."""

    code = "wrong-state"
    status = 409
    zh = "这件事刚刚已有变化（现为“{state}”），不能再{verb}。您没有造成任何影响，请刷新页面查看最新情况。"
    en = "This has just changed (it is now “{state}”), so “{verb}” is no longer possible. Nothing was altered; please refresh to see where it stands."


class NotPermitted(Refusal):
    """The actor lacks the permission the verb asks for."""

    code = "not-permitted"
    status = 403
    zh = "您的岗位没有“{permission}”权限，未作任何改动。如工作需要，请联系大厅经理或信息管理员开通。"
    en = "Your post does not carry the permission “{permission}”; nothing was changed. If your work needs it, ask the hall manager or the IT office."


class NotAuthorised(Refusal):
    """No valid authorisation record lets this clerk act for this department (whose act it is)."""

    code = "not-authorised"
    status = 403
    zh = "{department}对“{item}”的{scope}授权不存在或已过期，暂不能办理。材料未受影响，请联系大厅经理补办授权后继续。"
    en = "{department} has given no valid authorisation to {scope} “{item}”. The materials are safe; ask the hall manager to have the authorisation renewed, then go on."


class SamePerson(Refusal):
    """The acceptor of a case may not decide it (收件审批分离)."""

    code = "same-person"
    status = 403
    zh = "该件由您受理，按“收件审批分离”不能再由您审批，未作任何改动。请转交本科室其他审批人员。"
    en = "You accepted this case, so you may not also decide it; nothing was changed. Please pass it to another approver of the section."


class NotFound(Refusal):
    """There is no such thing, or the reader may not know that there is."""

    code = "not-found"
    status = 404
    zh = "没有找到您要的内容。请核对编号或网址后重试；如仍找不到，请到咨询台或拨打中心电话。"
    en = "We could not find what you asked for. Please check the number or the address; if it still cannot be found, ask at the information desk."


class InvalidInput(Refusal):
    """A value does not pass its check; `field` names it and `reason` says why, in both languages."""

    code = "invalid-input"
    status = 422
    zh = "“{field}”有误：{reason_zh}。其他内容已保留，请改正这一项后重新提交。"
    en = "“{field}” is not right: {reason_en}. Everything else is kept; please correct this one and submit again."

    def message(self, language: str = "zh-hans") -> str:
        # A reason may be a whole sentence of an item's definition; the sentence around it has its own full stop.
        return super().message(language).replace("。。", "。").replace(".. ", ". ")


class ReasonMissing(Refusal):
    """The law wants a reason and none was given."""

    code = "reason-missing"
    status = 422
    zh = "作出“{verb}”必须写明理由，未作任何改动。请填写理由后重新提交。"
    en = "“{verb}” needs a stated reason; nothing was changed. Please give the reason and submit again."


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


class NothingWaiting(Refusal):
    """“Next” was pressed and nobody is waiting."""

    code = "nothing-waiting"
    status = 409
    zh = "现在没有等候的号码。有人取号后，本页会自动提示。"
    en = "Nobody is waiting at the moment. This page will tell you when somebody takes a ticket."


class WindowBusy(Refusal):
    """The window still has somebody; the law of one sitting at a time."""

    code = "window-busy"
    status = 409
    zh = "{window}正在办理 {ticket} 号。请先结束本次办理，再叫下一位。"
    en = "{window} is serving {ticket}. Please finish this visit before calling the next."


class WindowOut(Refusal):
    """The window is out of service; `why` says for what reason."""

    code = "window-out"
    status = 409
    zh = "{window}暂停服务（{why}），不能登录。请换一个窗口；要恢复，请找信息管理员。"
    en = "{window} is out of service ({why}), so nobody can open it. Please choose another, or ask the IT office to put it back."


class WindowTaken(Refusal):
    """A window at which somebody sits is not taken out of service."""

    code = "window-taken"
    status = 409
    zh = "{window}有人在用，不能暂停，未作任何改动。请等坐在那里的人离开窗口后再试。"
    en = "Somebody sits at {window}, so it cannot be taken out of service; nothing was changed. Please try again when they have left."


class NotAtWindow(Refusal):
    """A clerk tried to call or serve without being logged on to a window."""

    code = "not-at-window"
    status = 409
    zh = "您还没有登录窗口。请先选择今天所在的窗口，再开始叫号。"
    en = "You are not logged on to a window. Please choose today's window first, then call."


class StateConflict(Refusal):
    """Somebody else's change came first and the two cannot both stand."""

    code = "conflict"
    status = 409
    zh = "另一位同事刚刚修改了同一内容，您的修改尚未保存。请刷新后核对，再保存一次。"
    en = "A colleague has just changed the same thing, so yours is not saved yet. Please refresh, compare, and save again."


class SessionExpired(Refusal):
    """The session ended; what was saved is safe."""

    code = "session-expired"
    status = 401
    zh = "登录已过期，请重新登录。已提交的内容都已保存；登录后会回到刚才的页面。"
    en = "Your session has ended; please sign in again. Everything submitted is saved, and you will return to the page you were on."


class IdentityUnverified(Refusal):
    """Who sits here is only what a ticket says; nobody has compared their document yet."""

    code = "identity-unverified"
    status = 409
    zh = "还没有核对来人的证件，暂不能收件，未作任何改动。请看着证件原件输入号码后四位，再收件。"
    en = (
        "Nobody has checked this person's document yet, so nothing can be taken in; nothing was changed. "
        "Please look at the original, type the last four characters of its number, then go on."
    )


class TooManyAttempts(Refusal):
    """Wrong passwords or codes too often; `minutes` says how long to wait."""

    code = "too-many-attempts"
    status = 429
    zh = "输错次数太多，为保护信息已暂停尝试，没有作任何改动。请 {minutes} 分钟后再试；等不及时，请到窗口或找信息管理员。"
    en = (
        "There were too many wrong entries, so trying is paused to protect people's information; nothing was changed. "
        "Please try again in {minutes} min, or ask at a window or the IT office."
    )


class ClockWrong(Refusal):
    """The machine's clock cannot be right: it is behind what the ledger has already recorded."""

    code = "clock-wrong"
    status = 503
    zh = "本机时钟（{now}）与系统已有记录（{last}）不符，为保证期限准确，暂停登记。请信息管理员校准时钟后重试；已有数据未受影响。"
    en = (
        "This machine's clock ({now}) does not agree with what is already recorded ({last}). To keep every deadline "
        "right, nothing new is recorded. Ask the IT office to set the clock, then try again; existing data is safe."
    )


class AnchorUnreadable(Refusal):
    """A line of the anchor file is none that the sealer wrote: nothing may be written after it."""

    code = "anchor-unreadable"
    status = 503
    zh = (
        "库外锚点文件 {file} 第 {line} 行已损坏，新的封存暂不写入该文件；业务照常，库内封存照常。"
        "请信息管理员先复制该文件留存，运行 onewindow audit verify 核对，再删去这一行；缺少的内容会自动补写。"
    )
    en = (
        "Line {line} of the anchor file {file} is damaged, so new seals are not written to it; work goes on and every seal "
        "is kept in the database. Please keep a copy of the file, run onewindow audit verify, then remove that line; "
        "what is missing is written again by itself."
    )


class ItemNotOffered(Refusal):
    """The version of the item was superseded or withdrawn: nothing new is received under it."""

    code = "item-not-offered"
    status = 409
    zh = "“{item}”的这一版本刚刚停用，不能再据此收件，未作任何改动。请回到事项列表，按现行版本办理；此前已收的件继续办理。"
    en = (
        "This version of “{item}” is no longer in force, so nothing can be received under it; nothing was changed. "
        "Please go back to the list of items and use the current one; cases already received go on."
    )


class FieldTaken(Refusal):
    """Two editors changed the same field of a draft at once: the later one chooses. `theirs` is in the draft, `yours` on the page."""

    code = "field-taken"
    status = 409
    zh = "“{field}”刚被{who}在 {at} 改为“{theirs}”，您写的“{yours}”还没有存，也没有丢。两份都在这一项下面，请选用一份。"
    en = "{who} changed “{field}” at {at} to “{theirs}”; your “{yours}” is not saved yet and not lost. Both stand below the field: please choose one."


class OwnDraft(Refusal):
    """Who wrote in a draft neither reviews nor approves it (编审分离)."""

    code = "own-draft"
    status = 403
    zh = "这份草稿您自己改过，不能由您{verb}，未作任何改动。请由没有参与编写的同事办理。"
    en = "You wrote in this draft yourself, so you may not {verb} it; nothing was changed. Please leave it to a colleague who did not."


class DraftUnsound(Refusal):
    """A draft with faults is neither submitted nor approved; `count` says how many, `first` what the first is."""

    code = "draft-unsound"
    status = 422
    zh = "还有 {count} 处要改，没有{verb}。第一处：{first} 每一处都写在对应的栏目旁边，请改好后再办。"
    en = "{count} thing(s) still need mending, so this was not done ({verb}). The first: {first} Each stands beside its field; please mend them and try again."


class DraftOutdated(Refusal):
    """The version a draft began from is no longer in force: it has to be brought up to the new one first."""

    code = "draft-outdated"
    status = 409
    zh = "起草以后事项已有新的版本（第 {version} 版），没有批准，以免盖掉别人的修改。请退回编写，由编写人并入新版本后再提交。"
    en = "Version {version} of the item was published since; to overwrite nobody's work nothing was approved. Please send the draft back to be brought up to date."


class StorageFull(Refusal):
    """The database cannot write: the disk is full."""

    code = "storage-full"
    status = 507
    zh = "服务器存储空间不足，刚才的操作没有保存，此前的内容都安全。请通知信息管理员清理空间后重试。"
    en = "The server's disk is full, so this last step was not saved; everything before it is safe. Please tell the IT office, and try again once space is freed."


class DatabaseAway(Refusal):
    """The database does not answer just now."""

    code = "database-away"
    status = 503
    zh = "系统正在恢复连接，刚才的操作没有保存，此前的内容都安全。请等几秒后重试。"
    en = "The system is reconnecting; this last step was not saved and everything before it is safe. Please wait a few seconds and try again."


class PrinterAway(Refusal):
    """The printer did not take a paper; `why` says what is known of it. The paper itself was issued before and stays."""

    code = "printer-away"
    status = 409
    zh = "没有打印出来：{why}。文书没有丢，一直存在这里。请检查打印机后再按一次“打印”；等不及时，可以先“下载 PDF”，到别的打印机上打。"
    en = (
        "This was not printed: {why}. The paper is not lost; it stays here. Please check the printer and press “Print” again, "
        "or download the PDF and print it on another one."
    )


class UploadTooLarge(Refusal):
    """More was sent at once than is taken; it was cut off before it was read. `limit` is in megabytes."""

    code = "upload-too-large"
    status = 413
    zh = "一次上传的内容太大（一次最多 {limit} MB），没有接收，此前的内容都安全。请分几次上传，或者把文件缩小后再传。"
    en = "Too much was sent at once (at most {limit} MB), so it was not taken in; everything before it is safe. Please send it in parts, or make the files smaller."


class FileUnfit(Refusal):
    """A file handed in as a material is not one that can be taken; `why` says so of the file called `name`."""

    code = "file-unfit"
    status = 422
    zh = "没有收下“{name}”：{why}。其他材料都已保留。请换一份文件，或者直接拍摄。"
    en = "“{name}” was not taken in: {why}. Everything else is kept. Please choose another file, or photograph the paper here."


class SerialUnknown(Refusal):
    """No reserve booklet holds this number."""

    code = "serial-unknown"
    status = 422
    zh = "没有印发过编号为“{number}”的{what}，没有登记任何内容。请对照纸上的编号再输一次；确实没有的，请找大厅经理核对印制记录。"
    en = "No {what} numbered “{number}” was ever printed; nothing was entered. Please compare it with the paper; if it is right, ask the hall manager for the booklets."


class SerialUsed(Refusal):
    """A number of a reserve booklet is good once; `used` says what has it."""

    code = "serial-used"
    status = 409
    zh = "“{number}”已经用过：{used}。没有重复登记。请核对纸上的编号；两张纸编号相同的，请找大厅经理。"
    en = "“{number}” is used already: {used}. Nothing was entered twice. Please check the number on the paper; should two papers bear it, ask the hall manager."


class OutsideHours(Refusal):
    """A time on paper at which the centre is closed: it has to be confirmed."""

    code = "outside-hours"
    status = 422
    zh = "{at} 不在办公时间（工作日 {hours}）内，还没有登记。请再看一遍纸上写的时间；确实是这个时间的，请勾选“时间无误”后再提交。"
    en = (
        "{at} is outside office hours ({hours} on working days); nothing is entered yet. "
        "Please look at the paper again; if the time is right, tick “The time is right” and submit."
    )


class OutageStanding(Refusal):
    """An outage is declared already and has not ended."""

    code = "outage-standing"
    status = 409
    zh = "已经登记了停机（从 {since} 起），还没有结束，没有重复登记。请先结束这一次，再登记新的。"
    en = "An outage since {since} is declared and not ended; nothing was declared twice. Please end it first, then declare the next."


class OwnBackEntry(Refusal):
    """Who entered a hand-written receipt may not confirm it too."""

    code = "own-back-entry"
    status = 403
    zh = "这张手写凭证是您补录的，不能由您自己核对，未作任何改动。请由另一位经理对照纸质凭证核对。"
    en = "You entered this receipt yourself, so you may not confirm it; nothing was changed. Please ask another manager to compare it with the paper."


class AlreadyEvaluated(Refusal):
    """One sitting, one evaluation; one case, one evaluation."""

    code = "already-evaluated"
    status = 409
    zh = "这次服务已经评价过，没有重复登记。谢谢您；还想反映别的，请到咨询台，或者告诉大厅经理。"
    en = "This service was evaluated already; nothing was entered twice. Thank you; if there is more to say, please tell the information desk or the hall manager."


class CannotMerge(Refusal):
    """Two records cannot become one, or one that was merged cannot be split off; `why` says it, in both languages."""

    code = "cannot-merge"
    status = 409
    zh = "没有合并或分开：{why_zh}。两份记录都没有变化，请核对后再办。"
    en = "Nothing was merged or split: {why_en}. Both records are as they were; please check and try again."


class OwnAccount(Refusal):
    """Nobody suspends, promotes or resets themself: accounts are another's business."""

    code = "own-account"
    status = 403
    zh = "这是您自己的账号，不能由您自己{verb}，未作任何改动。请由另一位信息管理员办理。"
    en = "This is your own account, so you may not {verb} it; nothing was changed. Please ask another administrator."


class LastAdministrator(Refusal):
    """Without this account nobody could manage accounts any more."""

    code = "last-administrator"
    status = 409
    zh = "这是最后一位在岗的信息管理员，停用或调离后就没有人能管理账号了，未作任何改动。请先任用另一位信息管理员。"
    en = "This is the last active administrator; without it nobody could manage accounts. Nothing was changed. Please appoint another administrator first."


class AtWork(Refusal):
    """An account is not suspended under the hands of a clerk who has a visitor."""

    code = "at-work"
    status = 409
    zh = "{person}正在{window}接待 {ticket} 号，现在停用会打断这次办理，未作任何改动。请等这位群众办完，或请大厅经理先换人接手，再停用。"
    en = (
        "{person} is serving {ticket} at {window}; suspending now would cut the visit short, so nothing was changed. "
        "Please wait until it ends, or ask the hall manager to have somebody take over."
    )


class CannotStart(Refusal):
    """The installation cannot start; `what` and `do` say why and how to mend it, in both languages."""

    code = "cannot-start"
    status = 503
    zh = "无法启动：{what_zh}。{do_zh}。"
    en = "Cannot start: {what_en}. {do_en}."


def family() -> list[type[Refusal]]:
    """Every refusal there is, for the screens and the test that reads them all."""
    return [Refusal, *Refusal.__subclasses__()]
