"""A definition stands in its file in one way only."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from onewindow.foundation.catalogue.definition import demo_folder
from onewindow.foundation.catalogue.definition.writing import WIDEST, written

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=12), inner, max_size=5),
    max_leaves=40,
)


@given(_JSON)
def test_what_is_written_reads_back_and_is_written_alike(body: object) -> None:
    text = written(body)
    assert json.loads(text) == body
    assert written(json.loads(text)) == text


def test_a_long_list_stands_line_by_line_and_a_short_one_on_one() -> None:
    text = written({"short": [1, 2], "long": ["x" * 90, "y" * 90]})
    assert text == '{\n  "short": [1, 2],\n  "long": [\n    "' + "x" * 90 + '",\n    "' + "y" * 90 + '"\n  ]\n}\n'
    assert max(map(len, text.splitlines())) <= WIDEST


def test_every_item_of_the_demonstration_is_written_so() -> None:
    """`onewindow catalogue format` puts right what fails here."""
    for path in sorted((demo_folder() / "items").glob("*.json")):
        text = path.read_text(encoding="utf-8")
        assert written(json.loads(text)) == text, path.name
