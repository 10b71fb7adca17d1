"""Who comes to the demonstration centre: invented parties with numbers that nobody can have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from onewindow.foundation.people.actions import appoint_agent, register
from onewindow.foundation.people.models import Party
from onewindow.kernel import clock
from onewindow.kernel.identifiers import DEMO_REGION, CreditCode, ResidentId
from onewindow.kernel.permissions import Actor

# Born in 1880, in a county that was never assigned, like the second sample of GB 11643: nobody living.
_FIRST_BIRTH = date(1880, 3, 1)
_CREDIT_SERIAL = 5_000  # clear of the departments' serials
_LASTING = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Caller:
    """One person who comes to the centre, for themselves or for a company they act for; `tail` is what they show."""

    person: Party
    company: Party | None
    tail: str


@transaction.atomic
def callers(*, by: Actor, site: str, companies: int, persons: int) -> list[Caller]:
    """The people of the demonstration, put on record where they are not yet: agents of companies first."""
    until = clock.today() + _LASTING
    found = []
    for n in range(companies + persons):
        number = ResidentId.generate(DEMO_REGION, _FIRST_BIRTH + timedelta(days=n // 900), 1 + n % 900).number
        phone = f"1200010{n:04d}"
        person = register(by=by, site=site, kind="person", name=f"演示访客{n + 1:03d}", number=number, phone=phone)
        company = None
        if n < companies:
            code = str(CreditCode.demo(_CREDIT_SERIAL + n))
            company = register(by=by, site=site, kind="company", name=f"演示企业{n + 1:03d}有限公司", number=code, phone=phone)
            appoint_agent(by=by, site=site, principal_id=company.pk, agent_id=person.pk, valid_until=until)
        found.append(Caller(person, company, number[-4:]))
    return found
