"""How every desk asks for an evaluation: one question with five answers, and only after a bad one why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from onewindow.kernel.errors import InvalidInput
from onewindow.oversight.evaluation.rules import LEVELS, LONGEST, REASONS, Channel, Said


def said_in(request: HttpRequest, *, reachable: bool) -> Said:
    """What the form says. Nobody is called who cannot be, whatever was sent."""
    sent = request.POST
    return Said(
        sent.get("level", ""), frozenset(sent.getlist("reason")), sent.get("text", ""), reachable and sent.get("contact") == "yes"
    )


def wants_why(request: HttpRequest, said: Said) -> bool:
    """Whether the level alone was pressed, and it is a bad one: then the reasons are asked for before anything is kept."""
    return said.bad and request.POST.get("asked") != "why"


def question(channel: Channel, *, reachable: bool, said: Said | None = None, refusal: InvalidInput | None = None) -> dict[str, Any]:
    """What the templates `look/levels.html` and `look/why.html` show; `said` once a level was pressed."""
    return {
        "levels": LEVELS, "reasons": REASONS[channel], "reachable": reachable, "said": said, "longest": LONGEST,
        "level": LEVELS.get(said.level) if said else None, "sentence": refusal.message(get_language() or "zh-hans") if refusal else "",
    }  # fmt: skip
