"""What the list shows of a case just now, read from its form; and whose case it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from onewindow.kernel.crypto import Erased
from onewindow.kernel.errors import InvalidInput, NotPermitted
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.papers import chinese_date
from onewindow.spine.cases.queries import form_of
from onewindow.spine.cases.rules import answer_texts
from onewindow.stages.publication.queries import secret_fields
from onewindow.stages.publication.rules import LONGEST, content_of, shown_name


def content_shown(case: Case, kind: str, licence: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of what was permitted; a form whose key was erased shows nothing of what it said."""
    definition = case.version.definition
    try:
        form = form_of(case)
    except Erased:
        return []
    until = licence.get("valid_until")
    assert case.decided_on is not None
    references = {f"form.{code}": str(value) for code, value in form.items()}
    references |= {f"answers.{code}": text for code, text in answer_texts(definition, case.answers).items()}
    references |= {
        "licence.number": str(licence.get("number", "")), "licence.valid-until": chinese_date(date.fromisoformat(until)) if until else "长期",
        "body.deciding": definition.deciding_body.zh, "body.acting": definition.acting_body.zh,
        "decision.date": chinese_date(case.decided_on), "applicant.name": shown_name(case.addressee, kind),
    }  # fmt: skip
    lines = content_of(definition, references, kind=kind, secret=secret_fields(case.pk))
    return [{"zh": line.zh, "en": line.en, "value": line.value, "hidden": line.hidden} for line in lines]


def hidden_lines(content: Iterable[dict[str, Any]]) -> int:
    """How many lines are masked."""
    return sum(1 for line in content if line["hidden"])


def own(case: Case | None, by: Actor) -> None:
    """Raise `NotPermitted` unless the case is one of the approver's own department."""
    if case is None or case.office.code != by.department:
        name = case.office if case is not None else None
        raise NotPermitted(permission=Words(f"办理{name.name_zh if name else ''}的许可", f"act on permits of {name.name_en if name else ''}"))


def stated(text: str) -> str:
    """A reason, trimmed. Raises `InvalidInput` for none or one too long."""
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise InvalidInput(field=Words("理由", "reason"), reason_zh=f"请写明，最多 {LONGEST} 个字", reason_en=f"please say why, in at most {LONGEST} characters")
    return said
