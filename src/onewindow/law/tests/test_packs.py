"""The licensing law speaks of permits only; everything else is told in the name of its own law, and in the words of its kind."""

from __future__ import annotations

import pytest

from onewindow.law.packs import BENEFITS, CONFIRMATIONS, FILINGS, OTHERS, PERMITS, Pack, departing, of_law, pack_of

OWN = [BENEFITS, CONFIRMATIONS, FILINGS, OTHERS]


@pytest.mark.parametrize(
    ("item_type", "name", "pack"),
    [
        ("01", "食品经营许可", PERMITS), ("01", "某项备案", PERMITS), ("05", "高龄津贴", BENEFITS), ("07", "婚姻登记", CONFIRMATIONS),
        ("10", "执业兽医备案", FILINGS), ("10", "其他事项", OTHERS), ("20", "失业登记", OTHERS), ("20", "某项备案", OTHERS),
        *((code, "某事项", OTHERS) for code in ("02", "03", "04", "06", "08", "09")),
    ],
)  # fmt: skip
def test_the_pack_of_an_item_is_that_of_its_kind(item_type: str, name: str, pack: Pack) -> None:
    assert pack_of(item_type, name) is pack


def test_silence_accepts_a_permit_s_application_only_and_no_clock_but_a_permit_s_stops() -> None:
    assert PERMITS.silence is not None and "第三十二条" in PERMITS.silence.basis.zh and PERMITS.excludes_time
    assert [(pack.silence, pack.excludes_time) for pack in OWN] == [(None, False)] * len(OWN)


def test_a_special_law_wins_over_the_pack_and_changes_nothing_else() -> None:
    departed = departing(CONFIRMATIONS, silence=("不动产登记暂行条例(2019-03-24)", "第十七条"))
    assert departed.silence is not None
    assert (departed.silence.basis.zh, departed.silence.effect.zh) == ("《不动产登记暂行条例》第十七条", "视为受理")
    assert (departed.granted, departed.said, departed.excludes_time) == (CONFIRMATIONS.granted, CONFIRMATIONS.said, False)


@pytest.mark.parametrize("pack", OWN)
def test_no_other_pack_names_the_licensing_law_and_every_sentence_names_the_item_s_own(pack: Pack) -> None:
    for words in (pack.accepted, pack.to_correct, pack.granted, pack.denied):
        said = of_law(words, "居住证暂行条例(2015-11-26)")
        assert "行政许可" not in said.zh and "Licensing" not in said.en
        assert "《居住证暂行条例》" in said.zh and "《居住证暂行条例》" in said.en
    assert "许可" not in "".join(words.zh for words in (pack.grant_title, pack.denial_title, *pack.said.values()))
    assert pack.said.keys() == {"granted", "denied", "grant", "deny", "exempted", "exempt"}


def test_no_two_kinds_of_act_decide_in_the_same_words() -> None:
    titles = [words.zh for pack in (PERMITS, *OWN) for words in (pack.grant_title, pack.denial_title)]
    assert len(set(titles)) == len(titles)
