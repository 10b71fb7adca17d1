"""What people will see of a draft, the situations drawn, and the way to publication by its buttons."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onewindow.desks.editor.previewing import readable
from onewindow.desks.editor.tests.pages import HERE, shown, signed_in, typed
from onewindow.errands.tests.scene import FOOD, HYGIENE, everything, staff
from onewindow.foundation.catalogue.definition import resolve, situations
from onewindow.foundation.catalogue.definition.addressing import Change, value_at
from onewindow.foundation.catalogue.definition.tree import Twig, tree_of
from onewindow.foundation.catalogue.drafts import queries
from onewindow.foundation.catalogue.drafts.deciding import actions as deciding
from onewindow.foundation.catalogue.drafts.models import ItemDraft, SampleFile
from onewindow.foundation.catalogue.drafts.tasks import publish_all_due
from onewindow.foundation.catalogue.drafts.tests.written import (
    CHIEF,
    EDITOR,
    NAME,
    NEED,
    REVIEWER,
    again,
    approved,
    drafted,
    endorsed,
    put,
)
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel import clock
from onewindow.spine.attachments.tests.handed import photo


def test_a_sample_file_is_shown_to_everybody_once_it_is_published(morning: clock.Hand) -> None:
    draft, client = drafted(), signed_in()
    handed = SimpleUploadedFile("样本.jpg", photo().data, "image/jpeg")
    answer = client.post(f"{HERE}samples/", {"at": "/materials/application", "file": handed})
    assert answer.status_code == 303
    (file,) = value_at(again(draft).body, "/materials/application/files")
    assert SampleFile.objects.get().sm3 == file["sm3"] and file["kind"] == "jpeg"
    address = f"/items/sample/{file['sm3']}/"
    assert (client.get(address).status_code, Client().get(address).status_code) == (200, 404)
    assert queries.faults_of(again(draft).body) == []
    deciding.submit(by=staff(EDITOR), draft_id=draft.pk, edition=again(draft).edition)
    deciding.endorse(by=staff(REVIEWER), draft_id=draft.pk)
    deciding.approve(by=staff(CHIEF), draft_id=draft.pk, effective_on=clock.today())
    publish_all_due()
    assert Client().get(address)["Content-Type"] == "image/jpeg"


def test_what_is_no_sample_is_not_taken(morning: clock.Hand) -> None:
    drafted()
    signed_in().post(f"{HERE}samples/", {"at": "/materials/application", "file": SimpleUploadedFile("x.jpg", b"MZ program")})
    assert not SampleFile.objects.exists()


def test_the_preview_is_the_guide_the_questions_and_the_form_of_the_draft(morning: clock.Hand) -> None:
    draft = drafted(put("/summary/zh", "改过的介绍"), put(NAME, "改过的申请书"))
    client, preview = signed_in(), f"{HERE}preview/"
    assert "改过的介绍" in shown(client, preview)
    first = draft.body["questions"][0]
    assert first["text"]["zh"] in shown(client, f"{preview}?show=mine")
    definition = readable(draft.body)
    assert definition is not None
    answers = next(a for a in situations(definition) if len(resolve(definition, a).materials) > 2)
    query = "&".join(f"answers.{code}={value}" for code, chosen in answers.items() for value in chosen or ("",))
    bring, form = shown(client, f"{preview}?show=mine&{query}"), shown(client, f"{preview}?show=form&{query}")
    assert "改过的申请书" in bring and f"您要带这 {len(resolve(definition, answers).materials)} 样" in bring
    assert resolve(definition, answers).form[0].fields[0].label.zh in form
    assert first["text"]["zh"] in shown(client, f"{preview}?show=mine&answers.colour=red")


@pytest.mark.parametrize("change", [put(NAME, ""), put("/limits/promised/n", "三天"), Change("remove", "/name"), put("/steps/review/kind", "dream")])
def test_a_draft_with_gaps_can_still_be_looked_at(morning: clock.Hand, change: Change) -> None:
    drafted(change)
    assert "preview-page" in shown(signed_in(), f"{HERE}preview/")


def test_the_situations_are_a_tree_in_which_every_question_and_material_has_its_place(morning: clock.Hand) -> None:
    definition = published(FOOD).definition
    tree = tree_of(definition)
    asked: list[str] = []
    brought: set[str] = {material.code for material in tree.always}

    def walk(twig: Twig) -> None:
        if not twig.drawn:
            asked.append(twig.question.code)
        for branch in twig.branches:
            brought.update(material.code for material in branch.materials)
            for further in branch.asked:
                walk(further)

    for root in tree.asked:
        walk(root)
    assert sorted(asked) == sorted(question.code for question in definition.questions)
    assert brought == {material.code for material in definition.materials}
    assert definition.questions[0].text.zh in shown(_with_draft(), f"{HERE}?part=questions")


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
