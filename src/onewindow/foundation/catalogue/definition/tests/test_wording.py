"""Differences between two definitions as a reader is told them."""

from __future__ import annotations

from typing import Any

import pytest

from onewindow.foundation.catalogue.definition.addressing import Change, all_applied
from onewindow.foundation.catalogue.definition.tests.conftest import raw
from onewindow.foundation.catalogue.definition.wording import compared

FOOD: dict[str, Any] = raw("food-business-licence")


def changed(*changes: Change) -> list[tuple[str, list[str]]]:
    after, _ = all_applied(FOOD, changes)
    return [(group.words.zh, [told.words.zh for told in group.told]) for group in compared(FOOD, after)]


@pytest.mark.parametrize(("change", "part", "said"), [
    (Change("set", "/materials/application/need", "3"), "材料", "材料“食品经营许可申请书”的必要性由“必要”改为“容缺后补”"),
    (Change("set", "/limits/promised/n", 3), "期限", "承诺办结时限由“4 个工作日”改为“3 个工作日”"),
    (Change("remove", "/materials/business-licence"), "材料", "删去材料“营业执照或者其他主体资格证明”（必要）"),
    (Change("move", "/questions/goods", None, ""), "情形", "问题“您销售哪些食品？”移到最前"),
    (Change("move", "/materials/business-licence", None, ""), "材料", "材料“营业执照或者其他主体资格证明”移到最前"),
    (Change("set", "/service/channels", ["1"]), "服务与救济", "办理形式由“窗口、电脑端、移动端”改为“窗口”"),
    (Change("set", "/service/post", False), "服务与救济", "可以邮寄由“是”改为“否”"),
    (Change("set", "/name/zh", "食品许可"), "基本信息", "名称（中文）改了文字"),
    (Change("set", "/result/recheck", {"n": 1, "unit": "year"}), "结果", "新增复核周期：“1 年”"),
    (Change("set", "/steps/site-visit/when", [{"business": ["sales"]}]), "环节",
     "环节“现场核查”的适用情形由“您准备从事哪一类食品经营？”答“餐饮服务”或“单位食堂”；或者“您销售哪些食品？”答“含散装熟食”改为“您准备从事哪一类食品经营？”答“食品销售”"),
])  # fmt: skip
def test_a_difference_in_plain_words(change: Change, part: str, said: str) -> None:
    assert changed(change) == [(part, [said])]
