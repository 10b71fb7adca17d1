"""The guide: finding an item, where to go for it, and what one situation needs."""

from __future__ import annotations

import pytest
from django.test import Client

from onewindow.errands.tests.scene import FOOD, everything, staff
from onewindow.foundation.catalogue.definition import resolve, situations
from onewindow.foundation.catalogue.definition.resolving import not_needed
from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.catalogue.register.actions import move_out
from onewindow.foundation.catalogue.register.queries import WAYS, counts, entries, entry_called
from onewindow.foundation.catalogue.search.queries import missed_queries
from onewindow.foundation.people.models import Party


def page(path: str, status: int = 200, language: str = "zh-hans") -> str:
    answer = Client(headers={"accept-language": language}).get(path)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_an_item_is_found_by_words_of_its_name_and_narrowed(db: None) -> None:
    shown = page("/items/?q=食品+经营许可&serves=company")
    assert f'href="/items/{FOOD}/"' in shown and "食品(含保健食品)经营许可注销" in shown
    assert "居住证" not in shown.partition('id="found"')[2]
    n = entries("食品 经营许可", serves="company").count()
    assert f"{n} 件事" in shown


def test_what_people_say_finds_the_item_and_says_by_which_words(db: None) -> None:
    for said in ("我想开饭店怎么办理", "kfd", "open+a+restaurant"):
        shown = page(f"/items/?q={said}").partition('id="found"')[2]
        assert shown.index('<a href="/items/') == shown.index(f'<a href="/items/{FOOD}/"'), said
    assert '也叫 <span lang="zh-Hans">开饭店</span>' in page("/items/?q=开饭店") and "意思相近" in page("/items/?q=想开个小饭馆")
    assert "close in meaning to" in page("/items/?q=想开个小饭馆", language="en")


def test_the_search_is_narrowed_by_hall_event_department_and_way(db: None) -> None:
    assert f'href="/items/{FOOD}/"' in page("/items/?q=开饭店&hall=A") and f'href="/items/{FOOD}/"' not in page("/items/?q=开饭店&hall=B")
    shown = page("/items/?q=登记&event=marriage").partition('id="found"')[2]
    assert "1 件事" in shown and 'href="/items/marriage-registration/"' in shown
    assert f'href="/items/{FOOD}/"' in page("/items/?q=开饭店&department=market&way=online&serves=company")
    nothing = page("/items/?q=开饭店&department=education")
    assert "按现在的条件没有；不限条件有" in nothing and 'href="/items/?q=%E5%BC%80%E9%A5%AD%E5%BA%97"' in nothing and "items/missed/" not in nothing
    halls = {hall: set(entries(hall=hall).values_list("pk", flat=True)) for hall in ("A", "B")}
    assert not halls["A"] & halls["B"] and len(halls["A"] | halls["B"]) == counts().entries


def test_nothing_found_says_so_offers_what_comes_nearest_and_counts_what_was_meant(db: None) -> None:
    shown = page("/items/?q=帮我写首诗")
    assert "0 件事" in shown and "没有找到" in shown and "12345" in shown and 'name="q" value="写首诗"' in shown
    assert "也许您要找的是" in page("/items/?q=腌咸菜坛子")
    before = everything()
    answers = [Client().post("/items/missed/", {"q": q}).status_code for q in ("写首诗", "写首诗", "开饭店", "", "开\u202e饭店", "11010519491231002X")]
    assert answers == [204] * 6
    assert list(missed_queries().values_list("text", "times")) == [("写首诗", 2)]
    assert {table for table, found in everything().items() if found != before[table]} == {"search_missed"}
    assert Client().get("/items/missed/").status_code == 405


def test_every_way_narrows_and_no_two_opposites_overlap(db: None) -> None:
    every = counts().entries
    found = {way: set(entries(ways=[way]).values_list("pk", flat=True)) for way in WAYS}
    assert found["entered"] | found["elsewhere"] == found["online"] | found["not-online"] and len(found["entered"] | found["elsewhere"]) == every
    assert not found["entered"] & found["elsewhere"] and not found["online"] & found["not-online"]
    assert all(0 < len(rows) < every for rows in found.values())


def test_a_way_nobody_knows_a_page_beyond_the_last_and_odd_words_harm_nothing(db: None) -> None:
    shown = page("/items/?way=teleport&page=9999")
    assert f"{counts().entries} 件事" in shown
    assert "没有找到" in page("/items/?q=%27%3B--<script>") and "<script>alert" not in page("/items/?q=<script>alert")
    assert "含有看不见的控制字符（U+0000）" in page("/items/?q=%00%27%3B--<script>", 422)


