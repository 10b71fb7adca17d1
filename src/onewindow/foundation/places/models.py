"""Where things happen: a site, its halls, its windows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.foundation.places.states import SITE, WINDOW
from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.words import Words


class Site(Subject):
    """A service centre or a street/town centre. `code` is stable and readable; `region` is GB/T 2260."""

    machine = SITE
    code = models.CharField(max_length=32, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    region = models.CharField(max_length=12)
    address_zh = models.CharField(max_length=120)
    address_en = models.CharField(max_length=160)

    class Meta:
        db_table = "places_site"
        constraints: ClassVar = [Subject.state_constraint(SITE)]

    @property
    def words(self) -> Words:
        return Words(self.name_zh, self.name_en)


class Hall(models.Model):
    """One of a site's halls; `code` is the letter people see (A, B …)."""

    place = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="halls")
    code = models.CharField(max_length=4)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)

    class Meta:
        db_table = "places_hall"
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "code"], name="places_hall_code_once")]

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
