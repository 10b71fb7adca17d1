"""The life of a holiday notice: it counts from the moment it is published, and is settled once every open case was looked at."""

from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.spine.cases.policies import RECOMPUTE
from onewindow.spine.holidays.policies import PUBLISH

HOLIDAY_NOTICE = Machine(
    "holiday-notice",
    Words("放假通知", "Holiday notice"),
    [State("published", Words("已公布，正在重算", "published, recomputing"), "soon"), State("settled", Words("已公布", "published"), "done")],
    [
        Move("publish", frozenset({NEW}), "published", PUBLISH, "holidays.published", Words("公布", "publish")),
        Move("advance", frozenset({"published"}), "published", RECOMPUTE, "holidays.advanced", Words("重算一批", "recompute a batch")),
        Move("settle", frozenset({"published"}), "settled", RECOMPUTE, "holidays.settled", Words("重算完毕", "finish recomputing")),
    ],
)
