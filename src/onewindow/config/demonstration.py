"""Loads the demonstration district into an empty installation, through the same actions everybody uses."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from onewindow.foundation.catalogue.actions import publish
from onewindow.foundation.catalogue.definition import demo_folder, load_district
from onewindow.foundation.catalogue.definition.district import District
from onewindow.foundation.catalogue.definition.model import Text
from onewindow.foundation.catalogue.policies import PUBLISH
from onewindow.foundation.people.actions import appoint_agent, register
from onewindow.foundation.people.models import Party
from onewindow.foundation.people.policies import REGISTER
from onewindow.foundation.places.actions import establish_site
from onewindow.foundation.places.policies import ESTABLISH
from onewindow.foundation.places.queries import sites
from onewindow.foundation.staff.actions import appoint, authorise, enter_department
from onewindow.foundation.staff.models import Department
from onewindow.foundation.staff.policies import APPOINT, AUTHORISE
from onewindow.kernel.permissions import system
from onewindow.kernel.words import Words

BY = system("demonstration", [ESTABLISH, APPOINT, AUTHORISE, PUBLISH, REGISTER])


def load_if_empty(folder: Path | None = None) -> bool:
    """Load the demonstration unless it is off or a site exists already; whether it was loaded."""
    if not settings.DEMONSTRATION or sites().exists():
        return False
    district = load_district(folder or demo_folder())
    with transaction.atomic():
        _places(district)
        departments = _departments(district)
        _staff(district, departments)
        _authorisations(district, departments)
        _applicants(district)
        for item in district.items:
            publish(by=BY, site=_home(district), definition=item)
    return True


def _home(district: District) -> str:
    """The site everything of the demonstration belongs to."""
    return district.places[0].code


def _words(text: Text) -> Words:
    return Words(text.zh, text.en)


def _places(district: District) -> None:
    for place in district.places:
        halls = [
            (hall.code, _words(hall.name), [(code, n) for n, code in enumerate(hall.window_codes, 1)])
            for hall in place.halls
        ]
        establish_site(
            by=BY, code=place.code, name=_words(place.name), region=place.region, address=_words(place.address), halls=halls
        )


def _departments(district: District) -> dict[str, Department]:
    return {
        entry.code: enter_department(
            by=BY, site=_home(district), code=entry.code, name=_words(entry.name), credit_code=entry.credit_code,
            section=_words(entry.section), seal=entry.approval_seal,
        )
        for entry in district.departments
    }  # fmt: skip


def _staff(district: District, departments: dict[str, Department]) -> None:
    password_hash = make_password(district.password)  # one for all: it is printed on the page of accounts anyway
    for account in district.staff:
        appoint(
            by=BY, site=_home(district), username=account.username, name=_words(account.name), roles=list(account.roles),
            department=departments[account.department] if account.department else None, password_hash=password_hash,
        )  # fmt: skip


def _authorisations(district: District, departments: dict[str, Department]) -> None:
    for record in district.authorisations:
        authorise(
            by=BY, site=_home(district), department=departments[record.department],
            items=[item for item in record.items if item != "*"],
            clerks=[clerk for clerk in record.clerks if clerk != "*"], scopes=list(record.scopes),
            valid_from=record.valid_from, valid_until=record.valid_until, seal=record.seal,
        )  # fmt: skip


def _applicants(district: District) -> None:
    home = _home(district)
    parties: dict[str, Party] = {}
    for person in district.persons:
        parties[person.code] = register(
            by=BY, site=home, kind="person", name=person.name.zh, number=person.id_number, phone=person.phone
        )
    for company in district.companies:
        parties[company.code] = register(
            by=BY, site=home, kind="company", name=company.name.zh, number=company.credit_code, phone=company.phone
        )
    for agent in district.agents:
        appoint_agent(
            by=BY, site=home, principal_id=parties[agent.company].pk, agent_id=parties[agent.person].pk,
            valid_until=agent.valid_until,
        )  # fmt: skip
