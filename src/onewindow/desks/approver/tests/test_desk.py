"""The approver's desk: form and page side by side, phrases of the item's law, on to the next case, and what is not counted."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from onewindow.errands import sitting
from onewindow.errands.tests.scene import FOOD, HYGIENE, accepted, in_order, received, seated, signed_in, staff
from onewindow.foundation.staff.models import Staff
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7
from onewindow.spine.attachments.actions import attach
from onewindow.spine.attachments.tests.handed import photo
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.queries import neighbours, next_to_decide
from onewindow.spine.visits.queries import query_code
from onewindow.stages.approval.actions import begin_procedure
from onewindow.stages.approval.rules import Basis, denying_phrases, granting_phrases


def shown(client: Client, name: str, *args: object, **headers: str) -> str:
    answer = client.get(reverse(name, args=args), headers=headers or None)
    assert answer.status_code == 200
    return answer.content.decode()


def refused_with(answer: HttpResponse, code: str) -> bool:
    """Whether the page is the refusal of that code."""
    return answer.status_code >= 400 and f"<code>{code}</code>" in answer.content.decode()


def pressed(client: Client, name: str, *args: object, **fields: str) -> HttpResponse:
    """A button pressed that may be refused: undone as far as it went, and no further."""
    with transaction.atomic():
        return client.post(reverse(name, args=args), fields)  # type: ignore[return-value]


def test_phrases_are_of_the_item_s_own_law_and_conditions(morning: clock.Hand) -> None:
    case = accepted(*seated())
    definition = case.version.definition
    granting, denying = granting_phrases(definition, definition.conditions), denying_phrases(definition.conditions)
    assert granting[0] == "经审查，申请符合《食品安全法》第三十三条规定的条件，同意。" and len(granting) <= 4
    assert [phrase.removeprefix("不符合条件：") for phrase in denying] == [condition.text.zh for condition in definition.conditions]
    page = shown(signed_in("market01"), "approver-file", case.uuid)
    assert granting[0] in page and 'data-phrases="opinion"' in page and 'data-phrases="reason"' in page


def test_a_page_opens_beside_the_form_without_the_whole(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    code = case.materials.all()[0].code
    pages = [attach(by=clerk, case_id=case.pk, examined=photo(), material=code, once=uuid7()).pages.get() for _ in range(2)]
    sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="accept")
    client = signed_in("market01")
    whole = shown(client, "approver-file", case.uuid)
    assert f'data-open="{pages[0].uuid}"' in whole and "file-split is-open" in whole
    part = shown(client, "approver-page", case.uuid, pages[1].uuid, **{"HX-Request": "true"})
    assert f'data-open="{pages[1].uuid}"' in part and "<html" not in part and "2/2" in part
    plain = client.get(reverse("approver-page", args=[case.uuid, pages[1].uuid]))
    assert plain.headers["Location"] == f"{reverse('approver-file', args=[case.uuid])}?page={pages[1].uuid}#viewer"
    assert client.get(reverse("approver-page", args=[case.uuid, uuid7()])).status_code == 404
    assert signed_in("health01").get(reverse("approver-page", args=[case.uuid, pages[1].uuid])).status_code == 404


def test_after_a_decision_the_next_case_is_shown(morning: clock.Hand) -> None:
    clerk, visit = seated()
    first, second, third = (accepted(clerk, visit) for _ in range(3))
    other = accepted(clerk, visit, HYGIENE)
    assert [neighbours(case) for case in (first, third, other)] == [(None, second), (second, None), (None, None)]
    begin_procedure(by=staff("market01"), case_id=second.pk, kind="testing", basis=Basis("行政许可法", "第四十五条", "演示"), days=1, once=uuid7())
    second.refresh_from_db()
    client = signed_in("market01")
    answer = client.post(reverse("approver-decision", args=[first.uuid]), {"verb": "grant", "words": "同意"})
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("approver-file", args=[third.uuid]))
    assert "已作出决定：准予许可。" in shown(client, "approver-file", third.uuid)
    answer = client.post(reverse("approver-decision", args=[third.uuid]), {"verb": "deny", "words": "不符合条件"})
    assert answer.headers["Location"] == reverse("approver")
    assert next_to_decide(third, but_of=0) is None
    assert Case.objects.filter(state="accepted", item__code=FOOD).get() == second


def test_another_law_has_its_own_words(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit, "residence-permit")
    approver = Staff.objects.filter(roles__contains=["approver"], department=case.department_id, state="active").order_by("id")[0]
    client = signed_in(approver.username)
    page = shown(client, "approver-file", case.uuid)
    assert "准予办理" in page and "准予许可" not in page and 'id="procedure"' not in page
    client.post(reverse("approver-decision", args=[case.uuid]), {"verb": "grant", "words": ""})
    progress = shown(Client(), "progress", query_code(visit))
    assert "准予办理" in progress and "准予许可" not in progress
    again = pressed(client, "approver-decision", case.uuid, verb="deny", words="x")
    assert refused_with(again, "wrong-state")
    told = again.content.decode()
    assert "现为“准予办理”" in told and "不予许可" not in told
