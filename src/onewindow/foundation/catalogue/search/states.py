"""The life of a query that found nothing: while it is only counted it is no subject; somebody who settles it makes it one."""

from onewindow.foundation.catalogue.search.policies import KEEP_WORDS
from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words

MISSED = Machine(
    "missed-query",
    Words("没搜到的说法", "Missed query"),
    [State("settled", Words("已处理", "settled"), "done")],
    [Move("settle", frozenset({NEW}), "settled", KEEP_WORDS, "catalogue.query_settled", Words("处理", "settle"))],
)
