"""The items an import is measured with are sound, and always the same."""

from __future__ import annotations

from onewindow.bench.importing import generated
from onewindow.foundation.catalogue.definition import demo_folder, digest
from onewindow.foundation.catalogue.definition.rules import faults


def test_every_item_that_is_measured_is_sound_and_one_of_its_own() -> None:
    n = 2 * len(list((demo_folder() / "items").glob("*.json")))
    items = list(generated(n))
    assert [(one.code, faults(one)) for one in items if faults(one)] == []
    assert len({one.implementation_code for one in items}) == len({one.code for one in items}) == n
    assert [digest(one) for one in generated(n)] == [digest(one) for one in items]
