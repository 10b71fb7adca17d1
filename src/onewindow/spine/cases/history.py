"""What happened to cases, in order: their own moves, with what each was about, and documents given out again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.words import Words
from onewindow.law.exclusions import KINDS
from onewindow.spine.cases.models import Case, Reissue
from onewindow.spine.cases.papers import chinese_date, english_date
from onewindow.spine.cases.queries import timeline


@dataclass(frozen=True)
class Step:
    """One thing that happened: a move of the case, or a document of it given out again (`verb` is then ``reissue``).

    `really` is when it happened, if it was entered only after an outage.
    """

    words: Words
    at: datetime
    verb: str
    really: datetime | None = None


def histories_of(cases: Sequence[Case]) -> dict[int, list[Step]]:
    """Every step of each case, oldest first, by the case's key."""
    by_key = {case.pk: case for case in cases}
    found: dict[int, list[Step]] = defaultdict(list)
    for entry in timeline(by_key):
        case = by_key[entry.subject_id]
        really = case.paper_at if entry.verb == "receive" else None
        found[case.pk].append(Step(_words(case, entry), entry.at, entry.verb, really))
    for again in _reissues_of(by_key):
        document = again.document
        words = Words(
            f"补发{document.words.zh}（第 {again.n} 次，{again.reason_words.zh}）",
            f"{document.words.en} given out again (no. {again.n}, {again.reason_words.en})",
        )
        found[document.case_id].append(Step(words, again.began_at, "reissue"))
    return {key: sorted(steps, key=lambda step: step.at) for key, steps in found.items()}


def _reissues_of(case_ids: Iterable[int]) -> Iterable[Reissue]:
    return Reissue.objects.select_related("document").filter(document__case_id__in=list(case_ids)).order_by("id")


def _words(case: Case, entry: Entry) -> Words:
    """The verb as this case's law says it; for a special procedure also which, and how long."""
    facts: Mapping[str, object] = entry.facts
    kind = KINDS.get(str(facts.get("kind", "")))
    if entry.verb == "suspend" and kind is not None:
        until = date.fromisoformat(str(facts["until"]))
        return Words(
            f"开始{kind.zh}，预计到{chinese_date(until)}，这段时间不计入期限",
            f"{kind.en[:1].upper()}{kind.en[1:]} begun, expected until {english_date(until)}; its time is not counted",
        )
    if entry.verb == "resume" and kind is not None:
        days = facts["days"]
        return Words(f"{kind.zh}结束，{days} 天不计入期限", f"{kind.en[:1].upper()}{kind.en[1:]} ended; {days} day(s) are not counted")
    return case.verb_words(entry.verb)
