"""A new item begun at the page, and an item withdrawn at it, as people press the buttons."""

from __future__ import annotations

import pytest
from django.urls import reverse

from onewindow.desks.editor.tests.pages import signed_in
from onewindow.errands.tests.scene import FOOD, everything
from onewindow.foundation.catalogue.drafts.beginning.queries import unwritten
from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.foundation.catalogue.models import ItemVersion, RegisterEntry
from onewindow.foundation.catalogue.queries import in_force
from onewindow.kernel import clock

pytestmark = pytest.mark.usefixtures("morning")
NEW = reverse("editor-new")


def test_a_line_is_found_chosen_and_written(morning: clock.Hand) -> None:
    editor, entry = signed_in("editor01"), unwritten("market")[0]
    assert NEW in editor.get(reverse("editor")).content.decode()
    listed = editor.get(NEW, {"q": entry.name_zh[:4]}).content.decode()
    assert entry.code in listed
    assert "没有名称里带“没有这样的事”的事项" in editor.get(NEW, {"q": "没有这样的事"}).content.decode()
    form = editor.get(NEW, {"entry": entry.code}).content.decode()
    code = form.split('name="code" value="')[1].split('"')[0]
    assert entry.name_zh in form and code
    sent = editor.post(NEW, {"entry": entry.code, "code": code})
    draft = ItemDraft.objects.get()
    assert (sent.status_code, sent["Location"], draft.code, draft.entry) == (303, reverse("editor-item", args=[code]), code, entry)
    page = editor.get(sent["Location"]).content.decode()
    assert "新事项" in page and entry.name_zh in page
    for name in ("editor-review", "editor-editions", "editor-versions"):
        assert editor.get(reverse(name, args=[code])).status_code == 200, name
    assert entry.code not in editor.get(NEW, {"q": entry.name_zh[:4]}).content.decode()
    assert entry.name_zh in editor.get(reverse("editor")).content.decode()


def test_what_cannot_begin_is_said_and_what_was_typed_stays(morning: clock.Hand) -> None:
    editor, others = signed_in("editor01"), [signed_in(name) for name in ("reviewer01", "chiefeditor01", "clerk01")]
    before = everything()
    sent = editor.post(NEW, {"entry": "-", "name": "演示<b>事项", "code": "Not A Code"})
    page = sent.content.decode()
    assert (sent.status_code, everything()) == (422, before)
    assert "小写字母" in page and 'value="演示&lt;b&gt;事项"' in page and 'value="Not A Code"' in page
    assert editor.post(NEW, {"entry": "-", "name": "", "code": ""}).status_code == 422
    foreign = RegisterEntry.objects.filter(item="", department__code="health")[0]
    assert [editor.get(NEW, {"entry": code}).status_code for code in (foreign.code, "no-such-line")] == [404, 404]
    assert editor.post(NEW, {"entry": foreign.code}).status_code == 404
    assert [other.get(NEW).status_code for other in others] == [403, 403, 403]
    assert everything() == before


def test_the_chief_editor_withdraws_and_everybody_reads_it(morning: clock.Hand) -> None:
    chief, editor, here = signed_in("chiefeditor01"), signed_in("editor01"), reverse("editor-versions", args=[FOOD])
    away = reverse("editor-withdraw", args=[FOOD])
    assert away in chief.get(here).content.decode() and away not in editor.get(here).content.decode()
    assert editor.post(away, {"reason": "演示"}).status_code == 403
    assert chief.post(away, {"reason": " "}).status_code == 422 and in_force(FOOD) is not None
    assert chief.post(away, {"reason": "依据废止（演示）"}).status_code == 303
    assert in_force(FOOD) is None and ItemVersion.objects.filter(code=FOOD, state="withdrawn").count() == 1
    assert away not in chief.get(here).content.decode()
    guide = editor.get(reverse("item", args=[FOOD]))
    assert guide.status_code == 200 and "现在不受理新的申请" in guide.content.decode() and reverse("printer") not in guide.content.decode()
    assert "已撤下" in editor.get(reverse("editor")).content.decode()
    assert editor.post(reverse("editor-open", args=[FOOD])).status_code == 303
    assert editor.get(reverse("editor-item", args=[FOOD])).status_code == 200
