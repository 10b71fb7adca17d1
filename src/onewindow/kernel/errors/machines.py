"""The installation itself: clock, disk, database, printer."""

from __future__ import annotations

from onewindow.kernel.errors.refusal import Refusal


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


class CannotStart(Refusal):
    """The installation cannot start; `what` and `do` say why and how to mend it, in both languages."""

    code = "cannot-start"
    status = 503
    zh = "无法启动：{what_zh}。{do_zh}。"
    en = "Cannot start: {what_en}. {do_en}."
