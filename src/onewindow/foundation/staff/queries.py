"""What can be asked about staff and authorisations."""

from __future__ import annotations

from datetime import date

from onewindow.foundation.staff.models import Authorisation, Department, Staff
from onewindow.foundation.staff.roles import ROLES, permissions_of
from onewindow.kernel.errors import NotAuthorised, NotFound
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words

SCOPES = {"receive": Words("收件", "receive"), "accept": Words("受理", "accept")}


def actor_of(staff: Staff) -> Actor:
    """The actor a signed-in member of staff acts as."""
    department = ""
    if staff.department_id is not None:
        department = Department.objects.values_list("code", flat=True).get(pk=staff.department_id)
    return Actor("staff", str(staff.pk), permissions_of(staff.roles), staff.site, department)


def department(code: str) -> Department:
    try:
        return Department.objects.get(code=code)
    except Department.DoesNotExist:
        raise NotFound from None


def authorisation_for(by: Actor, department_id: int, item: str, item_name: str, scope: str, on: date) -> Authorisation:
    """The record under which this clerk may do `scope` for `item`; `NotAuthorised` if there is none on that day."""
    clerk = Staff.objects.values_list("username", flat=True).get(pk=int(by.id))
    records = Authorisation.objects.select_related("department").filter(department_id=department_id, state="valid")
    for record in records.order_by("id"):
        if record.covers(clerk, item, scope, on):
            return record
    name = Department.objects.get(pk=department_id).name_zh
    raise NotAuthorised(department=name, item=item_name, scope=SCOPES[scope].zh)


def role_words(staff: Staff) -> list[Words]:
    return [ROLES[role].words for role in staff.roles]
