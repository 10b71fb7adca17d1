"""What a decision results in, what stands on a licence, and into whose hand it goes."""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.errands.tests.scene import (
    HYGIENE,
    MAKER,
    REGION,
    accepted,
    agent,
    available,
    company,
    day,
    decided,
    everything,
    newest,
    nobody,
    refused,
    rows_written,
    seated,
    staff,
    stranger,
    verbs,
)
from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.people.models import Agency
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotPermitted, WrongState
from onewindow.spine.cases.rules import valid_until
from onewindow.stages.delivery.actions import hand_over, make_available
from onewindow.stages.delivery.models import Result
from onewindow.stages.delivery.queries import available_results, results_for
from onewindow.stages.delivery.rules import licence_lines, licence_number


def test_a_granted_case_results_in_a_licence_from_its_template(morning: clock.Hand) -> None:
    case = decided(*seated())
    with rows_written() as rows:
        result = make_available(by=MAKER, case=case, region=REGION)
    assert (rows, result.state, result.deliver_by) == (["result.make"], "available", day("2026-10-15"))
    licence = result.document
    assert (licence.kind, licence.number, licence.content["number"]) == ("licence", f"{case.number}-ZZ", "演示JY310104202600001")
    assert licence.content["valid_until"] == "2031-09-23"
    (lines,) = licence.content["blocks"]
    assert [line["zh"] for line in lines["list"]] == [
        "许可证编号：演示JY310104202600001", "经营者名称：演示", "统一社会信用代码：91110000600037341L", "法定代表人（负责人）：演示",
        "住所：示范路 1 号（演示）", "经营场所：示范路 1 号（演示）", "主体业态：餐饮服务", "有效期至：2031年9月23日",
        "发证机关：示范区市场监督管理局", "发证日期：2026年9月24日",
    ]  # fmt: skip
    assert newest(result).facts == {
        "case": case.pk, "document": licence.number, "digest": licence.digest, "by": "2026-10-15",
    }  # fmt: skip


def test_licence_numbers_count_on_within_an_item_and_a_year(morning: clock.Hand) -> None:
    clerk, visit = seated()
    numbers = [available(clerk, visit).document.content["number"] for _ in range(2)]
    numbers.append(available(clerk, visit, HYGIENE).document.content["number"])
    assert numbers == ["演示JY310104202600001", "演示JY310104202600002", "演示卫公证字〔2026〕第310104-00001号"]


def test_a_denied_case_results_in_its_decision(morning: clock.Hand) -> None:
    case = decided(*seated(), verb="deny")
    with rows_written() as rows:
        result = make_available(by=MAKER, case=case, region=REGION)
    assert (rows, result.document.kind) == (["result.make"], "denial")
    assert not case.documents.filter(kind="licence").exists()


def test_an_undecided_case_has_no_result(morning: clock.Hand) -> None:
    case = accepted(*seated())
    with pytest.raises(ValueError, match="only a decided case"):
        make_available(by=MAKER, case=case, region=REGION)
    assert Result.objects.count() == 0


def test_nobody_but_the_system_makes_results(fresh_database: str, morning: clock.Hand) -> None:
    """Refused, it burns no number and leaves no licence behind, even outside any transaction."""
    case = decided(*seated())
    for actor in (staff("market01"), staff("handover01"), nobody()):
        with refused(NotPermitted, savepoint=False):
            make_available(by=actor, case=case, region=REGION)


def test_the_applicant_or_the_agent_collects_with_the_last_four(morning: clock.Hand) -> None:
    clerk, visit = seated()
    first, second = available(clerk, visit), available(clerk, visit, HYGIENE)
    assert list(results_for(agent().pk)) == list(results_for(company().pk)) == [first, second]
    with rows_written() as rows:
        hand_over(by=staff("handover01"), result_id=first.pk, collector=agent(), tail="0014")
        hand_over(by=staff("handover02"), result_id=second.pk, collector=agent(), tail="0014")
    assert rows == ["result.collect", "result.collect"]
    first.refresh_from_db()
    assert (first.state, first.collected_by_id, first.collected_at) == ("collected", agent().pk, clock.now())
    facts = newest(first).facts
    slip = first.case.documents.get(kind="pickup-slip")
    assert facts == {
        "case": first.case_id, "collector": agent().pk,
        "documents": [{"kind": "pickup-slip", "number": f"{first.case.number}-LQ", "digest": slip.digest}],
    }  # fmt: skip
    assert (list(results_for(agent().pk)), list(available_results("demo-centre"))) == ([], [])
    assert verbs(first) == ["make", "collect"]


