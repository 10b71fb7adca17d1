"""The life of a case, from receipt to the applicant's hand. Receipt (收件) is not acceptance (受理)."""

from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.spine.cases.policies import (
    ACCEPT,
    BRING,
    CHECK,
    CORRECT,
    DECIDE,
    HAND_OVER,
    RECEIVE,
    RECOMPUTE,
    REFUSE,
    REISSUE,
    SET_ASIDE,
    VOID,
)

CASE = Machine(
    "case",
    Words("办件", "Case"),
    [
        State("received", Words("已收件", "received")),
        State("correcting", Words("待补正", "awaiting correction"), "soon"),
        State("accepted", Words("已受理", "accepted"), "go"),
        State("exempted", Words("不受理", "no licence required"), "stop"),
        State("refused", Words("不予受理", "not accepted"), "stop"),
        State("granted", Words("准予许可", "granted"), "done"),
        State("denied", Words("不予许可", "denied"), "stop"),
        State("closed", Words("已办结", "closed"), "done"),
    ],
    [
        Move("receive", frozenset({NEW}), "received", RECEIVE, "acceptance.case_received", Words("收件", "receive")),
        Move(
            "check", frozenset({"received"}), "received", CHECK, "acceptance.materials_checked",
            Words("核对材料", "check materials"),
        ),
        Move(
            "correct", frozenset({"received"}), "correcting", CORRECT, "acceptance.correction_noticed",
            Words("一次性告知补正", "give the correction notice"),
        ),
        Move(
            "supplement", frozenset({"correcting"}), "received", RECEIVE, "acceptance.case_supplemented",
            Words("收补正材料", "take the corrections"),
        ),
        # What was filed together (一件事): the result of one case brings a material to another, whoever's turn it is.
        Move("arrive", frozenset({"received"}), "received", BRING, "acceptance.material_arrived", Words("转入同办结果", "bring in a result")),
        Move(
            "arrive-correcting", frozenset({"correcting"}), "correcting", BRING, "acceptance.material_arrived_meanwhile",
            Words("补正期间转入同办结果", "bring in a result while corrections are awaited"),
        ),
        Move("accept", frozenset({"received"}), "accepted", ACCEPT, "acceptance.case_accepted", Words("受理", "accept")),
        Move(
            "exempt", frozenset({"received"}), "exempted", REFUSE, "acceptance.case_exempted",
            Words("告知不受理", "tell that no licence is required"),
        ),
        Move(
            "refuse", frozenset({"received", "correcting"}), "refused", REFUSE, "acceptance.case_refused",
            Words("不予受理", "refuse acceptance"),
        ),
        Move(
            "void", frozenset({"accepted"}), "received", VOID, "acceptance.acceptance_voided",
            Words("撤回误受理", "void the acceptance"),
        ),
        # The clock changes and the state does not: the case is accepted all the while, and stays on the worklist.
        Move(
            "suspend", frozenset({"accepted"}), "accepted", SET_ASIDE, "approval.case_suspended",
            Words("开始特别程序", "begin a special procedure"),
        ),
        Move(
            "resume", frozenset({"accepted"}), "accepted", SET_ASIDE, "approval.case_resumed",
            Words("结束特别程序", "end a special procedure"),
        ),
        Move("grant", frozenset({"accepted"}), "granted", DECIDE, "approval.case_granted", Words("准予许可", "grant")),
        Move("deny", frozenset({"accepted"}), "denied", DECIDE, "approval.case_denied", Words("不予许可", "deny")),
        Move(
            "close", frozenset({"granted", "denied"}), "closed", HAND_OVER, "delivery.case_closed",
            Words("送达办结", "close on delivery"),
        ),
        # A holiday notice moved the days that a clock counts: one verb a state, since a move has one target.
        Move("recompute", frozenset({"accepted"}), "accepted", RECOMPUTE, "cases.deadline_recomputed", Words("重算办理期限", "recompute the deadline")),
        Move(
            "recompute-notice", frozenset({"received"}), "received", RECOMPUTE, "cases.notice_deadline_recomputed",
            Words("重算告知期限", "recompute the time for the notice"),
        ),
        Move(
            "recompute-supplement", frozenset({"correcting"}), "correcting", RECOMPUTE, "cases.supplement_deadline_recomputed",
            Words("重算补正期限", "recompute the time for corrections"),
        ),
    ],
)  # fmt: skip

# A document given out once more moves no case: whatever the case's state, the paper was issued in it. So it is a small
# subject of its own, born in its only state.
COPY = Machine(
    "reissue",
    Words("文书补发", "Reissue"),
    [State("reissued", Words("已补发", "reissued"), "done")],
    [Move("reissue", frozenset({NEW}), "reissued", REISSUE, "cases.document_reissued", Words("补发文书", "reissue a document"))],
)

# Several may run beside each other in one case, each with its own notice: a subject of its own, moved in one transaction with the case.
PROCEDURE = Machine(
    "special-procedure",
    Words("特别程序", "Special procedure"),
    [State("running", Words("进行中", "running"), "soon"), State("ended", Words("已结束", "ended"), "done")],
    [
        Move("begin", frozenset({NEW}), "running", SET_ASIDE, "approval.procedure_begun", Words("开始", "begin")),
        Move("end", frozenset({"running"}), "ended", SET_ASIDE, "approval.procedure_ended", Words("结束", "end")),
    ],
)

# Questions, not lists of names.
OPEN = frozenset({"received", "correcting", "accepted"})
COUNTS_AGAINST_PROMISE = frozenset({"accepted"})
DECIDED = frozenset({"granted", "denied"})
TURNED_AWAY = frozenset({"exempted", "refused"})
