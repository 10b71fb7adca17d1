"""What the demonstration's people say of the service, and what the hall manager does about the bad ones. All of it demo."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel.clock import LOCAL
from onewindow.kernel.errors import Refusal
from onewindow.kernel.permissions import Actor
from onewindow.law.calendars import packaged
from onewindow.oversight.evaluation import actions
from onewindow.oversight.evaluation.models import FollowUp
from onewindow.oversight.evaluation.policies import GIVE
from onewindow.oversight.evaluation.queries import open_follow_ups
from onewindow.oversight.evaluation.rules import Said

if TYPE_CHECKING:
    from onewindow.config.town.centre import Centre

Story = Generator[Any, Any, None]
SPEAKER = Actor("device", "town", frozenset({GIVE.code}))
# How many say anything, and how many of those something bad. demo
SHARE, BAD_SHARE = 0.35, 0.02
_GOOD = (("very-satisfied", 0.72), ("satisfied", 0.95), ("fairly-satisfied", 1.0))
_BAD = {
    "visit": (("efficiency", "等了很久才叫到号（演示）"), ("competence", "材料清单前后说法不一样（演示）"), ("manner", "问多了就不耐烦（演示）")),
    "case": (("efficiency", "比说好的日子晚（演示）"), ("guide", "指南上没写要这份材料（演示）"), ("ease", "同样的内容填了两遍（演示）")),
}
_FOUND = ("已电话联系，情况属实（演示）", "已电话联系，部分属实（演示）", "已调看记录并联系本人（演示）")
_CORRECTED = ("高峰时段加开窗口，并向本人致歉（演示）", "已更新办事指南并培训窗口人员（演示）", "已合并重复填写的内容（演示）")
_EXPLAINED = ("经核实，材料要求与公布的指南一致，已向本人说明依据（演示）", "等候时间在公布的范围内，已向本人说明（演示）")


def said(what: str, key: int) -> Said | None:
    """What somebody says of a sitting (``visit``) or a case (``case``): told by its key alone. Most say nothing."""
    chance = Random(f"evaluate/{what}/{key}")
    if chance.random() >= SHARE:
        return None
    if chance.random() < BAD_SHARE:
        reason, text = chance.choice(_BAD[what])
        return Said("very-dissatisfied" if chance.random() < 0.25 else "dissatisfied", frozenset({reason}), text, contact=chance.random() < 0.8)
    drawn = chance.random()
    return Said(next(level for level, up_to in _GOOD if drawn < up_to))


def after_sitting(centre: Centre, visit_id: int) -> None:
    """Whoever leaves the window may say how it was, on the tablet there."""
    if (words := said("visit", visit_id)) is not None:
        given = actions.evaluate_visit(by=SPEAKER, visit_id=visit_id, said=words)
        if given.bad:
            centre.env.process(followed(centre, given.follow_up))


def after_collection(centre: Centre, case_id: int) -> None:
    """Whoever has the result may say how the matter was handled."""
    if (words := said("case", case_id)) is not None:
        given = actions.evaluate_case(by=SPEAKER, case_id=case_id, said=words)
        if given.bad:
            centre.env.process(followed(centre, given.follow_up))


def resume(centre: Centre) -> None:
    """Put on the manager's agenda what waits. What a person at a keyboard said is a person's to follow up."""
    for follow_up in open_follow_ups(centre.site.code, SPEAKER.ref):
        centre.env.process(followed(centre, follow_up))


def followed(centre: Centre, follow_up: FollowUp) -> Story:
    """The manager's story of one bad evaluation: mostly in time, told by its key alone, from wherever it stands."""
    chance, by = Random(f"follow/{follow_up.pk}"), _manager(centre)
    if by is None:
        return
    days = {"contact": 0 if chance.random() < 0.4 else 1, "answer": chance.randint(2, 5), "revisit": chance.randint(8, 15)}
    if chance.random() < 0.1:
        days["contact"] = 2
    found, mended = chance.choice(_FOUND), chance.random() < 0.7
    reply = chance.choice(_CORRECTED if mended else _EXPLAINED)
    given = follow_up.began_at.astimezone(LOCAL).date()
    if follow_up.state == "open":
        yield centre.until(max(_on(given, days["contact"], chance), follow_up.began_at + timedelta(minutes=20)))
        with suppress(Refusal):  # somebody at a keyboard was first
            actions.contact(by=by, follow_up_id=follow_up.pk, finding=found)
    if follow_up.state in ("open", "contacted", "scheduled"):
        yield centre.until(_on(given, days["answer"], chance))
        with suppress(Refusal):
            (actions.correct if mended else actions.explain)(by=by, follow_up_id=follow_up.pk, reply=reply)
    yield centre.until(_on(given, days["revisit"], chance))
    with suppress(Refusal):
        actions.revisit(by=by, follow_up_id=follow_up.pk)


def _manager(centre: Centre) -> Actor | None:
    first = Staff.objects.filter(site=centre.site.code, roles__contains=["manager"], state="active").order_by("id").first()
    return actor_of(first) if first is not None else None


def _on(given: date, working_days: int, chance: Random) -> datetime:
    """Some moment of that working day after the evaluation; of the day itself, its end."""
    if not working_days:
        return datetime.combine(given, time(16, 40), LOCAL)
    return datetime.combine(packaged().plus(given, working_days), time(9), LOCAL) + timedelta(minutes=chance.randint(5, 420))
