"""An item that has no version yet: begun from the register or afresh, listed on its day, withdrawn and written again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from onewindow.errands.tests.scene import FOOD, at_once, everything, refused, staff
from onewindow.foundation.catalogue.drafts import queries
from onewindow.foundation.catalogue.drafts.beginning import actions as beginning
from onewindow.foundation.catalogue.drafts.beginning.queries import unwritten
from onewindow.foundation.catalogue.drafts.beginning.rules import suggested
from onewindow.foundation.catalogue.drafts.deciding import actions as deciding
from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.foundation.catalogue.drafts.tasks import publish_all_due
from onewindow.foundation.catalogue.drafts.tests.written import CHIEF, EDITOR, REVIEWER, STRANGER, again
from onewindow.foundation.catalogue.models import RegisterEntry
from onewindow.foundation.catalogue.queries import in_force, published
from onewindow.foundation.catalogue.register.actions import strike
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, NotPermitted
from onewindow.kernel.ledger.models import Entry

pytestmark = pytest.mark.usefixtures("morning")


def stub() -> RegisterEntry:
    """A line of the editor's own department that nobody has written."""
    return unwritten("market")[0]


def begun(entry: str = "", name: str = "", code: str = "demo-thing") -> ItemDraft:
    return beginning.begin_item(by=staff(EDITOR), entry=entry, name=name, code=code)


def through(draft: ItemDraft, like: str = FOOD, **said: object) -> None:
    """Let the draft say what another item says, under its own name and code, and have it approved for tomorrow."""
    taken = published(like).definition.model_dump(mode="json", by_alias=True, exclude_none=True)
    number = taken["implementation_code"]
    body = taken | {"code": draft.code, "name": draft.body["name"] | {"en": "Demonstration item"}, "implementation_code": f"{number[:-2]}77"} | said
    ItemDraft.objects.filter(pk=draft.pk).update(body=body)
    deciding.submit(by=staff(EDITOR), draft_id=draft.pk, edition=draft.edition)
    deciding.endorse(by=staff(REVIEWER), draft_id=draft.pk)
    deciding.approve(by=staff(CHIEF), draft_id=draft.pk, effective_on=clock.today() + timedelta(days=1))


def test_a_line_of_the_register_becomes_an_item(morning: clock.Hand) -> None:
    entry = stub()
    draft = begun(entry.code)
    assert (draft.state, draft.based_on, draft.edition, draft.code, draft.entry) == ("drafting", None, 0, "demo-thing", entry)
    assert draft.body["name"] == {"zh": entry.name_zh, "en": ""} and draft.body["department"]["code"] == "market"
    assert draft.body["item_type"] == entry.item_type and draft.body["service"]["city_wide"] is entry.city_wide
    assert queries.remarks_on(draft.body) and entry not in unwritten("market")
    through(draft)
    morning.forward(days=1)
    assert publish_all_due() == 1
    version, listed = published("demo-thing"), RegisterEntry.objects.get(pk=entry.pk)
    assert (version.version, again(draft).version_id, again(draft).state) == (1, version.pk, "published")
    assert (listed.item, listed.code, listed.name_zh, listed.name_en) == ("demo-thing", entry.code, entry.name_zh, "Demonstration item")
    assert (listed.entered, listed.serves, listed.department_id) == (entry.entered, entry.serves, entry.department_id)
    rows = Entry.objects.filter(subject_kind="register-entry", subject_id=entry.pk).order_by("-n")
    assert (rows[0].verb, rows[0].facts["item"]) == ("amend", "demo-thing")
    assert publish_all_due() == 0 and RegisterEntry.objects.filter(item="demo-thing").count() == 1


def test_what_the_register_does_not_list_is_listed_with_its_first_version(morning: clock.Hand) -> None:
    lines = RegisterEntry.objects.count()
    draft = begun(name="演示事项（没有进目录的）", code="")
    assert draft.code == "yan-shi-shi-xiang" and draft.entry is None
    through(draft)
    assert RegisterEntry.objects.count() == lines
    morning.forward(days=1)
    assert publish_all_due() == 1
    listed = RegisterEntry.objects.get(item="yan-shi-shi-xiang")
    assert RegisterEntry.objects.count() == lines + 1
    assert (listed.code, listed.state, listed.entered, listed.serves) == (published("yan-shi-shi-xiang").implementation_code, "listed", True, "company")


def test_its_implementation_code_finds_the_line_that_lists_it_already(morning: clock.Hand) -> None:
    draft = begun(name="演示事项")
    number = published(FOOD).definition.implementation_code[:-2] + "77"
    RegisterEntry.objects.filter(pk=stub().pk).update(code=number)
    lines = RegisterEntry.objects.count()
    through(draft)
    morning.forward(days=1)
    assert publish_all_due() == 1
    assert RegisterEntry.objects.count() == lines and RegisterEntry.objects.get(code=number).item == "demo-thing"


def test_a_line_struck_meanwhile_sends_the_draft_back(morning: clock.Hand) -> None:
    entry = stub()
    draft = begun(entry.code)
    through(draft)
    strike(by=staff("administrator01"), entry_id=entry.pk)
    morning.forward(days=1)
    assert publish_all_due() == 0
    assert again(draft).state == "drafting" and in_force("demo-thing") is None
    assert RegisterEntry.objects.get(pk=entry.pk).item == ""


@pytest.mark.parametrize(("name", "code"), [("", "demo-thing"), ("演" * 121, "demo-thing"), ("演示", "Demo"), ("演示", "new"), ("演示", "missed"), ("演示", FOOD)])
def test_what_is_no_name_and_no_code_begins_nothing(name: str, code: str) -> None:
    before = everything()
    with refused(InvalidInput):
        begun(name=name, code=code)
    assert everything() == before


def test_a_department_writes_its_own_lines_and_each_once() -> None:
    entry = stub()
    begun(entry.code)
    before = everything()
    with refused(InvalidInput):
        begun(entry.code, code="demo-other")
    with refused(InvalidInput):
        begun(name="演示")
    with refused(NotFound):
        begun(RegisterEntry.objects.filter(item="", department__code="health")[0].code, code="demo-other")
    with refused(NotFound):
        begun("no-such-line", code="demo-other")
    for nobody in (REVIEWER, CHIEF, "clerk01"):
        with refused(NotPermitted):
            beginning.begin_item(by=staff(nobody), name="演示")
    assert everything() == before
    assert beginning.begin_item(by=staff(STRANGER), name="演示").department.code != "market"


def test_two_beginnings_at_once_make_one_draft(fresh_database: str) -> None:
    entry = stub().code
    told = at_once([lambda: begun(entry).code, lambda: begun(entry).code])
    assert sorted(str(each) for each in told if isinstance(each, str)) == ["demo-thing"]
    assert [type(each) for each in told if not isinstance(each, str)] == [InvalidInput] and ItemDraft.objects.count() == 1


def test_codes_are_made_of_syllables() -> None:
    assert suggested("食品经营许可（新办）", lambda code: False) == "shi-pin-jing-ying-xu-ke"
    assert suggested("食品", {"shi-pin", "shi-pin-2"}.__contains__) == "shi-pin-3"
    assert suggested("（）", lambda code: False) == "item"
    assert len(suggested("公共场所卫生许可" * 9, lambda code: False)) <= 40
