"""What happens in life and in business, as `life_events` of a definition names it: what people call it."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.kernel.words import Words

LIFE_EVENTS: Mapping[str, Words] = {
    "birth": Words("出生", "birth"), "schooling": Words("上学", "schooling"), "work": Words("就业", "work"), "housing": Words("住房", "housing"),
    "marriage": Words("婚姻", "marriage"), "moving": Words("落户", "moving here"), "ageing": Words("养老", "old age"),
    "illness": Words("就医", "illness"), "death": Words("身后", "death"), "founding": Words("开办", "founding a business"),
    "premises": Words("场所", "premises"), "hiring": Words("用工", "hiring"), "operating": Words("经营", "running a business"),
    "changing": Words("变更", "changing a business"), "closing": Words("注销", "closing a business"),
}  # fmt: skip
