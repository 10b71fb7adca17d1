"""The only writers of places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import IntegrityError, transaction

from onewindow.foundation.places.models import FormerWindows, Hall, Site, Window
from onewindow.foundation.places.policies import ESTABLISH, STAND
from onewindow.foundation.places.queries import former_windows
from onewindow.foundation.staff.queries import department
from onewindow.kernel.errors import InvalidInput, NotFound, StateConflict
from onewindow.kernel.ledger.moving import begin, move_locked, moving
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words


class HallPlan(NamedTuple):
    """A hall to be set up: its windows as (code, number), or what else it is there for."""

    code: str
    name: Words
    windows: Iterable[tuple[str, int]] = ()
    purpose: str = "windows"
    workstations: int = 0


@transaction.atomic
def establish_site(
    *, by: Actor, code: str, name: Words, region: str, address: Words, halls: Iterable[HallPlan], kind: str = "centre"
) -> Site:
    """Set up a site of a kind (`places.models.KINDS`) with its halls."""
    halls = list(halls)
    facts = {
        "code": code, "region": region, "kind": kind,
        "halls": [{"code": plan.code, "purpose": plan.purpose, "workstations": plan.workstations} for plan in halls],
    }  # fmt: skip
    site = begin(
        Site, "establish", by=by, site=code, facts=facts, code=code, kind=kind, region=region,
        name_zh=name.zh, name_en=name.en, address_zh=address.zh, address_en=address.en,
    )  # fmt: skip
    for plan in halls:
        hall = Hall.objects.create(
            place=site, code=plan.code, name_zh=plan.name.zh, name_en=plan.name.en, purpose=plan.purpose, workstations=plan.workstations
        )
        for window_code, number in plan.windows:
            begin(
                Window, "install", by=by, site=code, facts={"hall": plan.code, "code": window_code},
                hall=hall, code=window_code, number=number,
            )  # fmt: skip
    return site


def record_former_windows(*, by: Actor, site_id: int, windows: Mapping[str, int]) -> None:
    """Record how many windows of its own each department (by its code) had here before; what was recorded before is replaced.

    Nothing is written when nothing would change. Raises `NotFound` for an unknown site or department, `InvalidInput` for a
    count below one.
    """
    with transaction.atomic():
        by.require(ESTABLISH)
        site = locked(Site, site_id)
        if site is None:
            raise NotFound
        if any(count < 1 for count in windows.values()):
            field = Words("原部门专窗", "former windows")
            raise InvalidInput(field=field, reason_zh="每个部门至少 1 个", reason_en="each department had at least one")
        if dict(windows) == former_windows(site.code):
            return
        wanted = {department(code).pk: count for code, count in windows.items()}
        with move_locked(site, "recount", by=by) as motion:
            FormerWindows.objects.filter(place=site).exclude(department_id__in=wanted).delete()
            for pk, count in wanted.items():
                FormerWindows.objects.update_or_create(place=site, department_id=pk, defaults={"windows": count})
            motion.record(windows=dict(sorted(windows.items())))


def amend_site(*, by: Actor, site_id: int, name: Words, address: Words) -> None:
    """Change what a site is called and where it says it stands; its code and region never change.

    Nothing is written when nothing would change. Raises `InvalidInput` for a text that is empty or too long.
    """
    wanted = {"name_zh": name.zh, "name_en": name.en, "address_zh": address.zh, "address_en": address.en}
    with transaction.atomic():
        by.require(ESTABLISH)
        standing = locked(Site, site_id)
        if standing is None:
            raise NotFound
        changed = {column: text.strip() for column, text in wanted.items() if text.strip() != getattr(standing, column)}
        for column, text in changed.items():
            _fits(column, text)
        if changed:
            with move_locked(standing, "amend", by=by) as motion:
                motion.set(**changed)
                motion.record(changed=sorted(changed))


def _fits(column: str, text: str) -> None:
    longest = Site._meta.get_field(column).max_length
    field = Words("中心名称", "name of the site") if column.startswith("name") else Words("中心地址", "address of the site")
    if not text:
        raise InvalidInput(field=field, reason_zh="请填写中文和英文", reason_en="please fill in both languages")
    if longest is not None and len(text) > longest:
        raise InvalidInput(field=field, reason_zh=f"最多 {longest} 个字", reason_en=f"at most {longest} characters")


def open_window(*, by: Actor, window_id: int, staff_id: int) -> None:
    """The clerk sits down. Leaves the clerk's former window; `StateConflict` if somebody sits here."""
    by.require(STAND)
    try:
        with transaction.atomic():
            for former in Window.objects.filter(clerk_id=staff_id).exclude(pk=window_id).values_list("pk", flat=True):
                close_window(by=by, window_id=former)
            with moving(Window, window_id, "open", by=by) as motion:
                motion.set(clerk_id=staff_id)
                motion.record(staff=staff_id, window=motion.subject.code)
    except IntegrityError:
        raise StateConflict from None


def vacate_window(*, by: Actor, window_id: int) -> None:
    """The window of a clerk whose account is closed is free again."""
    with moving(Window, window_id, "vacate", by=by) as motion:
        motion.record(staff=motion.subject.clerk_id, window=motion.subject.code)
        motion.set(clerk_id=None)


def close_window(*, by: Actor, window_id: int) -> None:
    """The clerk leaves."""
    with moving(Window, window_id, "close", by=by) as motion:
        motion.record(staff=motion.subject.clerk_id, window=motion.subject.code)
        motion.set(clerk_id=None)
