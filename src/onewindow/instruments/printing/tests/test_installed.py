"""The printers of the settings: chosen, or refused in words before anything starts."""

from __future__ import annotations

from typing import Any

import pytest

from onewindow.instruments.printing.installed import check, page_printer, roll_printer
from onewindow.kernel.errors import CannotStart


@pytest.mark.parametrize(
    ("demonstration", "named", "is_"),
    [(True, "virtual", "virtual"), (True, "none", "none"), (False, "none", "none"), (False, "ipp://10.0.0.9/ipp/print", "ipp"), (True, "ipps://p/x", "ipp")],
)
def test_the_settings_name_the_printer(settings: Any, demonstration: bool, named: str, is_: str) -> None:
    settings.DEMONSTRATION, settings.PRINTER, settings.TICKET_PRINTER = demonstration, named, "none"
    assert (page_printer().name, roll_printer().name) == (is_, "none")
    settings.PRINTER, settings.TICKET_PRINTER = "none", named
    assert (page_printer().name, roll_printer().name) == ("none", is_)
    check()


def test_a_demonstration_prints_into_the_tray_and_a_real_centre_nowhere_until_told() -> None:
    from django.conf import settings

    assert settings.PRINTER == settings.TICKET_PRINTER == ("virtual" if settings.DEMONSTRATION else "none")


@pytest.mark.parametrize(
    ("changed", "setting"),
    [
        ({"PRINTER": "laser"}, "ONEWINDOW_PRINTER"), ({"TICKET_PRINTER": "http://p/"}, "ONEWINDOW_TICKET_PRINTER"),
        ({"PRINTER": "ipp:///x"}, "ONEWINDOW_PRINTER"), ({"DEMONSTRATION": False, "PRINTER": "virtual"}, "ONEWINDOW_PRINTER"),
        ({"PRINTER": "ipp://p/", "PRINTER_TIMEOUT": "soon"}, "ONEWINDOW_PRINTER_TIMEOUT"),
        ({"PRINTER": "ipp://p/", "PRINTER_TIMEOUT": "nan"}, "ONEWINDOW_PRINTER_TIMEOUT"),
        ({"PRINTER": "ipps://p/", "PRINTER_CA": "/nowhere/certificates"}, "ONEWINDOW_PRINTER_CA"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_told_by_its_name_before_anything_starts(settings: Any, changed: dict[str, Any], setting: str) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    with pytest.raises(CannotStart, match=f"{setting} cannot be used") as told:
        check()
    assert setting in told.value.message("zh-hans")
