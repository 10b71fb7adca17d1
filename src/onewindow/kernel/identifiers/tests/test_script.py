"""Which characters a name or a form can carry."""

from __future__ import annotations

import pytest

from onewindow.kernel.identifiers.script import misfit


@pytest.mark.parametrize(
    "text",
    ["演示餐饮有限公司", "阿卜杜拉·演示", "Zoë Müller-O’Demo", "β-胡萝卜素（演示）", "〇〇一号 3.5㎡ １２Ａ", "𠮷野演示", "示范路 1 号，A 座", "", "\U0002ebf0演示"],
)
def test_what_stands_on_chinese_documents_is_taken(text: str) -> None:
    assert misfit(text) is None


@pytest.mark.parametrize(
    ("text", "shown", "why"),
    [
        ("Иван", "И", "其他文字"), ("محمد", "م", "其他文字"), ("演示ひ", "ひ", "其他文字"), ("དཔེ", "ད", "其他文字"),
        ("演示\u202e司公", "U+202E", "控制字符"), ("演\u200b示", "U+200B", "控制字符"), ("演\x00示", "U+0000", "控制字符"),
        ("演\ue815示", "U+E815", "自造字"),
    ],
)  # fmt: skip
def test_what_no_document_carries_is_named(text: str, shown: str, why: str) -> None:
    found = misfit(text)
    assert found is not None and found[0] == shown and why in found[1] and shown in found[2]
