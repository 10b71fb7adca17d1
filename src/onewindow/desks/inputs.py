"""Reading what a form sent."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, QueryDict

from onewindow.kernel.errors import StateConflict


def nonce(request: HttpRequest) -> UUID:
    """The form's own mark, made when the page was shown: the same form sent twice is one wish."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        raise StateConflict from None


def same(request: HttpRequest, name: str, uuid: UUID) -> None:
    """Refuse a form that was shown for somebody else, or says for nobody: a tab left open must not act on the next visitor."""
    if request.POST.get(name, "") != str(uuid):
        raise StateConflict


def named(request: HttpRequest, prefix: str) -> dict[str, str]:
    """Fields called ``prefix.name``, by name."""
    return prefixed(request.POST, prefix)


def prefixed(sent: QueryDict, prefix: str) -> dict[str, str]:
    """What was sent as ``prefix.name``, by name."""
    start = f"{prefix}."
    return {key.removeprefix(start): str(value) for key, value in sent.items() if key.startswith(start)}


def answered(request: HttpRequest) -> dict[str, list[str]]:
    """The situation's answers: fields called ``answers.question``, each with every answer chosen."""
    return {
        key.removeprefix("answers."): [value for value in request.POST.getlist(key) if value]
        for key in request.POST
        if key.startswith("answers.")
    }
