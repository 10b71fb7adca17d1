"""Windows, tickets and the paper kept when the machines stand still."""

from __future__ import annotations

from onewindow.kernel.errors.refusal import Refusal


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