def test_the_filter_stays_when_the_page_turns(db: None) -> None:
    assert 'href="?type=01&amp;way=entered&amp;page=2"' in page("/items/?type=01&way=entered")


def test_only_the_rows_are_sent_while_typing(db: None) -> None:
    answer = Client().get("/items/?q=食品", headers={"HX-Request": "true", "HX-Target": "found"})
    assert answer.content.decode().lstrip().startswith("<section") and b"<html" not in answer.content


def test_an_item_says_where_to_go_and_a_stub_says_that_it_is_one(db: None) -> None:
    food = page(f"/items/{FOOD}/")
    assert "不用来：网上办" in food and "任一窗口" in food and "《食品安全法》第三十五条" in food
    stub = entries(item_type="01", ways=["entered"]).filter(item="", serves="company").first()
    assert stub is not None
    shown = page(f"/items/{stub.code}/")
    assert "任一窗口" in shown and "完整指南还没有编好" in shown and "要带什么</h2>" not in shown


def test_what_left_the_centre_is_sent_to_its_department(db: None) -> None:
    stub = entries(item_type="01", ways=["entered"]).filter(item="").first()
    assert stub is not None
    move_out(by=staff("administrator01"), entry_id=stub.pk)
    shown = page(f"/items/{stub.code}/")
    assert f"不在中心办，请到{stub.department.name_zh}" in shown and "取号</a>" not in shown


def test_a_national_code_leads_to_the_item_s_own_page(db: None) -> None:
    answer = Client().get(f"/items/{entry_called(FOOD).code}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/items/{FOOD}/")


@pytest.mark.parametrize("path", ["/items/nothing-at-all/", "/items/nothing-at-all/mine/"])
def test_an_item_that_is_not_there(db: None, path: str) -> None:
    page(path, 404)


def test_the_questions_lead_to_exactly_what_the_definition_says(db: None) -> None:
    """Walked through the pages' own forms for several situations."""
    definition = published(FOOD).definition
    walked = [answers for n, answers in enumerate(situations(definition)) if n % 97 == 0][:6]
    for answers in walked:
        query = "&".join(f"answers.{code}={value}" for code, chosen in answers.items() for value in chosen or ("",))
        shown = page(f"/items/{FOOD}/mine/?{query}")
        if stop := not_needed(definition, answers):
            assert stop.zh in shown and "取号" not in shown
            continue
        materials = resolve(definition, answers).materials
        assert f"您要带这 {len(materials)} 样" in shown
        names = {material.name.zh for material in materials}
        assert [m.name.zh for m in definition.materials if f'"material-name">{m.name.zh}<' in shown] == [m.name.zh for m in definition.materials if m.name.zh in names]


def test_one_question_is_asked_at_a_time_and_answers_are_carried(db: None) -> None:
    first = published(FOOD).definition.questions[0]
    assert first.text.zh in page(f"/items/{FOOD}/mine/")
    second = page(f"/items/{FOOD}/mine/?answers.{first.code}={first.answers[0].code}")
    assert f'name="answers.{first.code}" value="{first.answers[0].code}"' in second and f"<h1>{first.text.zh}" not in second


def test_altered_answers_begin_anew(db: None) -> None:
    definition = published(FOOD).definition
    answers = next(iter(situations(definition)))
    query = "&".join(f"answers.{code}={value}" for code, chosen in answers.items() for value in chosen or ("",))
    answer = Client().get(f"/items/{FOOD}/mine/?{query}&answers.colour=red")
    assert (answer.status_code, answer["Location"]) == (302, f"/items/{FOOD}/mine/")


def test_a_sample_shows_the_right_and_the_usual_mistake(db: None) -> None:
    definition = published(FOOD).definition
    answers = next(a for a in situations(definition) if not not_needed(definition, a))
    query = "&".join(f"answers.{code}={value}" for code, chosen in answers.items() for value in chosen or ("",))
    shown = page(f"/items/{FOOD}/mine/?{query}")
    line = definition.materials[0].specimen.lines[0] if definition.materials[0].specimen else None
    assert line is not None and line.wrong is not None and line.why is not None
    assert line.value in shown and line.wrong in shown and line.why.zh in shown


def test_reading_writes_nothing_and_names_nobody(db: None) -> None:
    before = everything()
    shown = page("/items/") + page(f"/items/{FOOD}/") + page(f"/items/{FOOD}/mine/", language="en")
    assert everything() == before
    assert not any(party.name in shown for party in Party.objects.all())
