"""The lives of a published permit and of a request that something of it is not published (行政许可法 arts 5 and 40)."""

from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.stages.publication.policies import ASK, DECIDE, MARK, PUBLISH

PERMIT = Machine(
    "published-permit",
    Words("许可公示", "Published permit"),
    [State("published", Words("有效", "in force"), "done"), State("ended", Words("已失效", "ended"), "stop")],
    [
        Move("publish", frozenset({NEW}), "published", PUBLISH, "publication.permit_published", Words("公示", "publish")),
        Move("mask", frozenset({"published"}), "published", PUBLISH, "publication.permit_masked", Words("调整公开范围", "change what is shown")),
        Move("mark", frozenset({"published"}), "ended", MARK, "publication.permit_ended", Words("标注失效", "mark as ended")),
    ],
)
REQUEST = Machine(
    "secrecy-request",
    Words("不公开申请", "Request for secrecy"),
    [
        State("asked", Words("待决定", "to be decided"), "soon"),
        State("allowed", Words("同意不公开", "not published"), "done"),
        State("declined", Words("应予公开", "published all the same"), "stop"),
    ],
    [
        Move("ask", frozenset({NEW}), "asked", ASK, "publication.secrecy_asked", Words("申请不公开", "ask for secrecy")),
        Move("allow", frozenset({"asked"}), "allowed", DECIDE, "publication.secrecy_allowed", Words("同意不公开", "allow")),
        Move("decline", frozenset({"asked"}), "declined", DECIDE, "publication.secrecy_declined", Words("不同意", "decline")),
    ],
)
