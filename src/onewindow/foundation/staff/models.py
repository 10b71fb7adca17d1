"""Departments, the people who work here, and whose act a clerk may perform."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.crypto import salted_hmac

from onewindow.foundation.staff.states import AUTHORISATION, DEPARTMENT, STAFF
from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.words import Words


class Department(Subject):
    """A department with an approval section in the centre. Vouchers bear its special seal (art 32)."""

    machine = DEPARTMENT
    code = models.CharField(max_length=64, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18, unique=True)
    section_zh = models.CharField(max_length=80)
    section_en = models.CharField(max_length=120)
    seal = models.CharField(max_length=80)

    class Meta:
        db_table = "staff_department"
        constraints: ClassVar = [Subject.state_constraint(DEPARTMENT)]

    @property
    def words(self) -> Words:
        return Words(self.name_zh, self.name_en)


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, username: str | None) -> Staff:
        return self.get(username=username)


class Staff(Subject, AbstractBaseUser):
    """An account of somebody who works at the centre. There is no account that may do everything.

    `password_is_initial`: it was given out by an administrator and is changed before anything else. `era` counts how often
    everybody signed in to the account was sent away. `reason` is the code of why it was suspended or reinstated last.
    """

    machine = STAFF
    last_login = None
    username = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=20))
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="staff")
    password_is_initial = models.BooleanField(default=False)
    signed_in_at = models.DateTimeField(null=True)
    era = models.IntegerField(default=0)
    reason = models.CharField(max_length=16, blank=True, default="")

    objects = StaffManager()
    USERNAME_FIELD = "username"

    class Meta:
        db_table = "staff_staff"
        constraints: ClassVar = [
            Subject.state_constraint(STAFF),
            models.CheckConstraint(
                condition=~models.Q(roles__contains=["approver"]) | models.Q(department__isnull=False), name="staff_approver_has_department"
            ),
        ]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is bound to: the password, and the era, so that a suspension ends every session for good."""
        return salted_hmac("onewindow.staff.session", f"{self.password}|{self.era}", secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.state == "active"

    @property
    def words(self) -> Words:
        return Words(self.name_zh, self.name_en)


class Authorisation(Subject):
    """A department lets the centre's clerks act in its name: for which items, how far, how long.

    `items` empty means all of the department's items, `clerks` (usernames) empty all of the centre's;
    `scopes` ⊆ {receive, accept} (收件, 受理); the last day is included. `seal` is the special seal the vouchers bear.
    """

    machine = AUTHORISATION
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="authorisations")
    items = ArrayField(models.CharField(max_length=64))
    clerks = ArrayField(models.CharField(max_length=40))
    scopes = ArrayField(models.CharField(max_length=10))
    valid_from = models.DateField()
    valid_until = models.DateField()
    seal = models.CharField(max_length=80)

    class Meta:
        db_table = "staff_authorisation"
        constraints: ClassVar = [
            Subject.state_constraint(AUTHORISATION),
            models.CheckConstraint(condition=models.Q(valid_until__gte=models.F("valid_from")), name="staff_authorisation_span"),
        ]
