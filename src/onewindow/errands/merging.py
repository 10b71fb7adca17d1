"""Two records of one person or company become one, and apart again: with what was filed and who is being served looked at first."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from onewindow.foundation.people import actions as people
from onewindow.foundation.people.models import Party
from onewindow.foundation.people.policies import MERGE
from onewindow.foundation.people.queries import both_locked
from onewindow.kernel.errors import CannotMerge, WrongState
from onewindow.kernel.permissions import Actor
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.models import Visit
from onewindow.stages.queueing.queries import holds_a_ticket


@transaction.atomic
def merge(*, by: Actor, duplicate: Party, remaining: Party, reason: str) -> None:
    """Merge a duplicate into the record that remains, while neither is being served. Raises what `people.actions.merge` does."""
    by.require(MERGE)
    both_locked(duplicate.pk, remaining.pk)  # from here on nothing is filed with either
    for party in (duplicate, remaining):
        served = Visit.objects.filter(_of(party.pk) | Q(claim_id=party.pk), state="open").exists()
        if served or holds_a_ticket(party.pk):
            raise CannotMerge(why_zh="正在大厅等候或办理，办完以后再合并", why_en="somebody is waiting or being served under it just now; merge when they are done")
    people.merge(by=by, duplicate_id=duplicate.pk, remaining_id=remaining.pk, reason=reason)


@transaction.atomic
def split(*, by: Actor, party: Party) -> None:
    """Undo a merge, as long as nothing was filed since: whose that is nobody could tell. Raises `CannotMerge`, `WrongState`."""
    by.require(MERGE)
    if party.merged_into_id is None:
        raise WrongState(state=party.state_words, verb=party.machine.moves["split"].words)
    since = both_locked(party.pk, party.merged_into_id)[party.pk].moved_at
    filed = Q(began_at__gt=since) & _of(party.merged_into_id)
    if Case.objects.filter(filed).exists() or Visit.objects.filter(filed).exists():
        raise CannotMerge(why_zh="合并以后又办过事，分不清是哪一份的", why_en="something was filed since the merge, and whose it is cannot be told")
    people.split(by=by, party_id=party.pk)


def _of(party_id: int) -> Q:
    return Q(applicant_id=party_id) | Q(agent_id=party_id)
