"""The editor's pages: every part and field, what is typed, what meets a colleague's, and what people will see."""

from __future__ import annotations

from typing import Any

import pytest

from onewindow.desks.editor.fields import controls_of, every
from onewindow.desks.editor.tests.pages import HERE, shown, signed_in, typed
from onewindow.foundation.catalogue.definition.addressing import ABSENT, value_at
from onewindow.foundation.catalogue.definition.labels import FIELDS_OF_PART, PARTS
from onewindow.foundation.catalogue.drafts.tests.written import (
    COLLEAGUE,
    NAME,
    NEED,
    again,
    drafted,
    put,
)
from onewindow.kernel import clock


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_shown_with_all_its_fields(morning: clock.Hand, part: str) -> None:
    draft = drafted()
    page = shown(signed_in(), f"{HERE}?part={part}")
    for name in FIELDS_OF_PART[part]:
        assert f"/{name}" in page
    assert f'value="{draft.edition}" data-edition' in page


def test_every_plain_fact_of_an_item_has_a_field_somewhere(morning: clock.Hand) -> None:
    """Walked through the whole of an item: nothing that a definition says is out of the editor's reach."""
    body = drafted().body
    reached: set[str] = set()
    for part in PARTS:
        _, elements = controls_of(part, body)
        for of in [element.code for element in elements] or [""]:
            shown_here = every(*controls_of(part, body, of))
            reached |= {control.at for control in shown_here if control.kind not in ("part", "parts", "map") or control.at == "/sources"}
    missing = [at for at in _leaves(body, "") if not any(at == own or at.startswith(own + "/") for own in reached)]
    assert {at for at in missing if not at.endswith("/code")} == {"/schema", "/department/credit_code"}


def _leaves(node: Any, at: str) -> list[str]:
    if isinstance(node, dict) and at != "/sources":
        return [leaf for name, value in node.items() for leaf in _leaves(value, f"{at}/{name}")]
    if isinstance(node, list) and node and isinstance(node[0], dict) and "code" in node[0]:
        return [leaf for element in node for leaf in _leaves(element, f"{at}/{element['code']}")]
    return [at] if node != [] else []


def test_what_is_typed_is_kept_and_the_faults_stand_beside_their_field(morning: clock.Hand) -> None:
    draft, client = drafted(), signed_in()
    answer = typed(client, 0, **{NAME: "", NEED: "3"}).json()
    assert answer["edition"] == 1 and "已保存" in answer["said"]
    assert list(answer["remarks"]) == ["/materials/application/name"] and "文字太短或为空" in answer["remarks"]["/materials/application/name"]
    assert "还有 1 处要改" in answer["jumps"] and f"of=application#at:{NAME}" in answer["jumps"]
    assert value_at(again(draft).body, NEED) == "3"
    assert typed(client, 1, **{NEED: "3"}).json()["edition"] == 1  # the same again is no edition


def test_numbers_flags_lists_and_conditions_are_read_as_their_field_wants(morning: clock.Hand) -> None:
    draft, client = drafted(), signed_in()
    values = {
        "/limits/promised/n": "3", "/limits/promised/unit": "month", "/service/post": "false", "/service/channels": ["2", "1"],
        "/aliases": "开饭店\r\n\r\n 小吃店 ", "/materials/application/when": ["0.business.catering", "0.business.canteen", "2.goods.frozen"],
        "/result/type_code": "", "/steps/review/days": "两天", "/sources/materials/application/name/zh": ["food-35-licence"],
    }  # fmt: skip
    assert typed(client, 0, **values).status_code == 200
    body = again(draft).body
    assert (body["limits"]["promised"], body["service"]["post"], body["service"]["channels"]) == ({"n": 3, "unit": "month"}, False, ["1", "2"])
    assert body["aliases"] == ["开饭店", "小吃店"] and value_at(body, "/materials/application/when") == [{"business": ["catering", "canteen"]}, {"goods": ["frozen"]}]
    assert (value_at(body, "/steps/review/days"), value_at(body, "/result/type_code")) == ("两天", ABSENT)
    assert body["sources"]["/materials/application/name/zh"] == ["food-35-licence"]
    # Every tick taken away: it applies always.
    client.post(f"{HERE}save/", {"edition": 1, "at": "/materials/application/when"}, headers={"X-Editor": "typing"})
    assert value_at(again(draft).body, "/materials/application/when") is ABSENT


def test_two_editors_at_one_field_see_both_and_choose(morning: clock.Hand) -> None:
    draft = drafted(put(NAME, "甲写的"))
    colleague = signed_in(COLLEAGUE)
    answer = typed(colleague, 0, **{NAME: "乙写的"})
    said = answer.json()
    assert (answer.status_code, said["at"], said["theirs"], said["edition"]) == (409, NAME, "甲写的", 1)
    assert all(words in said["html"] for words in ("市场监管编写一号（演示）", "甲写的", "乙写的", "用我写的", "用对方写的"))
    assert value_at(again(draft).body, NAME) == "甲写的"
    assert typed(colleague, 1, **{NAME: "乙写的"}).json()["edition"] == 2


def test_what_a_colleague_wrote_elsewhere_comes_to_the_page(morning: clock.Hand) -> None:
    drafted(put(NEED, "3"))
    said = typed(signed_in(COLLEAGUE), 0, **{NAME: "申请书"}).json()
    assert said["values"] == {NEED: "3"} and "市场监管编写一号（演示）" in said["said"] and not said["structure"]


def test_a_part_is_added_moved_and_taken_away_and_what_was_typed_stays(morning: clock.Hand) -> None:
    draft, client = drafted(), signed_in()
    fields = {"edition": 0, "part": "materials", "of": "application", f"v:{NAME}": "新名称"}
    answer = client.post(f"{HERE}change/", fields | {"op": "add:/materials"})
    assert (answer.status_code, answer["Location"]) == (303, f"{HERE}?part=materials&of=material-1#at:/materials/material-1")
    body = again(draft).body
    assert value_at(body, NAME) == "新名称" and body["materials"][-1]["code"] == "material-1"
    client.post(f"{HERE}change/", {"edition": 2, "op": "up:/materials/material-1"})
    assert again(draft).body["materials"][-2]["code"] == "material-1"
    client.post(f"{HERE}change/", {"edition": 3, "op": "set:/materials/material-1/specimen"})
    assert value_at(again(draft).body, "/materials/material-1/specimen/title") == {"zh": "", "en": ""}
    client.post(f"{HERE}change/", {"edition": 4, "op": "remove:/materials/application"})
    assert value_at(again(draft).body, "/materials/application") is ABSENT
    assert not any(at.startswith("/materials/application/") for at in again(draft).body["sources"])
    shown(client, f"{HERE}?part=materials&of=material-1")
    client.post(f"{HERE}undo/", {"edition": 5})
    assert value_at(again(draft).body, "/materials/application") is not ABSENT


def test_without_a_script_the_button_keeps_the_page(morning: clock.Hand) -> None:
    draft = drafted()
    answer = signed_in().post(f"{HERE}save/", {"edition": 0, "part": "facts", "of": "", "v:/summary/zh": "新的介绍"})
    assert (answer.status_code, value_at(again(draft).body, "/summary/zh")) == (303, "新的介绍")