def test_a_company_code_or_an_ended_authority_collects_nothing(morning: clock.Hand) -> None:
    result = available(*seated())
    before = everything()
    with refused(InvalidInput) as no:
        hand_over(by=staff("handover01"), result_id=result.pk, collector=company(), tail="341L")
    assert no.value.details["field"] == "领取人"
    assert everything() == before
    Agency.objects.filter(agent=agent()).update(valid_until=date(2026, 9, 1))
    before = everything()
    with refused(InvalidInput) as no:
        hand_over(by=staff("handover01"), result_id=result.pk, collector=agent(), tail="0014")
    assert no.value.details["field"] == "领取人"
    assert everything() == before


def test_nobody_else_collects(morning: clock.Hand) -> None:
    result = available(*seated())
    with refused(InvalidInput) as no:
        hand_over(by=staff("handover01"), result_id=result.pk, collector=stranger(), tail="002X")
    assert no.value.details["field"] == "领取人"


def test_the_wrong_last_four_hand_nothing_over(morning: clock.Hand) -> None:
    result = available(*seated())
    for tail in ("0015", "", "014", "10014", "440524188001010014", "００１５"):
        with refused(InvalidInput) as no:
            hand_over(by=staff("handover01"), result_id=result.pk, collector=agent(), tail=tail)
        assert no.value.details["field"] == "证件号码后四位", tail


def test_a_result_is_handed_over_once(morning: clock.Hand) -> None:
    result = available(*seated())
    hand_over(by=staff("handover01"), result_id=result.pk, collector=agent(), tail="0014")
    with refused(WrongState):
        hand_over(by=staff("handover01"), result_id=result.pk, collector=agent(), tail="0014")


def test_only_the_delivery_window_hands_over(morning: clock.Hand) -> None:
    result = available(*seated())
    for username in ("clerk01", "market01", "manager01", "administrator01"):
        with refused(NotPermitted):
            hand_over(by=staff(username), result_id=result.pk, collector=agent(), tail="0014")


def year(n: int) -> Limit:
    return Limit(n=n, unit="year")


@pytest.mark.parametrize(
    ("validity", "granted", "until"),
    [
        (None, date(2026, 9, 24), None),
        (year(5), date(2026, 9, 24), date(2031, 9, 23)),
        (year(4), date(2026, 1, 1), date(2029, 12, 31)),
        (year(5), date(2028, 2, 29), date(2033, 2, 28)),
        (year(4), date(2028, 2, 29), date(2032, 2, 28)),
        (year(1), date(2027, 3, 1), date(2028, 2, 29)),
        (Limit(n=1, unit="month"), date(2026, 1, 31), date(2026, 2, 28)),
        (Limit(n=1, unit="month"), date(2026, 2, 28), date(2026, 3, 27)),
        (Limit(n=3, unit="month"), date(2026, 11, 30), date(2027, 2, 28)),
        (Limit(n=12, unit="month"), date(2026, 12, 31), date(2027, 12, 30)),
        (Limit(n=30, unit="calendar-day"), date(2026, 9, 24), date(2026, 10, 23)),
        (Limit(n=1, unit="calendar-day"), date(2026, 9, 24), date(2026, 9, 24)),
    ],
)
def test_a_licence_ends_the_day_before_its_anniversary(validity: Limit | None, granted: date, until: date | None) -> None:
    assert valid_until(validity, granted) == until


def test_a_licence_is_never_valid_for_working_days() -> None:
    with pytest.raises(ValueError, match="not for working days"):
        valid_until(Limit(n=20, unit="working-day"), date(2026, 9, 24))


def test_lines_without_a_value_are_left_out(db: None) -> None:
    definition = published(HYGIENE).definition
    assert licence_lines(definition, {"form.name": "演示", "unknown.thing": "x"}) == [("单位名称", "演示")]
    assert licence_lines(definition, {}) == []


def test_a_serial_is_padded_and_never_cut(db: None) -> None:
    definition = published(HYGIENE).definition
    numbers = [licence_number(definition, region=REGION, granted=date(2026, 1, 2), serial=n) for n in (7, 99_999, 123_456)]
    assert numbers == [f"演示卫公证字〔2026〕第310104-{shown}号" for shown in ("00007", "99999", "123456")]
