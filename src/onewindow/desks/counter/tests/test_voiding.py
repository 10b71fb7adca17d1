"""撤回误受理 where people stand: at the counter by whoever accepted, from the clock's page by a supervisor."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from onewindow.errands.tests.scene import HYGIENE, accepted, seated, signed_in
from onewindow.foundation.staff.models import Staff
from onewindow.kernel import clock
from onewindow.spine.cases.models import Case


def shown(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_clerk_voids_at_the_counter_and_a_supervisor_from_the_clock(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case, other = accepted(clerk, visit), accepted(clerk, visit, HYGIENE)
    at_counter, supervisor = signed_in("clerk01"), signed_in(Staff.objects.filter(roles__contains=["supervisor"]).order_by("id")[0].username)
    assert 'id="counter-void"' in shown(at_counter, "counter-case", case.uuid)
    assert 'id="counter-void"' not in shown(signed_in("clerk02"), "counter-case", case.uuid)
    assert 'id="counter-void"' in shown(supervisor, "today-clock", other.uuid) and 'id="counter-void"' not in shown(Client(), "today-clock", other.uuid)
    answer = at_counter.post(reverse("counter-void", args=[case.uuid]), {"reason": "点错了"})
    assert answer.headers["Location"] == reverse("counter-case", args=[case.uuid])
    answer = supervisor.post(reverse("counter-void", args=[other.uuid]), {"reason": "点错了"})
    assert answer.headers["Location"] == reverse("today")
    assert set(Case.objects.values_list("state", flat=True)) == {"received"}
    page = shown(at_counter, "counter-case", case.uuid)
    assert "已作废" in page and "撤回误受理" in page
    assert "已作废" in shown(at_counter, "counter-paper", case.uuid, "acceptance")
    pdf = at_counter.get(reverse("counter-paper-pdf", args=[case.uuid, "acceptance"]))
    assert pdf.content.startswith(b"%PDF")
