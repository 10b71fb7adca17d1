"""Where things happen: a site, its halls, its windows; and the windows that were there before them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.foundation.places.rules import OUT_BECAUSE, Hours
from onewindow.foundation.places.states import SITE, WINDOW
from onewindow.kernel import clock
from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.words import Words

KINDS = {"centre": Words("政务服务中心", "Service centre"), "community": Words("街镇社区事务受理服务中心", "Community affairs centre")}
PURPOSES = {
    "windows": Words("综合受理", "windows"),
    "self-service": Words("24小时自助服务", "self-service, day and night"),
    "grid": Words("城市网格管理", "urban grid management"),
    "laboratory": Words("大数据治理创新实验室", "big-data governance laboratory"),
}


class Site(Subject):
    """A service centre or a street/town centre (`kind`, of `KINDS`). `code` is stable and readable; `region` is GB/T 2260.

    A street's or town's centre goes by its nine-digit code (310104003). An address is empty where none is stated.
    """

    machine = SITE
    code = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=10, default="centre")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    region = models.CharField(max_length=12)
    address_zh = models.CharField(max_length=120)
    address_en = models.CharField(max_length=160)

    class Meta:
        db_table = "places_site"
        constraints: ClassVar = [
            Subject.state_constraint(SITE),
            models.CheckConstraint(condition=models.Q(kind__in=sorted(KINDS)), name="places_site_kind_is_known"),
        ]

    @property
    def words(self) -> Words:
        return Words(self.name_zh, self.name_en)

    @property
    def address(self) -> Words:
        return Words(self.address_zh, self.address_en)


class Hall(models.Model):
    """One of a site's halls; `code` is the letter people see (A, B …), `purpose` (of `PURPOSES`) what it is there for.

    Only a hall of windows has windows and a queue; only a self-service hall has `workstations` (自助办理工作台).
    """

    place = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="halls")
    code = models.CharField(max_length=4)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    purpose = models.CharField(max_length=12, default="windows")
    workstations = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "places_hall"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "code"], name="places_hall_code_once"),
            models.CheckConstraint(condition=models.Q(purpose__in=sorted(PURPOSES)), name="places_hall_purpose_is_known"),
            models.CheckConstraint(
                condition=models.Q(workstations=0) | models.Q(purpose="self-service", workstations__gt=0),
                name="places_workstations_in_self_service",
            ),
        ]

    @property
    def words(self) -> Words:
        return Words(self.name_zh, self.name_en)


class Window(Subject):
    """A window of a hall: closed, open with the clerk who sits there, or out of service (`out_because` of `OUT_BECAUSE`, `out_on` the one
    day for which it is, if for one).

    `number` is what is called ("3号窗口"); `code` is unique within the site ("A03").
    """

    machine = WINDOW
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="windows")
    code = models.CharField(max_length=8)
    number = models.SmallIntegerField()
    clerk = models.ForeignKey("staff.Staff", null=True, on_delete=models.PROTECT, related_name="windows")
    out_because = models.CharField(max_length=10, blank=True, default="")
    out_on = models.DateField(null=True)

    class Meta:
        db_table = "places_window"
        constraints: ClassVar = [
            Subject.state_constraint(WINDOW),
            models.UniqueConstraint(fields=["site", "code"], name="places_window_code_once"),
            models.UniqueConstraint(fields=["clerk"], name="places_one_window_a_clerk"),
            models.CheckConstraint(
                condition=models.Q(state="open", clerk__isnull=False) | models.Q(state__in=["closed", "out"], clerk__isnull=True),
                name="places_open_window_has_a_clerk",
            ),
        ]

    @property
    def words(self) -> Words:
        return Words(f"{self.number}号窗口", f"Window {self.number}")

    @property
    def out_still(self) -> bool:
        """Whether it is out of service today: one that was for a day that is over is as any other."""
        return self.state == "out" and (self.out_on is None or self.out_on >= clock.today())

    @property
    def out_words(self) -> Words | None:
        """Why it is out of service."""
        return OUT_BECAUSE.get(self.out_because)


class OpeningHours(models.Model):
    """When a site is open on a weekday (1 Monday … 7 Sunday), or one of its halls where its hours are others. No row: closed that day.

    Written only with a ledger row of its site, as halls are.
    """

    place = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="opening_hours")
    hall = models.ForeignKey(Hall, null=True, on_delete=models.PROTECT, related_name="opening_hours")
    weekday = models.SmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        db_table = "places_opening_hours"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "weekday"], condition=models.Q(hall__isnull=True), name="places_site_hours_once_a_day"),
            models.UniqueConstraint(fields=["hall", "weekday"], condition=models.Q(hall__isnull=False), name="places_hall_hours_once_a_day"),
            models.CheckConstraint(condition=models.Q(weekday__gte=1, weekday__lte=7), name="places_hours_of_a_weekday"),
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="places_closes_after_it_opens"),
        ]

    @property
    def hours(self) -> Hours:
        return Hours(self.opens, self.closes)


class FormerWindows(models.Model):
    """History: how many windows of its own a department had at a site before any window took any item (部门专窗).

    Written only with a ledger row of its site, as halls are.
    """

    place = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="former_windows")
    department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="former_windows")
    windows = models.SmallIntegerField()

    class Meta:
        db_table = "places_former_windows"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "department"], name="places_former_windows_once"),
            models.CheckConstraint(condition=models.Q(windows__gte=1), name="places_former_windows_are_some"),
        ]
