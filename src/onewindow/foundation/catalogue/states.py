"""The life of one version of an item. Drafts and review come with the editor; here a version is published."""

from onewindow.foundation.catalogue.policies import PUBLISH
from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words

VERSION = Machine(
    "item-version",
    Words("事项版本", "Item version"),
    [
        State("published", Words("已发布", "published"), "go"),
        State("superseded", Words("已被替代", "superseded")),
        State("withdrawn", Words("已撤下", "withdrawn"), "stop"),
    ],
    [
        Move("publish", frozenset({NEW}), "published", PUBLISH, "catalogue.version_published", Words("发布", "publish")),
        Move("supersede", frozenset({"published"}), "superseded", PUBLISH, "catalogue.version_superseded", Words("替代", "supersede")),
        Move("withdraw", frozenset({"published"}), "withdrawn", PUBLISH, "catalogue.version_withdrawn", Words("撤下", "withdraw")),
    ],
)
