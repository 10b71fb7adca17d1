"""What each part of the installation is, what it means when it fails, and what to do: the words of the page of health."""

from onewindow.kernel.words import Words

NOTHING = Words("不用处理。", "Nothing to do.")
RESTART = Words(
    "看启动窗口里该进程的最后几行输出；一窗会自动重启它，不行就停止后重新运行 onewindow up。",
    "Read its last lines where onewindow up runs; it is restarted by itself, else stop and run onewindow up again.",
)
WORKS = Words("按时报告，工作正常。", "Reports in time and works.")
NO_GATEWAY = Words(
    "没有选短信网关，消息只排队不发送；请按运维手册设置 ONEWINDOW_GATEWAY。",
    "No gateway is chosen and messages only queue; set ONEWINDOW_GATEWAY as in the operations guide.",
)

# What people miss when a process is gone.
WHEN_GONE = {
    "web": Words("没有网页进程在报告；能打开本页，说明至少还有一个在工作。", "No web process reports; that this page opens shows that one works."),
    "streams": Words("页面不会自动更新，要手动刷新；办件不受影响。", "Pages no longer renew themselves and must be reloaded; cases go on."),
    "relay": Words(
        "叫号屏不更新，短信不发，台账不封存；办件照常登记，恢复后自动补上。",
        "Boards stand still, no messages, no seals; cases are recorded and caught up with later.",
    ),
    "worker": Words("短信不发、结果证件不生成；恢复后自动补上。", "No messages are sent and no results made; both are caught up with later."),
    "visitors": Words("演示来客不再出现；真实业务不受影响。", "No simulated people come; nothing real depends on them."),
}

NAMES = {
    "relay": Words("传递延迟", "Relay lag"), "seal": Words("台账封存", "Sealing"), "jobs": Words("后台任务队列", "Jobs"),
    "messages": Words("短信", "Text messages"), "database": Words("数据库", "Database"), "transactions": Words("最久的事务", "Oldest transaction"),
    "disk": Words("磁盘", "Disk"), "tables": Words("表结构与程序版本", "Tables and program"), "calendar": Words("工作日历", "Working calendar"),
    "keys": Words("密钥与证书", "Keys and certificates"),
}  # fmt: skip

MEANS = {
    "relay": Words("发生的事多久传到叫号屏和短信。", "How long until what happened reaches boards and messages."),
    "seal": Words("新发生的事每秒封存一次，防止事后改动。", "What happens is sealed each second, so that nothing is altered later."),
    "jobs": Words("办件以后自动做的事：发短信、生成结果、重算期限。", "What is done after a case moves: messages, results, deadlines."),
    "messages": Words("发给群众的取号和进度短信。", "Messages to people about tickets and cases."),
    "database": Words("所有内容都在这里；连接用完时页面打不开。", "Everything is here; without free connections no page opens."),
    "transactions": Words("传递和封存只处理已结束的事务。", "Relay and sealer follow finished transactions only."),
    "disk": Words("密钥、设备文件所在的磁盘（内置数据库也在这里）。", "Where keys and device files lie (and the embedded database)."),
    "tables": Words("程序升级后表结构要跟上。", "After an upgrade the tables follow."),
    "calendar": Words("期限跨到没有通知的年份时标为暂定。", "Deadlines that reach beyond are marked provisional."),
    "keys": Words("个人信息和封存签名用的密钥，网关和打印机用的证书。", "Keys of personal data and seals, certificates of gateway and printer."),
}

REMEDY = {
    "relay": RESTART,
    "seal": Words(
        "运行 onewindow audit verify 核对台账；看锚点文件所在磁盘是否可写。",
        "Run onewindow audit verify; see that the anchor file's disk can be written.",
    ),
    "jobs": Words(
        "失败的在下面列出，先看日志里的原因，改好后按“重试”。多次重试的会自己接着试。",
        "Failed ones are listed below: find the cause in the log, mend it, press Retry. Others go on trying.",
    ),
    "messages": Words("运行 onewindow gateway 查看网关；号码有误的请窗口核对手机号。", "See the gateway with onewindow gateway; for wrong numbers ask the windows."),
    "database": Words("找出占用连接的程序；必要时调高数据库的 max_connections。", "Find what holds the connections; raise max_connections if need be."),
    "transactions": Words(
        "有程序长时间占着事务，传递和封存会等它；请找到并结束它（备份、手工查询）。",
        "Something holds a transaction, for which relay and sealer wait; find and end it (a backup, a query by hand).",
    ),
    "disk": Words("清理或扩容；磁盘满了以后任何登记都保存不了。", "Free or add space; once it is full nothing can be recorded."),
    "tables": Words(
        "停下来，用新版本运行一次 onewindow up，它会先迁移再启动。", "Stop, and run onewindow up of the new version: it migrates before it starts."
    ),
    "calendar": Words(
        "国务院通知一般在 11 月发布；请到“工作日历”公布。", "The State Council's notice usually comes out in November; publish it under Working calendar."
    ),
    "keys": Words(
        "按运维手册更换密钥或证书；旧密钥要留着，旧数据才读得出来。", "Renew key or certificate as in the operations guide; keep old keys, old data needs them."
    ),
}
