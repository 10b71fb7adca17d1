"""The whole way of one thing at once, in a database that commits: the licence of one case reaches the others by relay and worker."""

from __future__ import annotations

import pytest

from onewindow.errands import sitting
from onewindow.errands.decision import decide
from onewindow.errands.tests.joint import FIRE, FOOD, LICENCE, SEWER, case_of, filed, joint
from onewindow.errands.tests.scene import at_once, in_order, relay_and_work, rows_written, seated, staff, times, verbs
from onewindow.errands.together import file_bundle
from onewindow.kernel import clock
from onewindow.kernel.ledger.tests.lives import audit, seal
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.queries import form_of
from onewindow.spine.together.models import Together

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_a_licence_reaches_the_other_cases_by_itself_and_once(morning: clock.Hand) -> None:
    clerk, visit = seated()
    group = filed(clerk, visit)
    licence = case_of(group, LICENCE)
    sitting.check_and(by=clerk, case_id=licence.pk, standings=in_order(licence), verb="accept")
    decide(by=staff("market01"), case_id=licence.pk, verb="grant", words="符合条件")
    assert relay_and_work().count("acceptance.bring_results") == 1
    for item in (FOOD, FIRE, SEWER):
        assert verbs(case_of(group, item)) == ["receive", "arrive"]
        assert form_of(case_of(group, item))["credit-code"].startswith("演示GT")
    with rows_written() as written:
        relay_and_work()
    assert written == []
    seal()
    assert audit().findings == []


def test_the_same_press_at_once_files_one(morning: clock.Hand) -> None:
    clerk, visit = seated()
    wanted = joint()
    outcomes = at_once(times(4, file_bundle, by=clerk, visit=visit, wanted=wanted))
    assert {outcome.pk for outcome in outcomes if isinstance(outcome, Together)} == {Together.objects.get().pk}
    assert len([outcome for outcome in outcomes if isinstance(outcome, Together)]) == 4, outcomes
    assert Case.objects.filter(visit=visit).count() == 4
