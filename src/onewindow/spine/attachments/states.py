"""The life of a page: it is attached, sorted as often as need be, and may be taken out again before acceptance."""

from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.spine.cases.policies import CHECK, RECEIVE

PAGE = Machine(
    "page",
    Words("材料页", "Page"),
    [State("attached", Words("已附", "attached"), "done"), State("removed", Words("已取出", "taken out"), "stop")],
    [
        Move("attach", frozenset({NEW}), "attached", RECEIVE, "attachments.page_attached", Words("附材料页", "attach a page")),
        Move("sort", frozenset({"attached"}), "attached", CHECK, "attachments.page_sorted", Words("整理材料页", "sort a page")),
        Move("remove", frozenset({"attached"}), "removed", CHECK, "attachments.page_removed", Words("取出材料页", "take a page out")),
    ],
)

# Of the case: while its materials may still change.
TAKES_PAGES = frozenset({"received", "correcting"})
