"""The life of a draft: written, reviewed by its department, approved by the centre for a day, published on that day."""

from onewindow.foundation.catalogue.drafts.policies import APPROVE, DRAFT, REVIEW
from onewindow.foundation.catalogue.policies import PUBLISH
from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words

ITEM_DRAFT = Machine(
    "item-draft",
    Words("事项草稿", "Draft of an item"),
    [
        State("drafting", Words("编写中", "being written")),
        State("in-review", Words("待部门审核", "in review"), "soon"),
        State("endorsed", Words("待批准", "awaiting approval"), "soon"),
        State("approved", Words("已批准，到日发布", "approved for a day"), "go"),
        State("published", Words("已发布", "published"), "done"),
        State("abandoned", Words("已放弃", "abandoned"), "stop"),
    ],
    [
        Move("open", frozenset({NEW}), "drafting", DRAFT, "catalogue.draft_opened", Words("起草", "begin a draft")),
        Move("save", frozenset({"drafting"}), "drafting", DRAFT, "catalogue.draft_saved", Words("保存修改", "save")),
        Move("rebase", frozenset({"drafting"}), "drafting", DRAFT, "catalogue.draft_rebased", Words("并入新版本", "bring up to the new version")),
        Move("submit", frozenset({"drafting"}), "in-review", DRAFT, "catalogue.draft_submitted", Words("提交审核", "submit for review")),
        Move("return", frozenset({"in-review"}), "drafting", REVIEW, "catalogue.draft_returned", Words("退回修改", "return")),
        Move("endorse", frozenset({"in-review"}), "endorsed", REVIEW, "catalogue.draft_endorsed", Words("审核通过", "endorse")),
        Move("decline", frozenset({"endorsed"}), "drafting", APPROVE, "catalogue.draft_declined", Words("不批准，退回", "decline")),
        Move("approve", frozenset({"endorsed"}), "approved", APPROVE, "catalogue.draft_approved", Words("批准", "approve")),
        Move("take-back", frozenset({"approved"}), "drafting", APPROVE, "catalogue.draft_taken_back", Words("撤回批准", "take the approval back")),
        Move("publish", frozenset({"approved"}), "published", PUBLISH, "catalogue.draft_published", Words("到日发布", "publish")),
        Move("lapse", frozenset({"approved"}), "drafting", PUBLISH, "catalogue.draft_lapsed", Words("到日未能发布，退回", "send back unpublished")),
        Move(
            "abandon", frozenset({"drafting", "in-review", "endorsed", "approved"}), "abandoned", DRAFT, "catalogue.draft_abandoned", Words("放弃草稿", "abandon"),
        ),
    ],
)  # fmt: skip

# The item has a draft: nobody begins another.
OPEN = frozenset({"drafting", "in-review", "endorsed", "approved"})
