"""The decision on one case."""

from __future__ import annotations

from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.stages.approval.actions import deny, grant


def decide(*, by: Actor, case_id: int, verb: str, words: str) -> None:
    """Grant (with an opinion) or deny (with a reason). Whoever comes second gets `WrongState`."""
    match verb:
        case "grant":
            grant(by=by, case_id=case_id, opinion=words)
        case "deny":
            deny(by=by, case_id=case_id, reason=words)
        case _:
            raise InvalidInput(field=Words("决定", "decision"), reason_zh="请选择准予或不予", reason_en="choose to grant or to deny")
