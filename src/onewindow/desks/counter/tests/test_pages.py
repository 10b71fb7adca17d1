"""Pages at the counter and beside the approver's form: sorted, looked at by those who may, settled."""

from __future__ import annotations

from django.test import Client

from onewindow.desks.counter.tests.photographed import address, attached, sent
from onewindow.desks.counter.tests.room import Desk
from onewindow.errands.tests.scene import FOOD, HYGIENE, accepted, everything, opening, received, seated, signed_in
from onewindow.instruments.reading.tests.handed import jpeg, pdf
from onewindow.kernel.keys import uuid7
from onewindow.spine.attachments.actions import attach as put
from onewindow.spine.attachments.tests.handed import photo
from onewindow.spine.cases.models import Case


def test_a_double_click_attaches_once(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case, desk, once = received(clerk, visit), Desk(clerk, visit), str(uuid7())
        for _ in range(2):
            sent(desk, case, ("a.jpg", jpeg()), ("b.jpg", jpeg()), once=once)
        assert len(attached()) == 2


def test_the_buttons_of_a_page(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case, desk = received(clerk, visit), Desk(clerk, visit)
        code = case.materials.all()[0].code
        sent(desk, case, ("a.pdf", pdf(2)))
        first, second = attached()
        for page, fields in (
            (first, {"do": "sort", "material": code, "title": "租赁合同首页"}), (second, {"do": "sort", "material": code, "title": ""}),
            (second, {"do": "forward"}), (first, {"do": "turn"}),
        ):  # fmt: skip
            assert desk.post(address(case, f"{page.uuid}/"), fields, back=address(case)).to.startswith(address(case))
        text = desk.get(address(case)).text
        assert "租赁合同首页" in text and text.index(str(second.uuid)) < text.index(str(first.uuid))
        assert desk.post(address(case, f"{second.uuid}/"), {"do": "remove"}, back=address(case)).status == 303
        text = desk.get(address(case)).text
        assert "已取出 1 页" in text and text.count('class="shot"') == 1
        assert desk.post(address(case, f"{first.uuid}/"), {"do": "anything"}, back=address(case)).refusal == "conflict"
        assert [page.turned for page in attached()] == [90, 0]


def test_a_picture_is_for_those_who_may_see_the_case_and_kept_by_nobody(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case, other = received(clerk, visit), received(clerk, visit, HYGIENE)
        put(by=clerk, case_id=case.pk, examined=photo(), material="", once=uuid7())
        here = address(case, f"{attached()[0].uuid}.jpg")
        answer = signed_in("clerk02").get(here)
        assert (answer.status_code, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (200, "image/jpeg", "no-store")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert Client().get(here).status_code == 302
        for username in ("handover01", "manager01"):
            assert signed_in(username).get(here).status_code == 403
        assert signed_in("clerk02").get(address(other, f"{attached()[0].uuid}.jpg")).status_code == 404


def test_another_site_s_case_is_as_if_it_were_not_there(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case, desk = received(clerk, visit), Desk(clerk, visit)
        put(by=clerk, case_id=case.pk, examined=photo(), material="", once=uuid7())
        page = attached()[0].uuid
        Case.objects.filter(pk=case.pk).update(site="elsewhere")
        before = everything()
        assert desk.get(address(case)).status == desk.get(address(case, f"{page}.jpg")).status == 404
        assert sent(desk, case, ("a.jpg", jpeg())).status == 404
        assert desk.post(address(case, f"{page}/"), {"do": "remove"}, back=address(case)).status == 404
        assert everything() == before


def test_the_approver_sees_the_pages_of_their_own_department_beside_the_form(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case = received(clerk, visit, FOOD)
        code = case.materials.all()[0].code
        put(by=clerk, case_id=case.pk, examined=photo(), material=code, once=uuid7())
        put(by=clerk, case_id=case.pk, examined=photo(), material="", once=uuid7())
        desk = Desk(clerk, visit)
        desk.post(f"/counter/case/{case.uuid}/check/", {f"standing.{m.code}": "in-order" for m in case.materials.all()} | {"verb": "accept"})
        pages = [page.uuid for page in attached()]
        file = signed_in("market01").get(f"/approver/{case.uuid}/")
        assert all(f"/approver/{case.uuid}/pages/{page}.jpg" in file.content.decode() for page in pages)
        here = f"/approver/{case.uuid}/pages/{pages[0]}.jpg"
        assert signed_in("market01").get(here).status_code == 200
        assert signed_in("health01").get(here).status_code == 404
        assert signed_in("clerk01").get(here).status_code == 403
        text = desk.get(address(case)).text  # settled: to be looked at only
        assert "材料已经确定" in text and "camera-view" not in text and "data-do" not in text
        answer = sent(desk, case, ("a.jpg", jpeg()))
        assert answer.refusal == "wrong-state" and len(attached()) == 2


def test_a_case_without_pages_looks_as_before(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case = accepted(clerk, visit)
        assert 'class="sheets"' not in signed_in("market01").get(f"/approver/{case.uuid}/").content.decode()


def test_the_page_speaks_english(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case, desk = received(clerk, visit), Desk(clerk, visit, "en")
        page = desk.get(sent(desk, case, ("a.jpg", b"MZ")).to)
        assert "was not taken in: this is a program" in page.text and "Which material it belongs to" in page.text
