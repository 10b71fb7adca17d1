"""The only writers of places."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from onewindow.foundation.places.models import Hall, Site, Window
from onewindow.foundation.places.policies import STAND
from onewindow.kernel.errors import StateConflict
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words


@transaction.atomic
def establish_site(
    *, by: Actor, code: str, name: Words, region: str, address: Words, halls: Iterable[tuple[str, Words, Iterable[tuple[str, int]]]]
) -> Site:
    """Set up a site with its halls, each with windows given as (code, number)."""
    site = begin(
        Site, "establish", by=by, site=code, facts={"code": code, "region": region}, code=code, region=region,
        name_zh=name.zh, name_en=name.en, address_zh=address.zh, address_en=address.en,
    )  # fmt: skip
    for hall_code, hall_name, windows in halls:
        hall = Hall.objects.create(place=site, code=hall_code, name_zh=hall_name.zh, name_en=hall_name.en)
        for window_code, number in windows:
            begin(
                Window, "install", by=by, site=code, facts={"hall": hall_code, "code": window_code},
                hall=hall, code=window_code, number=number,
            )  # fmt: skip
    return site


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


def close_window(*, by: Actor, window_id: int) -> None:
    """The clerk leaves."""
    with moving(Window, window_id, "close", by=by) as motion:
        motion.record(staff=motion.subject.clerk_id, window=motion.subject.code)
        motion.set(clerk_id=None)
