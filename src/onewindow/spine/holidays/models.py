"""Holiday notices as published here, and how far the open cases were recomputed for each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.kernel.ledger.attesting import Attested
from onewindow.kernel.ledger.models import Subject
from onewindow.spine.holidays.states import HOLIDAY_NOTICE


class HolidayNotice(Subject):
    """The `version`-th notice published here for a year. `paper` is the State Council's document number.

    The rest is how recomputing goes: `wanted` cases to look at, `seen` so far, `moved` with another date, `cleared` provisional no
    more, `unlike` left to a person; `last_case` is where the next batch begins, in which `sweep` over all.
    """

    machine = HOLIDAY_NOTICE
    of_year = models.SmallIntegerField()
    version = models.SmallIntegerField()
    paper = models.CharField(max_length=60)
    calendar_version = models.CharField(max_length=64)
    wanted = models.IntegerField(default=0)
    seen = models.IntegerField(default=0)
    moved = models.IntegerField(default=0)
    cleared = models.IntegerField(default=0)
    unlike = models.IntegerField(default=0)
    last_case = models.BigIntegerField(default=0)
    sweep = models.SmallIntegerField(default=1)

    class Meta:
        db_table = "holidays_notice"
        constraints: ClassVar = [
            Subject.state_constraint(HOLIDAY_NOTICE),
            models.UniqueConstraint(fields=["of_year", "version"], name="holidays_version_once"),
        ]


class HolidayText(models.Model):
    """What a notice says, in the form of `law.calendars.Notice`. Never changed; the ledger holds its digest."""

    append_only: ClassVar = True
    attested: ClassVar = Attested(owner="notice")

    notice = models.OneToOneField(HolidayNotice, on_delete=models.PROTECT, related_name="text")
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=16, default="holiday-notice")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "holidays_text"
