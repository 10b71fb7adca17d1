"""The life of a ticket."""

from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.stages.queueing.policies import CALL, TAKE

TICKET = Machine(
    "ticket",
    Words("号票", "Ticket"),
    [
        State("waiting", Words("等候中", "waiting")),
        State("called", Words("请到窗口", "called"), "soon"),
        State("serving", Words("办理中", "being served"), "go"),
        State("served", Words("已办理", "served"), "done"),
        State("missed", Words("过号", "missed"), "stop"),
    ],
    [
        Move("take", frozenset({NEW}), "waiting", TAKE, "queueing.ticket_taken", Words("取号", "take a ticket")),
        Move("call", frozenset({"waiting"}), "called", CALL, "queueing.ticket_called", Words("叫号", "call")),
        Move("recall", frozenset({"called"}), "called", CALL, "queueing.ticket_recalled", Words("重呼", "call again")),
        Move("miss", frozenset({"called"}), "missed", CALL, "queueing.ticket_missed", Words("过号", "mark as missed")),
        Move("requeue", frozenset({"missed"}), "waiting", CALL, "queueing.ticket_requeued", Words("恢复排队", "put back")),
        Move("serve", frozenset({"called"}), "serving", CALL, "queueing.service_began", Words("开始办理", "begin")),
        Move("finish", frozenset({"serving"}), "served", CALL, "queueing.service_ended", Words("结束办理", "finish")),
    ],
)
WITH_WINDOW = frozenset({"called", "serving"})
