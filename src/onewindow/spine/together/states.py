"""The life of what was filed together: it is filed, and from then on every case goes its own way."""

from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.spine.cases.policies import RECEIVE

TOGETHER = Machine(
    "together",
    Words("一件事同办", "Filed together"),
    [State("filed", Words("已一并收件", "filed together"), "done")],
    [Move("file", frozenset({NEW}), "filed", RECEIVE, "together.filed", Words("一并收件", "file together"))],
)
