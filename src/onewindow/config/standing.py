"""What an installation has so far: told by `onewindow up` when it starts."""

from __future__ import annotations

from typing import Any

from onewindow.config.accounts import has_password
from onewindow.foundation.places.queries import halls, sites
from onewindow.foundation.staff.models import Staff


def standing() -> dict[str, Any]:
    """The halls as ``site/hall``, and how many active accounts cannot sign in for want of a password."""
    return {
        "halls": [f"{site.code}/{hall.code}" for site in sites() for hall in halls(site.code)],
        "without_password": sum(not has_password(account) for account in Staff.objects.filter(state="active")),
    }
