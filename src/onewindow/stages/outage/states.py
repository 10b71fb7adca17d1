"""The lives of an outage, of a reserve booklet, and of a hand-written receipt that is entered afterwards."""

from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.stages.outage.policies import CONFIRM, DECLARE, ENTER, PRINT

OUTAGE = Machine(
    "outage",
    Words("停机", "Outage"),
    [State("declared", Words("停机中", "in course"), "stop"), State("ended", Words("已恢复", "over"), "done")],
    [
        Move("declare", frozenset({NEW}), "declared", DECLARE, "outage.declared", Words("登记停机", "declare an outage")),
        Move("end", frozenset({"declared"}), "ended", DECLARE, "outage.ended", Words("结束停机", "end the outage")),
    ],
)
BOOKLET = Machine(
    "booklet",
    Words("备用凭证", "Reserve booklet"),
    [State("printed", Words("已印制", "printed"), "done")],
    [Move("print", frozenset({NEW}), "printed", PRINT, "outage.booklet_printed", Words("印制", "print"))],
)
BACK_ENTRY = Machine(
    "back-entry",
    Words("补录", "Back-entry"),
    [
        State("begun", Words("正在补录", "being entered"), "soon"),
        State("entered", Words("待核对", "to be confirmed"), "go"),
        State("confirmed", Words("已核对", "confirmed"), "done"),
        State("dropped", Words("未录完", "dropped")),
    ],
    [
        Move("begin", frozenset({NEW}), "begun", ENTER, "outage.entry_begun", Words("开始补录", "begin to enter")),
        Move("enter", frozenset({"begun"}), "entered", ENTER, "outage.entered", Words("补录", "enter")),
        Move("drop", frozenset({"begun"}), "dropped", ENTER, "outage.entry_dropped", Words("放弃补录", "drop")),
        Move("confirm", frozenset({"entered"}), "confirmed", CONFIRM, "outage.entry_confirmed", Words("核对无误", "confirm")),
    ],
)
