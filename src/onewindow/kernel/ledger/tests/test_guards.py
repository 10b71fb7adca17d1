"""The auditor looks at the guards too: what is missing, disabled or other than it should be is named with its table."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps

from onewindow.foundation.people.models import Party
from onewindow.kernel.ledger.guards import TRIGGERS, put_in_place
from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.ledger.tests.lives import audit, findings, party

Owner = Callable[..., object]
pytestmark = pytest.mark.usefixtures("fresh_database")


def test_every_guard_of_every_subject_is_looked_at() -> None:
    subjects = [model for model in apps.get_models() if issubclass(model, Subject)]
    report = audit()
    assert report.findings == []
    assert report.guards == len(subjects) * len(TRIGGERS) > 30


@pytest.mark.parametrize("trigger", sorted(TRIGGERS))
def test_a_disabled_or_missing_trigger_is_named(trigger: str, as_owner: Owner) -> None:
    for how in ("DISABLE", "ENABLE REPLICA"):
        as_owner(f"ALTER TABLE people_party {how} TRIGGER {trigger}")
        assert findings() == [("guard-disabled", f"people_party.{trigger}")], how
    as_owner(f"ALTER TABLE people_party ENABLE ALWAYS TRIGGER {trigger}")
    assert findings() == []
    as_owner(f"DROP TRIGGER {trigger} ON people_party")
    assert findings() == [("guard-missing", f"people_party.{trigger}")]


def test_looking_mends_nothing(as_owner: Owner) -> None:
    as_owner("ALTER TABLE people_party DISABLE TRIGGER ledger_keep")
    assert findings() == findings() == [("guard-disabled", "people_party.ledger_keep")]
    kept = party()
    as_owner("DELETE FROM people_party WHERE id = %s", kept.pk)
    assert not Party.objects.filter(pk=kept.pk).exists()


def test_a_trigger_that_guards_less_is_named(as_owner: Owner) -> None:
    as_owner(
        "CREATE OR REPLACE TRIGGER ledger_guard_move AFTER UPDATE OF state ON people_party FOR EACH ROW EXECUTE FUNCTION ledger_guard('party')"
    )
    assert findings() == [("guard-changed", "people_party.ledger_guard_move")]
    as_owner(
        "CREATE OR REPLACE TRIGGER ledger_guard_move AFTER UPDATE OF state, moves, head ON people_party FOR EACH ROW "
        "WHEN (false) EXECUTE FUNCTION ledger_guard('party')"
    )
    assert findings() == [("guard-changed", "people_party.ledger_guard_move")]


def test_a_guarding_function_that_looks_away_is_named(as_owner: Owner) -> None:
    as_owner("CREATE OR REPLACE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$")
    assert findings() == [("guard-changed", "ledger_keep()")]


@pytest.mark.parametrize(
    ("granted", "place"),
    [
        ("UPDATE ON ledger_entry", "ledger_entry:UPDATE"),
        ("UPDATE (facts) ON ledger_entry", "ledger_entry:UPDATE"),
        ("DELETE ON cases_document", "cases_document:DELETE"),
        ("TRUNCATE ON ledger_seal", "ledger_seal:TRUNCATE"),
    ],
)
def test_a_right_to_rewrite_what_is_only_appended_to_is_named(granted: str, place: str, as_owner: Owner) -> None:
    as_owner(f"GRANT {granted} TO onewindow_app")
    assert findings() == [("guard-open", place)]


def test_putting_the_guards_in_place_again_mends_them(as_owner: Owner, monkeypatch: pytest.MonkeyPatch, cluster: object) -> None:
    from django.db import connections

    as_owner("ALTER TABLE people_party DISABLE TRIGGER ledger_keep")
    as_owner("DROP TRIGGER ledger_guard_move ON places_site")
    name = connections["default"].settings_dict["NAME"]
    owner = connections["default"].copy("owner")
    owner.settings_dict["USER"] = "onewindow_owner"
    monkeypatch.setattr("onewindow.kernel.ledger.guards.connections", {"default": owner})
    assert name == owner.settings_dict["NAME"]
    put_in_place()
    owner.close()
    assert findings() == []
