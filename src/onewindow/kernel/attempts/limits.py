"""What may be guessed how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Limit:
    """So many failures in so long, counted from the first; `name` keeps the counts of different limits apart."""

    name: str
    most: int
    within: timedelta


# A whole hall or office may share one address: an address is allowed more than one account.
SIGN_IN_ACCOUNT = Limit("sign-in.account", 10, timedelta(minutes=15))
SIGN_IN_ADDRESS = Limit("sign-in.address", 60, timedelta(minutes=15))
QUERY_CODE_ADDRESS = Limit("query-code.address", 20, timedelta(minutes=10))
# Not a guess but paper: anybody who holds a ticket may have its slip printed again, a few times.
TICKET_SLIP = Limit("ticket.slip", 3, timedelta(hours=1))
