"""The life of a result on its way to a hand. Available is not notified is not collected."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.spine.cases.policies import HAND_OVER

MAKE = Permission("delivery.make", Words("制作结果", "make results"))

RESULT = Machine(
    "result",
    Words("办理结果", "Result"),
    [State("available", Words("待领取", "ready to collect"), "go"), State("collected", Words("已领取", "collected"), "done")],
    [
        Move("make", frozenset({NEW}), "available", MAKE, "delivery.result_available", Words("制证出件", "make available")),
        Move("collect", frozenset({"available"}), "collected", HAND_OVER, "delivery.result_collected", Words("领取", "collect")),
    ],
)
