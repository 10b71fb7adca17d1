"""The lives of an evaluation and of the follow-up that a bad one opens (上海市优化营商环境条例 art 30)."""

from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.oversight.evaluation.policies import FOLLOW, GIVE

EVALUATION = Machine(
    "evaluation",
    Words("评价", "Evaluation"),
    [State("given", Words("已评价", "given"), "done")],
    [Move("give", frozenset({NEW}), "given", GIVE, "evaluation.given", Words("评价", "evaluate"))],
)
FOLLOW_UP = Machine(
    "follow-up",
    Words("差评回访", "Follow-up"),
    [
        State("open", Words("待联系核实", "to be contacted"), "soon"),
        State("contacted", Words("已联系核实", "contacted"), "go"),
        State("scheduled", Words("限期整改", "to be corrected by a day"), "go"),
        State("corrected", Words("已整改，待回访", "corrected, to be asked again"), "go"),
        State("explained", Words("已说明，待回访", "explained, to be asked again"), "go"),
        State("closed", Words("已回访办结", "closed"), "done"),
    ],
    [
        Move("open", frozenset({NEW}), "open", GIVE, "evaluation.follow_up_opened", Words("转差评回访", "open a follow-up")),
        Move("contact", frozenset({"open"}), "contacted", FOLLOW, "evaluation.contacted", Words("联系核实", "contact and verify")),
        Move("schedule", frozenset({"contacted"}), "scheduled", FOLLOW, "evaluation.correction_scheduled", Words("定整改期限", "set a day to correct by")),
        Move("correct", frozenset({"contacted", "scheduled"}), "corrected", FOLLOW, "evaluation.corrected", Words("登记整改", "record the correction")),
        Move("explain", frozenset({"contacted", "scheduled"}), "explained", FOLLOW, "evaluation.explained", Words("登记说明", "record the explanation")),
        Move("revisit", frozenset({"corrected", "explained"}), "closed", FOLLOW, "evaluation.revisited", Words("回访办结", "close after asking again")),
        Move("resume", frozenset({"corrected", "explained"}), "contacted", FOLLOW, "evaluation.resumed", Words("回访不认可，继续处理", "not satisfied, go on")),
    ],
)
