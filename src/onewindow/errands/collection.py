"""The collection: one person takes everything that is ready for them, whichever departments made it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from onewindow.foundation.people.models import Party
from onewindow.kernel import clock
from onewindow.kernel.errors import FeesUnpaid
from onewindow.kernel.ledger.moving import moving
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case
from onewindow.stages.delivery.actions import hand_over
from onewindow.stages.delivery.models import Result
from onewindow.stages.payment.queries import unpaid


@transaction.atomic
def collect(*, by: Actor, results: Sequence[Result], collector: Party, tail: str) -> None:
    """Hand over several results together and close their cases: all of them, or none.

    Raises `InvalidInput` when the collector is not entitled to one of them or the number does not match, `FeesUnpaid` while what the law
    charges for a granted one is neither paid nor waived.
    """
    for result in results:
        _paid_for(result.case)
    for result in sorted(results, key=lambda r: r.case_id):
        hand_over(by=by, result_id=result.pk, collector=collector, tail=tail)
        with moving(Case, result.case_id, "close", by=by) as motion:
            motion.set(closed_on=clock.today())
            motion.record(result=result.pk)


def _paid_for(case: Case) -> None:
    """The result waits for the fee, the decision did not (行政许可法 arts 58, 59). Nobody pays to hear that they were denied."""
    if case.state == "granted" and (unpaid(case, "delivery") or unpaid(case, "decision")):
        raise FeesUnpaid(item=case.version.words, verb=Words("领取", "collect"))
