"""What the demonstration's people bring: forms that agree with who they are."""

from __future__ import annotations

from onewindow.config.town.errands_of_callers import brought
from onewindow.config.town.plans import Want
from onewindow.errands.tests.scene import opening


def test_the_day_of_birth_on_a_form_is_that_of_the_identity_number(db: None) -> None:
    with opening():
        form = brought(Want("residence-permit", ""), {"applicant.id-number": "440524188001010014"}).form
        unknown = brought(Want("residence-permit", ""), {}).form
    assert form["born"] == "1880-01-01"
    assert unknown["born"] == "2026-03-08"  # nothing is known of the person: as any past date
