"""The decision on one case."""

from __future__ import annotations

from onewindow.kernel.errors import FeesUnpaid, InvalidInput
from onewindow.kernel.ledger.rows import fetched
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case
from onewindow.stages.approval.actions import deny, grant
from onewindow.stages.payment.queries import charges, unpaid


def decide(*, by: Actor, case_id: int, verb: str, words: str) -> None:
    """Grant (with an opinion) or deny (with a reason). Whoever comes second gets `WrongState`."""
    _paid_first(case_id)
    match verb:
        case "grant":
            grant(by=by, case_id=case_id, opinion=words)
        case "deny":
            deny(by=by, case_id=case_id, reason=words)
        case _:
            raise InvalidInput(field=Words("决定", "decision"), reason_zh="请选择准予或不予", reason_en="choose to grant or to deny")


def _paid_first(case_id: int) -> None:
    """Raise `FeesUnpaid` where the item's own law wants its fee before the decision; no other decision waits for money."""
    case = fetched(Case, case_id)
    if case is not None and case.state == "accepted" and charges(case, "decision") and unpaid(case, "decision"):
        raise FeesUnpaid(item=case.version.words, verb=Words("作出决定", "decide"))
