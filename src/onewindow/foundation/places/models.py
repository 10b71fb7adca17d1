"""Where things happen: a site, its halls, its windows; and the windows that were there before them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.foundation.places.states import SITE, WINDOW
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
    """A window of a hall: closed, or open with the clerk who sits there.

    `number` is what is called ("3号窗口"); `code` is unique within the site ("A03").
    """

    machine = WINDOW
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="windows")
    code = models.CharField(max_length=8)
    number = models.SmallIntegerField()
    clerk = models.ForeignKey("staff.Staff", null=True, on_delete=models.PROTECT, related_name="windows")

    class Meta:
        db_table = "places_window"
        constraints: ClassVar = [
            Subject.state_constraint(WINDOW),
            models.UniqueConstraint(fields=["site", "code"], name="places_window_code_once"),
            models.UniqueConstraint(fields=["clerk"], name="places_one_window_a_clerk"),
            models.CheckConstraint(
                condition=models.Q(state="open", clerk__isnull=False) | models.Q(state="closed", clerk__isnull=True),
                name="places_open_window_has_a_clerk",
            ),
        ]

    @property
    def words(self) -> Words:
        return Words(f"{self.number}号窗口", f"Window {self.number}")


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
