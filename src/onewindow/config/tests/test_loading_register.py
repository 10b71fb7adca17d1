"""The register and the places of a district's folder: listed once, then made what the folder says."""

from __future__ import annotations

from pathlib import Path

from onewindow.config.tests.conftest import BY
from onewindow.config.tests.real import swap
from onewindow.config.tests.test_loading import obstacles, run
from onewindow.errands.tests.scene import SITE, everything, newest, refused, rows_written
from onewindow.foundation.catalogue.policies import KEEP_REGISTER
from onewindow.foundation.catalogue.register.actions import move_out
from onewindow.foundation.catalogue.register.queries import Share, counts, entry, entry_rate, register
from onewindow.foundation.places.queries import former_windows, home_site, site, sites
from onewindow.kernel.errors import NotPermitted
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.permissions import Actor

STREET = 'code = "310104003"'


def lines(folder: Path) -> list[str]:
    return (folder / "register.csv").read_text().splitlines()


def approval(folder: Path) -> tuple[str, str]:
    """A stub that is an approval item in the centre: its line and its code."""
    line = next(line for line in lines(folder) if ",01,market,company,1," in line and line.endswith(","))
    return line, line.split(",")[0]


def test_each_entry_has_a_ledger_row_of_its_own(db: None) -> None:
    rows = Entry.objects.filter(subject_kind="register-entry", verb="list")
    assert rows.count() == counts().entries
    assert set(rows.values_list("site", flat=True)) == {SITE}


def test_a_new_line_is_listed_and_a_changed_one_amended(loaded: Path) -> None:
    line, code = approval(loaded)
    swap(loaded / "register.csv", line, line.replace(",01,market,", ",20,health,") + "\nX-1,新事项,01,market,company,,,,,\nX-2,新事项,01,market,company,1,,,,")
    with rows_written() as rows:
        assert run(loaded) == ["added register: 2 items", f"renewed register entry {code}"]
    assert rows == ["register-entry.list", "register-entry.list", "register-entry.amend"]
    assert (entry(code).item_type, entry(code).department.code) == ("20", "health")
    assert entry_rate() == Share(369, 376)
    assert run(loaded) == []


def test_a_line_that_says_otherwise_moves_the_item(loaded: Path) -> None:
    line, code = approval(loaded)
    swap(loaded / "register.csv", line, line.replace(",company,1,", ",company,,"))
    with rows_written() as rows:
        assert run(loaded) == [f"renewed register entry {code}"]
    assert rows == ["register-entry.move-out"] and entry_rate() == Share(368, 375)


def test_an_item_moved_by_hand_is_where_the_folder_says_after_the_next_load(loaded: Path) -> None:
    _, code = approval(loaded)
    move_out(by=BY, entry_id=entry(code).pk)
    assert entry_rate() == Share(368, 375)
    assert run(loaded) == [f"renewed register entry {code}"]
    assert entry_rate() == Share(369, 375) and newest(entry(code)).verb == "move-in"


def test_a_line_that_is_gone_is_kept_and_named_and_no_register_says_nothing(loaded: Path) -> None:
    line, code = approval(loaded)
    swap(loaded / "register.csv", f"{line}\n", "")
    before = everything()
    assert run(loaded) == [f"kept register entry {code} (not in the folder)"]
    (loaded / "register.csv").unlink()
    assert run(loaded) == []
    assert everything() == before and register().filter(code=code).exists()


def test_a_street_is_renamed_and_a_new_one_set_up(loaded: Path) -> None:
    swap(loaded / "places.toml", "天平路街道社区事务", "天平社区事务")
    swap(loaded / "places.toml", f"[[communities]]\n{STREET}", f'[[communities]]\ncode = "310104099"\nname = {{ zh = "新", en = "New" }}\n\n[[communities]]\n{STREET}')
    with rows_written() as rows:
        assert sorted(run(loaded)) == ["added site 310104099", "renewed site 310104003"]
    assert sorted(rows) == ["site.amend", "site.establish"]
    assert len(sites("community")) == 14 and site("310104003").name_zh.startswith("天平社区")
    home = home_site()
    assert home is not None and home.code == SITE
    assert run(loaded) == []


def test_former_windows_are_corrected(loaded: Path) -> None:
    swap(loaded / "places.toml", "\nmarket = 12\n", "\nmarket = 13\n")
    with rows_written() as rows:
        assert run(loaded) == ["renewed site demo-centre: its former windows"]
    assert (rows, sum(former_windows(SITE).values())) == (["site.recount"], 84)
    assert run(loaded) == []


def test_a_hall_that_stands_otherwise_is_told(loaded: Path) -> None:
    swap(loaded / "places.toml", "workstations = 24", "workstations = 30")
    assert obstacles(loaded) == [("places.toml", "/places/demo-centre/halls", "stands-otherwise")]


def test_nobody_lists_without_permission(loaded: Path) -> None:
    path = loaded / "register.csv"
    path.write_text(path.read_text() + "X-1,新事项,01,market,company,,,,,\n")
    with refused(NotPermitted):
        run(loaded, by=Actor("operator", "uid-1000", BY.permissions - {KEEP_REGISTER.code}))
