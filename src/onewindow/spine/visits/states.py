"""The life of a visit: one person, one sitting, any number of items."""

from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.spine.visits.policies import SIT, VERIFY

VISIT = Machine(
    "visit",
    Words("一次办事", "Visit"),
    [State("open", Words("办理中", "open"), "go"), State("closed", Words("已结束", "closed"), "done")],
    [
        Move("open", frozenset({NEW}), "open", SIT, "visits.opened", Words("开始接待", "open")),
        Move("verify", frozenset({"open"}), "open", VERIFY, "visits.verified", Words("核对证件", "check the document")),
        Move("name", frozenset({"open"}), "open", SIT, "visits.named", Words("登记申请人", "name the applicant")),
        Move("close", frozenset({"open"}), "closed", SIT, "visits.closed", Words("结束接待", "close")),
    ],
)
