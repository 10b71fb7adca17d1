"""A real district's list of 1,135 items, with what is wrong in it: every row is accounted for."""

from __future__ import annotations

import json
from collections import Counter

from onewindow.errands.tests.scene import SITE, rows_written
from onewindow.foundation.catalogue.exchange.actions import bring_in
from onewindow.foundation.catalogue.exchange.outcomes import Wishes
from onewindow.foundation.catalogue.exchange.queries import entries
from onewindow.foundation.catalogue.exchange.tests.books import LIST, mapping, real_list, tried
from onewindow.foundation.catalogue.exchange.tests.test_importing import OPERATOR, planned


def test_the_real_list_has_every_row_accounted_for_where_nothing_stands() -> None:
    made = tried(LIST.read_bytes(), Wishes(mapping(), "company"))
    assert made.counts == {"created": 1135, "changed": 0, "unchanged": 0, "refused": 0} and made.good
    assert [outcome.place.row for outcome in made.outcomes] == list(range(2, 1137))
    named = Counter(one["name"] for one in real_list())
    twice = [name for name, times in named.items() if times > 1]
    assert [(note.rule, note.value) for outcome in made.outcomes for note in outcome.notes] == [("name-twice", name) for name in sorted(twice, key=_second)]
    assert len({outcome.code for outcome in made.outcomes}) == 1135
    as_found = tried(json.dumps(real_list()).encode(), Wishes(mapping(), "company"))  # an array of objects
    assert [(one.code, one.kind, one.place.row) for one in as_found.outcomes] == [(one.code, one.kind, one.place.row - 1) for one in made.outcomes]


def _second(name: str) -> int:
    return [number for number, one in enumerate(real_list()) if one["name"] == name][1]


def test_without_a_table_of_departments_every_row_is_refused_and_says_what_its_code_is() -> None:
    made = tried(LIST.read_bytes(), Wishes(serves="company"))
    assert made.counts == {"created": 0, "changed": 0, "unchanged": 0, "refused": 1135}
    said = {problem.why.zh for outcome in made.outcomes for problem in outcome.problems}
    assert "没有部门“083372204”（9 位组织机构代码）" in said and "没有部门“11736”" in said and len(said) == 39


def test_the_real_list_comes_in_beside_the_demonstration_s_register(db: None) -> None:
    before = {entry.code for entry in entries()}
    made = planned(LIST.read_bytes(), Wishes(mapping(), "company"))
    assert made.good and sum(made.counts.values()) == 1135
    listed = {one["item_code"] for one in real_list()}
    assert made.counts["created"] == len(listed - before)
    with rows_written() as rows:
        done = bring_in(by=OPERATOR, site=SITE, plan=made)
    assert (done.versions, done.entries) == (0, made.writes)
    assert Counter(rows) == {"register-entry.list": made.counts["created"], "register-entry.amend": made.counts["changed"]}
    assert {entry.code for entry in entries()} == before | listed
    again = planned(LIST.read_bytes(), Wishes(mapping(), "company"))
    assert again.counts == {"created": 0, "changed": 0, "unchanged": 1135, "refused": 0}
