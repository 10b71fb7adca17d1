"""The only writers of places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import IntegrityError, transaction

from onewindow.foundation.places.models import FormerWindows, Hall, OpeningHours, Site, Window
from onewindow.foundation.places.policies import ESTABLISH, STAND
from onewindow.foundation.places.queries import former_windows
from onewindow.foundation.places.rules import FOR_TODAY, HIGHEST_NUMBER, NAME, NUMBER, OUT_BECAUSE, REASON, WEEKDAYS, Week
from onewindow.foundation.staff.queries import department
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, StateConflict, WindowOut, WindowTaken
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
    """The clerk sits down. Leaves the clerk's former window; `StateConflict` if somebody sits here, `WindowOut` if it is out of service.

    One that was closed for a day that is over is as any other.
    """
    by.require(STAND)
    try:
        with transaction.atomic():
            for former in Window.objects.filter(clerk_id=staff_id).exclude(pk=window_id).values_list("pk", flat=True):
                close_window(by=by, window_id=former)
            with moving(Window, window_id, "open", by=by) as motion:
                standing = motion.subject
                if standing.out_still:
                    raise WindowOut(window=standing.words, why=OUT_BECAUSE[standing.out_because])
                motion.set(clerk_id=staff_id, out_because="", out_on=None)
                motion.record(staff=staff_id, window=motion.subject.code)
    except IntegrityError:
        raise StateConflict from None


@transaction.atomic
def pause_window(*, by: Actor, window_id: int, reason: str) -> None:
    """Take a closed window out of service, for today or until it is put back. Raises `InvalidInput`, `WindowTaken` while somebody sits there."""
    by.require(ESTABLISH)
    standing = locked(Window, window_id)
    if standing is None:
        raise NotFound
    if standing.state == "open":
        raise WindowTaken(window=standing.words)
    with move_locked(standing, "pause", by=by) as motion:
        if reason not in OUT_BECAUSE:
            raise InvalidInput(field=REASON, reason_zh="请选一个原因", reason_en="please choose one")
        motion.set(out_because=reason, out_on=clock.today() if reason == FOR_TODAY else None)
        motion.record(window=standing.code, reason=reason)


@transaction.atomic
def resume_window(*, by: Actor, window_id: int) -> None:
    """Put a window back into service."""
    with moving(Window, window_id, "resume", by=by) as motion:
        motion.record(window=motion.subject.code, reason=motion.subject.out_because)
        motion.set(out_because="", out_on=None)


def install_window(*, by: Actor, hall: Hall, number: int) -> Window:
    """Add a window to a hall. Its code is the hall's letter and the number (A19). Raises `InvalidInput` for a number that is taken or none."""
    by.require(ESTABLISH)
    if not 1 <= number <= HIGHEST_NUMBER:
        raise InvalidInput(field=NUMBER, reason_zh=f"应为 1 到 {HIGHEST_NUMBER}", reason_en=f"it is from 1 to {HIGHEST_NUMBER}")
    code = f"{hall.code}{number:02}"
    taken = InvalidInput(field=NUMBER, reason_zh=f"{number} 号窗口已经有了", reason_en=f"there is a window {number} already")
    if Window.objects.filter(hall=hall, number=number).exists():
        raise taken
    try:
        with transaction.atomic():
            facts = {"hall": hall.code, "code": code}
            return begin(Window, "install", by=by, site=hall.place.code, facts=facts, hall=hall, code=code, number=number)
    except IntegrityError:
        raise taken from None


@transaction.atomic
def set_hours(*, by: Actor, site_id: int, hall: str, week: Week) -> None:
    """State when a site is open, or one of its halls (by its letter) whose hours are others; an empty week of a hall: as the site.

    Nothing is written when nothing would change. Raises `NotFound`, and `InvalidInput` for a site that would never be open.
    """
    by.require(ESTABLISH)
    standing = locked(Site, site_id)
    if standing is None:
        raise NotFound
    room = Hall.objects.filter(place=standing, code=hall).first() if hall else None
    if hall and room is None:
        raise NotFound
    if not week and not hall:
        raise InvalidInput(field=WEEKDAYS[1], reason_zh="中心每周至少开放一天", reason_en="the site is open on one day of the week at least")
    rows = OpeningHours.objects.filter(place=standing, hall=room)
    if {row.weekday: row.hours for row in rows} == dict(week):
        return
    with move_locked(standing, "reschedule", by=by) as motion:
        rows.delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(place=standing, hall=room, weekday=day, opens=hours.opens, closes=hours.closes) for day, hours in sorted(week.items())
        )
        motion.record(hall=hall, week={str(day): str(hours) for day, hours in sorted(week.items())})


@transaction.atomic
def rename_hall(*, by: Actor, site_id: int, hall: str, name: Words) -> None:
    """Change what a hall is called; its letter stays. Nothing is written when nothing would change. Raises `InvalidInput`, `NotFound`."""
    by.require(ESTABLISH)
    standing = locked(Site, site_id)
    room = Hall.objects.filter(place=standing, code=hall).first() if standing is not None else None
    if standing is None or room is None:
        raise NotFound
    wanted = Words(name.zh.strip(), name.en.strip())
    if not 1 <= len(wanted.zh) <= 80 or not 1 <= len(wanted.en) <= 120:
        raise InvalidInput(field=NAME, reason_zh="请填写中文和英文名称（80 和 120 个字以内）", reason_en="please fill in both, at most 80 and 120 characters")
    if wanted != room.words:
        with move_locked(standing, "rename-hall", by=by) as motion:
            Hall.objects.filter(pk=room.pk).update(name_zh=wanted.zh, name_en=wanted.en)
            motion.record(hall=hall)


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
