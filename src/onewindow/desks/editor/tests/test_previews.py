"""What an editor sees of a draft before anybody else: its guide, its tree, its samples."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onewindow.desks.editor.previewing import readable
from onewindow.desks.editor.tests.pages import HERE, shown, signed_in
from onewindow.errands.tests.scene import FOOD, staff
from onewindow.foundation.catalogue.definition import resolve, situations
from onewindow.foundation.catalogue.definition.addressing import Change, value_at
from onewindow.foundation.catalogue.definition.tree import Twig, tree_of
from onewindow.foundation.catalogue.drafts import queries
from onewindow.foundation.catalogue.drafts.deciding import actions as deciding
from onewindow.foundation.catalogue.drafts.models import SampleFile
from onewindow.foundation.catalogue.drafts.tasks import publish_all_due
from onewindow.foundation.catalogue.drafts.tests.written import (
    CHIEF,
    EDITOR,
    NAME,
    REVIEWER,
    again,
    drafted,
    put,
)
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel import clock
from onewindow.spine.attachments.tests.handed import photo


def _with_draft() -> Client:
    drafted()
    return signed_in()


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
