"""The licensing law speaks of permits only; everything else is told in the name of its own law."""

from __future__ import annotations

import pytest

from onewindow.law.packs import OTHERS, PERMITS, of_law, pack_of


@pytest.mark.parametrize("item_type", ["02", "05", "07", "08", "09", "10", "20"])
def test_only_permits_are_governed_by_the_licensing_law(item_type: str) -> None:
    assert (pack_of("01"), pack_of(item_type)) == (PERMITS, OTHERS)


def test_silence_accepts_a_permit_s_application_only() -> None:
    assert (PERMITS.silence_accepts, OTHERS.silence_accepts) == (True, False)


def test_no_other_pack_names_the_licensing_law_and_every_sentence_names_the_item_s_own() -> None:
    for words in (OTHERS.accepted, OTHERS.to_correct, OTHERS.granted, OTHERS.denied):
        said = of_law(words, "居住证暂行条例(2015-11-26)")
        assert "行政许可" not in said.zh and "Licensing" not in said.en
        assert "《居住证暂行条例》" in said.zh and "《居住证暂行条例》" in said.en
