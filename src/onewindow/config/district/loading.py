"""Loads a district through the same actions everybody uses; what stands already is left as it is."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from onewindow.config.district.authorising import authorisations
from onewindow.config.district.changes import Change
from onewindow.config.district.listing import listed
from onewindow.config.district.placing import history, opening, places
from onewindow.config.district.standing import obstacles
from onewindow.foundation.catalogue.actions import publish
from onewindow.foundation.catalogue.bundles.actions import publish_bundle
from onewindow.foundation.catalogue.definition import District, DistrictWrong
from onewindow.foundation.catalogue.definition.parts import Text
from onewindow.foundation.catalogue.models import BundleVersion, ItemVersion
from onewindow.foundation.catalogue.policies import KEEP_REGISTER, PUBLISH
from onewindow.foundation.people.actions import appoint_agent, register
from onewindow.foundation.people.models import Party
from onewindow.foundation.people.policies import REGISTER
from onewindow.foundation.places.policies import ESTABLISH
from onewindow.foundation.places.queries import sites
from onewindow.foundation.staff.actions import appoint, enter_department
from onewindow.foundation.staff.models import Department, Staff
from onewindow.foundation.staff.policies import APPOINT, AUTHORISE
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words

# What loading a district asks of whoever does it.
NEEDED = (ESTABLISH, APPOINT, AUTHORISE, PUBLISH, KEEP_REGISTER, REGISTER)


@transaction.atomic
def load(district: District, *, by: Actor, rehearse: bool = False) -> list[Change]:
    """Bring in what is new, all or nothing; what was done, in order. Rehearsed, everything is undone again.

    A changed item becomes its next version. Authorisations of the district's site that the folder no longer
    has are withdrawn; accounts, items and entries of the register that it no longer has are kept and named. Raises `DistrictWrong`
    with everything that stands otherwise and cannot be changed.
    """
    with connection.cursor() as cursor:  # two loads at once: one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('onewindow.district'))")
    if wrong := list(obstacles(district)):
        raise DistrictWrong(wrong)
    steps = (places, opening, _departments, history, _staff, authorisations, _items, _bundles, listed)
    fresh = not sites().filter(code=_home(district)).exists()
    done = [change for step in steps for change in step(district, by)]
    if fresh:
        _applicants(district, by)
    transaction.set_rollback(rehearse)
    return done


def _home(district: District) -> str:
    """The site that everything of the district belongs to."""
    return district.places[0].code


def _words(text: Text) -> Words:
    return Words(text.zh, text.en)


def _departments(district: District, by: Actor) -> Iterator[Change]:
    known = set(Department.objects.values_list("code", flat=True))
    for entry in district.departments:
        if entry.code not in known:
            enter_department(
                by=by, site=_home(district), code=entry.code, name=_words(entry.name), credit_code=entry.credit_code,
                section=_words(entry.section), seal=entry.approval_seal,
            )  # fmt: skip
            yield Change("added", Words(f"部门 {entry.code}", f"department {entry.code}"))


def _staff(district: District, by: Actor) -> Iterator[Change]:
    """New accounts; one without a password cannot sign in until it is given one."""
    departments = {department.code: department for department in Department.objects.all()}
    known = set(Staff.objects.values_list("username", flat=True))
    shared = make_password(district.password) if district.password else None  # a demonstration's: one for all
    for account in district.staff:
        if account.username not in known:
            appoint(
                by=by, site=_home(district), username=account.username, name=_words(account.name), roles=list(account.roles),
                department=departments[account.department] if account.department else None,
                password_hash=shared or make_password(None),
            )  # fmt: skip
            yield Change("added", Words(f"账号 {account.username}", f"account {account.username}"))
    named = {account.username for account in district.staff}
    for left in Staff.objects.filter(site=_home(district), state="active").exclude(username__in=named).order_by("username"):
        yield Change("kept", Words(f"账号 {left.username}（文件中没有）", f"account {left.username} (not in the folder)"))


def _items(district: District, by: Actor) -> Iterator[Change]:
    home = _home(district)
    before = dict(ItemVersion.objects.filter(state="published").values_list("code", "pk"))
    for item in district.items:
        version = publish(by=by, site=home, definition=item)
        if before.get(item.code) != version.pk:
            said = Words(f"事项 {item.code} 第 {version.version} 版", f"item {item.code} version {version.version}")
            yield Change("renewed" if item.code in before else "added", said)
    named = {item.code for item in district.items}
    for left in ItemVersion.objects.filter(site=home, state="published").exclude(code__in=named).order_by("code"):
        yield Change("kept", Words(f"事项 {left.code}（文件中没有）", f"item {left.code} (not in the folder)"))


def _bundles(district: District, by: Actor) -> Iterator[Change]:
    before = dict(BundleVersion.objects.filter(state="published").values_list("code", "pk"))
    for bundle in district.bundles:
        version = publish_bundle(by=by, site=_home(district), bundle=bundle)
        if before.get(bundle.code) != version.pk:
            said = Words(f"一件事 {bundle.code} 第 {version.version} 版", f"bundle {bundle.code} version {version.version}")
            yield Change("renewed" if bundle.code in before else "added", said)
    named = {bundle.code for bundle in district.bundles}
    for left in BundleVersion.objects.filter(site=_home(district), state="published").exclude(code__in=named).order_by("code"):
        yield Change("kept", Words(f"一件事 {left.code}（文件中没有）", f"bundle {left.code} (not in the folder)"))


def _applicants(district: District, by: Actor) -> None:
    """Of a demonstration only: a real district's folder has none."""
    home = _home(district)
    parties: dict[str, Party] = {}
    for person in district.persons:
        parties[person.code] = register(
            by=by, site=home, kind="person", name=person.name.zh, number=person.id_number, phone=person.phone
        )
    for company in district.companies:
        parties[company.code] = register(
            by=by, site=home, kind="company", name=company.name.zh, number=company.credit_code, phone=company.phone
        )
    for agent in district.agents:
        appoint_agent(
            by=by, site=home, principal_id=parties[agent.company].pk, agent_id=parties[agent.person].pk,
            valid_until=agent.valid_until,
        )  # fmt: skip
