"""The lives of an entry of the register, of one version of an item or of a bundle, and of an import."""

from onewindow.foundation.catalogue.policies import IMPORT, KEEP_REGISTER, PUBLISH, WITHDRAW
from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words

VERSION = Machine(
    "item-version",
    Words("事项版本", "Item version"),
    [
        State("published", Words("已发布", "published"), "go"),
        State("superseded", Words("已被替代", "superseded")),
        State("withdrawn", Words("已撤下", "withdrawn"), "stop"),
    ],
    [
        Move("publish", frozenset({NEW}), "published", PUBLISH, "catalogue.version_published", Words("发布", "publish")),
        Move("supersede", frozenset({"published"}), "superseded", PUBLISH, "catalogue.version_superseded", Words("替代", "supersede")),
        Move("withdraw", frozenset({"published"}), "withdrawn", WITHDRAW, "catalogue.version_withdrawn", Words("撤下", "withdraw")),
    ],
)

BUNDLE = Machine(
    "bundle-version",
    Words("一件事版本", "Bundle version"),
    [
        State("published", Words("已发布", "published"), "go"),
        State("superseded", Words("已被替代", "superseded")),
        State("withdrawn", Words("已撤下", "withdrawn"), "stop"),
    ],
    [
        Move("publish", frozenset({NEW}), "published", PUBLISH, "catalogue.bundle_published", Words("发布", "publish")),
        Move("supersede", frozenset({"published"}), "superseded", PUBLISH, "catalogue.bundle_superseded", Words("替代", "supersede")),
        Move("withdraw", frozenset({"published"}), "withdrawn", WITHDRAW, "catalogue.bundle_withdrawn", Words("撤下", "withdraw")),
    ],
)

ENTRY = Machine(
    "register-entry",
    Words("目录事项", "Register entry"),
    [State("listed", Words("在目录", "listed"), "go"), State("struck", Words("已取消", "struck"), "stop")],
    [
        Move("list", frozenset({NEW}), "listed", KEEP_REGISTER, "catalogue.entry_listed", Words("列入目录", "list")),
        Move("amend", frozenset({"listed"}), "listed", KEEP_REGISTER, "catalogue.entry_amended", Words("变更", "amend")),
        Move("move-in", frozenset({"listed"}), "listed", KEEP_REGISTER, "catalogue.entry_moved_in", Words("进驻中心", "move into the centre")),
        Move("move-out", frozenset({"listed"}), "listed", KEEP_REGISTER, "catalogue.entry_moved_out", Words("退出中心", "move out of the centre")),
        Move("strike", frozenset({"listed"}), "struck", KEEP_REGISTER, "catalogue.entry_struck", Words("取消", "strike")),
        Move("restore", frozenset({"struck"}), "listed", KEEP_REGISTER, "catalogue.entry_restored", Words("恢复", "restore")),
    ],
)

IMPORTING = Machine(
    "catalogue-import",
    Words("事项导入", "Catalogue import"),
    [
        State("checking", Words("正在预演", "being tried"), "soon"),
        State("reported", Words("等待确认", "to be confirmed"), "go"),
        State("confirmed", Words("正在写入", "being written"), "soon"),
        State("done", Words("已导入", "imported"), "done"),
        State("discarded", Words("已放弃", "discarded")),
    ],
    [
        Move("bring", frozenset({NEW}), "checking", IMPORT, "catalogue.import_brought", Words("上传", "upload")),
        Move("report", frozenset({"checking"}), "reported", IMPORT, "catalogue.import_reported", Words("出报告", "report")),
        Move("confirm", frozenset({"reported"}), "confirmed", IMPORT, "catalogue.import_confirmed", Words("确认导入", "confirm")),
        Move("report-anew", frozenset({"confirmed"}), "reported", IMPORT, "catalogue.import_reported_anew", Words("重新出报告", "report anew")),
        Move("finish", frozenset({"confirmed"}), "done", IMPORT, "catalogue.import_finished", Words("写入", "write")),
        Move("discard", frozenset({"checking", "reported"}), "discarded", IMPORT, "catalogue.import_discarded", Words("放弃", "discard")),
    ],
)
