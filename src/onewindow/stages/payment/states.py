"""The lives of a payment order, of a refund, and of a difference somebody has to look into."""

from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.stages.payment.policies import APPROVE_REFUND, ASK_REFUND, FIND, ISSUE, MAKE_REFUND, REDUCE, SETTLE, TAKE

ORDER = Machine(
    "payment-order",
    Words("缴款通知", "Payment notice"),
    [
        State("issued", Words("待缴款", "to be paid"), "soon"),
        State("paid", Words("已缴款", "paid"), "done"),
        State("waived", Words("已免缴", "waived"), "done"),
        State("cancelled", Words("已作废", "cancelled"), "stop"),
        State("expired", Words("已过期", "expired"), "stop"),
        State("partly-refunded", Words("已部分退付", "partly refunded"), "done"),
        State("refunded", Words("已全额退付", "refunded"), "done"),
    ],
    [
        Move("issue", frozenset({NEW}), "issued", ISSUE, "payment.order_issued", Words("开具缴款通知", "issue a payment notice")),
        Move("pay", frozenset({"issued"}), "paid", TAKE, "payment.order_paid", Words("到账", "record the payment")),
        Move("waive", frozenset({"issued"}), "waived", REDUCE, "payment.order_waived", Words("免缴", "waive")),
        # A smaller sum is a notice of its own with a code of its own, as a code stands for one sum.
        Move("replace", frozenset({"issued"}), "cancelled", REDUCE, "payment.order_replaced", Words("减缴换开", "replace by a reduced one")),
        Move("cancel", frozenset({"issued"}), "cancelled", ISSUE, "payment.order_cancelled", Words("作废", "cancel")),
        Move("expire", frozenset({"issued"}), "expired", ISSUE, "payment.order_expired", Words("过期", "let expire")),
        Move(
            "refund-part", frozenset({"paid", "partly-refunded"}), "partly-refunded", MAKE_REFUND, "payment.order_partly_refunded",
            Words("部分退付", "refund a part"),
        ),
        Move(
            "refund-rest", frozenset({"paid", "partly-refunded"}), "refunded", MAKE_REFUND, "payment.order_refunded", Words("全额退付", "refund the rest")
        ),
    ],
)  # fmt: skip
REFUND = Machine(
    "refund",
    Words("退付", "Refund"),
    [
        State("asked", Words("待审批", "to be approved"), "soon"),
        State("approved", Words("退付中", "being refunded"), "go"),
        State("declined", Words("未同意", "declined"), "stop"),
        State("failed", Words("退付未成", "failed"), "stop"),
        State("made", Words("已退付", "refunded"), "done"),
    ],
    [
        Move("ask", frozenset({NEW}), "asked", ASK_REFUND, "payment.refund_asked", Words("提出退付", "ask for a refund")),
        Move("approve", frozenset({"asked"}), "approved", APPROVE_REFUND, "payment.refund_approved", Words("同意退付", "approve the refund")),
        Move("decline", frozenset({"asked"}), "declined", APPROVE_REFUND, "payment.refund_declined", Words("不同意退付", "decline the refund")),
        Move("make", frozenset({"approved"}), "made", MAKE_REFUND, "payment.refund_made", Words("退付完成", "make the refund")),
        Move("fail", frozenset({"approved"}), "failed", MAKE_REFUND, "payment.refund_failed", Words("退付被拒", "record that it was rejected")),
    ],
)
DIFFERENCE = Machine(
    "payment-difference",
    Words("收款疑点", "Payment difference"),
    [State("open", Words("待处理", "to be looked into"), "stop"), State("settled", Words("已处理", "settled"), "done")],
    [
        Move("find", frozenset({NEW}), "open", FIND, "payment.difference_found", Words("登记疑点", "record a difference")),
        Move("settle", frozenset({"open"}), "settled", SETTLE, "payment.difference_settled", Words("处理疑点", "settle a difference")),
    ],
)

# The money is in the treasury, was given up for a stated reason, or was given back by two people.
SETTLED = frozenset({"paid", "waived", "partly-refunded", "refunded"})
