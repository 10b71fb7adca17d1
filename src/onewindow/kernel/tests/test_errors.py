"""Sentences of refusals are whole sentences."""

from __future__ import annotations

from onewindow.kernel.errors import InvalidInput


def test_a_reason_that_is_a_whole_sentence_gets_no_second_full_stop() -> None:
    refusal = InvalidInput(field="名称", reason_zh="请以“有限公司”结尾。", reason_en="End it with 有限公司.")
    assert refusal.message("zh-hans") == "“名称”有误：请以“有限公司”结尾。其他内容已保留，请改正这一项后重新提交。"
    assert refusal.message("en") == (
        "“名称” is not right: End it with 有限公司. Everything else is kept; please correct this one and submit again."
    )
