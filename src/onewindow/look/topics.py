"""Signed topic tokens: a page may listen to exactly the topics it was given, for a minute's time to connect.

The streams process shares the secret and nothing else with the web process: no cookie, no session.
"""

from __future__ import annotations

from django.core import signing

SALT = "onewindow.live"
LIFETIME_S = 60


def token_for(topics: list[str]) -> str:
    """A token that opens a stream of these topics within the next minute."""
    return signing.dumps(topics, salt=SALT)


def topics_of(token: str) -> list[str]:
    """The topics of a token; raises `signing.BadSignature` for one forged or too old."""
    topics: list[str] = signing.loads(token, salt=SALT, max_age=LIFETIME_S)
    return topics
