"""What people will see of a draft, the situations drawn, and the way to publication by its buttons."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from onewindow.desks.editor.tests.pages import HERE, shown, signed_in, typed
from onewindow.errands.tests.scene import FOOD, HYGIENE, everything
from onewindow.foundation.catalogue.definition.addressing import value_at
from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.foundation.catalogue.drafts.tasks import publish_all_due
from onewindow.foundation.catalogue.drafts.tests.written import (
    CHIEF,
    NAME,
    NEED,
    REVIEWER,
    again,
    approved,
    drafted,
    endorsed,
    put,
)
from onewindow.kernel import clock


def _with_draft() -> Client:
    drafted()
    return signed_in()


def test_the_whole_way_by_its_buttons(morning: clock.Hand) -> None:
    editor, reviewer, chief = signed_in(), signed_in(REVIEWER), signed_in(CHIEF)
    assert editor.post(f"{HERE}open/")["Location"] == HERE
    typed(editor, 0, **{NEED: "3"})
    assert "由“必要”改为“容缺后补”" in shown(editor, f"{HERE}review/")
    editor.post(f"{HERE}do/submit/", {"edition": 1})
    assert "有 1 份等您" in shown(reviewer, "/editor/")
    assert editor.get(HERE)["Location"] == f"{HERE}review/"
    reviewer.post(f"{HERE}do/return/", {"reason": "请核对"})
    assert "请核对" in shown(editor, HERE)
    editor.post(f"{HERE}do/submit/", {"edition": 1})
    reviewer.post(f"{HERE}do/endorse/")
    assert "从哪天起生效" in shown(chief, f"{HERE}review/")
    tomorrow = clock.today() + timedelta(days=1)
    chief.post(f"{HERE}do/approve/", {"effective_on": tomorrow.isoformat()})
    draft = ItemDraft.objects.get()
    assert (draft.state, draft.effective_on) == ("approved", tomorrow)
    assert "零点自动发布" in shown(editor, f"{HERE}review/")


def test_two_versions_are_compared_side_by_side(morning: clock.Hand) -> None:
    approved(put(NEED, "3"), put("/summary/zh", "开饭店前，先取得许可。"), on=clock.today())
    publish_all_due()
    page = shown(signed_in(), f"{HERE}versions/")
    assert "第 1 版到第 2 版" in page and "由“必要”改为“容缺后补”" in page and "<del>" in page
    assert "由“容缺后补”改为“必要”" in shown(signed_in(), f"{HERE}versions/?from=2&to=1")
    shown(signed_in(), f"{HERE}versions/?from=9&to=1", 404)


def test_nobody_reads_another_department_s_draft(morning: clock.Hand) -> None:
    drafted()
    stranger = signed_in("editor03")
    for path in ("", "review/", "editions/", "versions/", "preview/"):
        shown(stranger, f"{HERE}{path}", 404)
    assert FOOD not in shown(stranger, "/editor/") and HYGIENE in shown(stranger, "/editor/")


def test_reading_writes_nothing(morning: clock.Hand) -> None:
    draft = endorsed()
    client, before = signed_in(CHIEF), everything()
    for path in ("", "review/", "editions/", "editions/?n=1", "versions/", "preview/"):
        assert client.get(f"{HERE}{path}").status_code in (200, 302)
    shown(client, "/editor/")
    assert {table for table, found in everything().items() if found != before[table]} <= {"django_session"}
    assert draft.state == "endorsed"


def test_an_edition_is_looked_at_and_restored(morning: clock.Hand) -> None:
    draft = drafted(put(NEED, "3"))
    client = signed_in()
    typed(client, 1, **{NEED: "2"})
    assert "由“必要”改为“容缺后补”" in shown(client, f"{HERE}editions/?n=1")
    client.post(f"{HERE}editions/1/restore/", {"edition": 2})
    assert value_at(again(draft).body, NEED) == "3"


def test_a_session_that_ended_is_told_apart_from_an_answer(morning: clock.Hand) -> None:
    drafted()
    answer = Client().post(f"{HERE}save/", {"edition": 0, f"v:{NAME}": "x"}, headers={"X-Editor": "typing"})
    assert answer.status_code == 302 and "/signin/" in answer["Location"]
