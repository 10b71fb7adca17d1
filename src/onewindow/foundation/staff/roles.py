"""The posts of a centre and what each may do.

Permissions are named by code because their owners stand above this layer; a test checks that every
code here exists and that every permission that exists belongs to somebody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from onewindow.kernel.words import Words


@dataclass(frozen=True)
class Role:
    code: str
    words: Words
    permissions: frozenset[str]


# What everybody may who has an account.
EVERYBODY = frozenset({"staff.own-password"})

ROLES = {
    role.code: replace(role, permissions=role.permissions | EVERYBODY)
    for role in (
        Role(
            "clerk",
            Words("综窗人员", "Window clerk"),
            frozenset({
                "places.stand", "queueing.take", "queueing.call", "visits.sit", "visits.verify", "people.register",
                "acceptance.receive", "acceptance.check", "acceptance.accept", "acceptance.correct", "acceptance.refuse", "acceptance.void", "cases.reissue",
                "outage.enter",
            }),
        ),
        Role("specialist", Words("中台专业支撑", "Middle-office specialist"), frozenset({"acceptance.check"})),
        Role("approver", Words("后台审批", "Approver"), frozenset({"approval.decide", "approval.set-aside", "publication.mark", "publication.decide"})),
        Role(
            "handover",
            Words("出件窗口", "Delivery clerk"),
            frozenset({"places.stand", "queueing.call", "delivery.hand-over", "payment.issue", "payment.ask-refund"}),
        ),
        Role(
            "manager",
            Words("大厅经理", "Hall manager"),
            frozenset({
                "queueing.take", "queueing.call", "queueing.watch", "people.register", "notices.watch", "outage.declare", "outage.print",
                "outage.confirm", "evaluation.read", "evaluation.follow", "payment.issue", "payment.reduce", "payment.ask-refund",
                "payment.approve-refund", "payment.settle",
            }),
        ),
        Role(
            "supervisor",
            Words("效能监察", "Supervisor"),
            frozenset({"queueing.watch", "notices.watch", "evaluation.read", "acceptance.void", "acceptance.void-any"}),
        ),
        Role("catalogue-editor", Words("事项编写", "Catalogue editor"), frozenset({"catalogue.draft"})),
        Role("catalogue-reviewer", Words("部门审核", "Department reviewer"), frozenset({"catalogue.review"})),
        Role("chief-editor", Words("总编", "Chief editor"), frozenset({"catalogue.approve", "catalogue.withdraw"})),
        Role(
            "administrator",
            Words("信息管理员", "IT administrator"),
            frozenset({
                "places.establish", "staff.appoint", "staff.authorise", "catalogue.publish", "catalogue.withdraw", "catalogue.register",
                "catalogue.words", "catalogue.import",
                "people.register", "people.erase", "people.merge", "holidays.publish", "health.look", "health.retry",
            }),
        ),
    )
}  # fmt: skip


def permissions_of(roles: list[str]) -> frozenset[str]:
    """Everything the holders of these posts may do."""
    return frozenset().union(*(ROLES[role].permissions for role in roles))
