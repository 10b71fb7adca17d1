"""受理: complete, authorised, and with a clock that ends on the exact day; else once and completely what to correct."""

from __future__ import annotations

from datetime import datetime

import pytest

from onewindow.errands import sitting
from onewindow.errands.tests.scene import (
    FOOD,
    SITE,
    accepted,
    day,
    in_order,
    newest,
    nobody,
    opening,
    received,
    refused,
    rows_written,
    seated,
    seen,
    staff,
    verbs,
)
from onewindow.foundation.catalogue.actions import publish
from onewindow.foundation.catalogue.definition.materials import Copies
from onewindow.foundation.catalogue.definition.parts import Text
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel import clock
from onewindow.kernel.errors import (
    InvalidInput,
    MaterialsIncomplete,
    NotFound,
    NoticeAlreadyGiven,
    NoticeTooLate,
    NotPermitted,
    ReasonMissing,
    StillTime,
    WrongState,
)
from onewindow.spine.cases.models import Case
from onewindow.stages.acceptance.actions import (
    accept,
    check_materials,
    exempt,
    give_correction_notice,
    refuse,
    take_supplement,
)

LAYOUT = "与食品经营相适应的主要设备设施、经营布局、操作流程"


def test_acceptance_starts_both_clocks_the_day_itself_not_counted(morning: clock.Hand) -> None:
    """Accepted on 24 September 2026: 20 working days end on 29 October, the promised 4 on 8 October."""
    clerk, visit = seated()
    case = received(clerk, visit)
    check_materials(by=clerk, case_id=case.pk, standings=in_order(case))
    with rows_written() as rows:
        accept(by=clerk, case_id=case.pk)
    case.refresh_from_db()
    assert (case.state, case.accepted_on, case.accepted_by) == ("accepted", day("2026-09-24"), int(clerk.id))
    assert (case.due_on, case.promised_on, case.provisional) == (day("2026-10-29"), day("2026-10-08"), False)
    assert rows == ["case.accept"]
    paper = case.documents.get(kind="acceptance")
    assert paper.content["seal"] == "示范区市场监督管理局受理专用章"
    assert paper.content["blocks"][1]["zh"] == "承诺不晚于2026年10月8日（含当日）作出决定；法定期限至2026年10月29日。"
    assert len(paper.content["blocks"]) == 2
    facts = newest(case).facts
    assert facts.pop("authorisation") > 0
    assert facts == {
        "due": "2026-10-29", "promised": "2026-10-08", "provisional": False,
        "documents": [{"kind": "acceptance", "number": f"{case.number}-SL", "digest": paper.digest}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "due", "promised", "provisional"),
    [
        (datetime(2026, 9, 24, 0, 0, 1, tzinfo=clock.LOCAL), "2026-10-29", "2026-10-08", False),
        (datetime(2026, 9, 24, 23, 59, 59, tzinfo=clock.LOCAL), "2026-10-29", "2026-10-08", False),
        (datetime(2026, 2, 11, 9, tzinfo=clock.LOCAL), "2026-03-17", "2026-02-24", False),
        (datetime(2026, 12, 3, 9, tzinfo=clock.LOCAL), "2026-12-31", "2026-12-09", False),
        (datetime(2026, 12, 4, 9, tzinfo=clock.LOCAL), "2027-01-04", "2026-12-10", True),
        (datetime(2026, 12, 30, 9, tzinfo=clock.LOCAL), "2027-01-28", "2027-01-06", True),
    ],
)
def test_deadlines_are_exact_and_provisional_beyond_the_published_calendar(
    db: None, moment: datetime, due: str, promised: str, provisional: bool
) -> None:
    with opening(moment):
        case = accepted(*seated())
    assert (case.due_on, case.promised_on, case.provisional) == (day(due), day(promised), provisional)
    words = [block.get("zh", "") for block in case.documents.get(kind="acceptance").content["blocks"]]
    assert any("暂定日期" in zh for zh in words) is provisional


def test_a_necessary_material_that_is_missing_blocks_acceptance_and_is_named(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"layout"}))
    standings = {code: found for code, found in in_order(case).items() if code != "layout"}
    check_materials(by=clerk, case_id=case.pk, standings=standings)
    with refused(MaterialsIncomplete) as no:
        accept(by=clerk, case_id=case.pk)
    assert no.value.details == {"count": 1, "names": LAYOUT, "otherwise": "出具一次性补正告知书"}


def test_materials_given_but_not_checked_block_acceptance_too(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    with refused(MaterialsIncomplete) as no:
        accept(by=clerk, case_id=case.pk)
    assert no.value.details["count"] == 7


def test_what_needs_no_licence_is_never_accepted(morning: clock.Hand) -> None:
    """行政许可法 32(1)(1): it may be filed, for nobody is turned away, but the answer is 不受理."""
    clerk, visit = seated()
    case = received(clerk, visit, answers={"business": ["sales"], "goods": ["prepackaged-only"]})
    assert case.materials.count() == 0
    with refused(InvalidInput) as no:
        accept(by=clerk, case_id=case.pk)
    assert no.value.details["field"] == "情形"
    assert no.value.details["reason_zh"].endswith("请出具不受理告知书")
    with rows_written() as rows:
        exempt(by=clerk, case_id=case.pk, reason="仅销售预包装食品")
    case.refresh_from_db()
    assert (case.state, case.state_words.zh, rows) == ("exempted", "不受理", ["case.exempt"])
    paper = case.documents.get(kind="exemption")
    assert (paper.content["title"]["zh"], paper.words.zh) == ("不受理告知书", "不受理告知书")
    assert paper.content["blocks"][0] == {
        "zh": "依照《中华人民共和国行政许可法》第三十二条第一款第（一）项，申请事项依法不需要取得行政许可，不受理。",
        "en": "Under the Administrative Licensing Law (art 32(1)(1)): no licence is required by law.",
    }


def test_the_check_is_kept_when_acceptance_is_refused(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    standings = in_order(case) | {"layout": ("deficient", " 缺少操作流程 ")}
    with rows_written() as rows, pytest.raises(MaterialsIncomplete) as no:
        sitting.check_and(by=clerk, case_id=case.pk, standings=standings, verb="accept")
    assert (rows, no.value.details) == (["case.check"], {"count": 1, "names": LAYOUT, "otherwise": "出具一次性补正告知书"})
    material = case.materials.get(code="layout")
    assert (material.standing, material.note) == ("deficient", "缺少操作流程")
    assert case.documents.count() == 1


@pytest.mark.parametrize(
    ("standings", "field"),
    [
        ({"layout": ("deficient", "  ")}, LAYOUT),
        ({"layout": ("perfect", "")}, LAYOUT),
        ({"passport": ("in-order", "")}, "材料"),
        ({"application": ("in-order", ""), "canteen-contract": ("in-order", "")}, "材料"),
        ({"layout": ("deficient", "长" * 501)}, LAYOUT),
    ],
)
def test_a_check_that_makes_no_sense_changes_nothing(
    morning: clock.Hand, standings: dict[str, tuple[str, str]], field: str
) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    with refused(InvalidInput) as no:
        check_materials(by=clerk, case_id=case.pk, standings=standings)
    assert no.value.details["field"] == field


def test_the_one_time_notice_names_everything_once(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"rules"}))
    check_materials(by=clerk, case_id=case.pk, standings=seen(case) | {"layout": ("deficient", "缺少操作流程")})
    morning.forward(days=5)
    with rows_written() as rows:
        give_correction_notice(by=clerk, case_id=case.pk)
    case.refresh_from_db()
    assert (case.state, case.noticed_on, rows) == ("correcting", day("2026-09-29"), ["case.correct"])
    paper = case.documents.get(kind="correction-notice")
    assert [line["zh"] for line in paper.content["blocks"][1]["list"]] == [
        f"{LAYOUT}：缺少操作流程", "保证食品安全的规章制度目录：未提交，请补交（原件 1 份）。范本：只需目录清单，加盖申请人印章或者签字。",
    ]  # fmt: skip
    facts = newest(case).facts
    assert (facts["materials"], facts["until"]) == (["layout", "rules"], "2026-11-02")
    assert case.supplement_due_on == day("2026-11-02")
    assert "请于2026年11月2日（含当日）前" in paper.content["blocks"][2]["zh"]


def test_a_changed_material_changes_the_notice(morning: clock.Hand) -> None:
    """What the notice says of a missing material is the item's own: how many, and what a good one looks like."""
    standing = published(FOOD).definition
    rules = next(material for material in standing.materials if material.code == "rules")
    anew = rules.model_copy(update={"sample": Text(zh="改过的范本。", en="A changed sample."), "copies": Copies(originals=2, duplicates=0)})
    materials = tuple(anew if material.code == "rules" else material for material in standing.materials)
    publish(by=staff("administrator01"), site=SITE, definition=standing.model_copy(update={"materials": materials}))
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"rules"}))
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    give_correction_notice(by=clerk, case_id=case.pk)
    (line,) = case.documents.get(kind="correction-notice").content["blocks"][1]["list"]
    assert line["zh"] == f"{rules.name.zh}：未提交，请补交（原件 2 份）。范本：改过的范本。"
    assert line["en"] == f"{rules.name.en}: not given, please bring it (2 originals). Sample: A changed sample."


def test_on_the_last_day_the_notice_may_still_be_given(morning: clock.Hand) -> None:
    """Received on 24 September: the fifth working day is 9 October, after the autumn holidays."""
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"rules"}))
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    morning.forward(days=15)
    assert clock.today() == case.notice_due_on == day("2026-10-09")
    give_correction_notice(by=clerk, case_id=case.pk)
    case.refresh_from_db()
    assert (case.state, case.noticed_on) == ("correcting", day("2026-10-09"))


def test_after_five_silent_days_the_law_has_accepted_from_the_day_of_receipt(morning: clock.Hand) -> None:
    """行政许可法 32(1)(4): no notice can be given any more, and the clocks run from the receipt, whatever is lacking."""
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"rules"}))
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    morning.forward(days=16)
    with refused(NoticeTooLate) as no:
        give_correction_notice(by=clerk, case_id=case.pk)
    assert no.value.details == {"due": "2026年10月9日", "received": "2026年9月24日"}
    with rows_written() as rows:
        accept(by=clerk, case_id=case.pk)
    case.refresh_from_db()
    assert (rows, case.state, clock.today()) == (["case.accept"], "accepted", day("2026-10-10"))
    assert (case.accepted_on, case.due_on, case.promised_on) == (day("2026-09-24"), day("2026-10-29"), day("2026-10-08"))
    assert newest(case).facts["deemed"] == "2026-09-24"
    assert case.documents.get(kind="acceptance").content["blocks"][0]["zh"] == (
        "本机关未在2026年10月9日（含当日）前告知补正，依照《中华人民共和国行政许可法》第三十二条第一款第（四）项，"
        "自收到申请材料之日起即为受理；办理期限从收到申请材料之日（2026年9月24日）起算。"
    )


SALE = {"registered": "yes", "cause": "sale", "party": "person", "elderly": "no", "use": "home", "agent": "self"}


def test_where_another_law_lets_silence_accept_its_own_article_is_told(morning: clock.Hand) -> None:
    """不动产登记暂行条例 17: not told on the spot that it is not accepted, it counts as accepted; no licensing law is named."""
    clerk, visit = seated()
    case = received(clerk, visit, "real-estate-transfer", answers=SALE, lacking=frozenset({"sale-contract"}))
    assert case.notice_due_on == day("2026-09-24")
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    morning.forward(days=1)
    with refused(NoticeTooLate):
        give_correction_notice(by=clerk, case_id=case.pk)
    accept(by=clerk, case_id=case.pk)
    case.refresh_from_db()
    assert (case.accepted_on, clock.today()) == (day("2026-09-24"), day("2026-09-25"))
    receipt, notice = (case.documents.get(kind=kind).content["blocks"] for kind in ("receipt", "acceptance"))
    assert notice[0]["zh"] == (
        "本机关未在2026年9月24日（含当日）前告知补正，依照《不动产登记暂行条例》第十七条，视为受理；"
        "办理期限从收到申请材料之日（2026年9月24日）起算。"
    )
    assert any("逾期不告知的，视为受理（《不动产登记暂行条例》第十七条）" in block.get("zh", "") for block in receipt)
    assert "行政许可法" not in str(receipt) + str(notice)


def test_a_notice_in_time_leaves_acceptance_to_the_day_it_happens(morning: clock.Hand) -> None:
    """After a notice given in time, silence of more than five days accepts nothing by itself."""
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"rules"}))
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    give_correction_notice(by=clerk, case_id=case.pk)
    morning.forward(days=20)
    take_supplement(by=clerk, case_id=case.pk, given={"rules"})
    with refused(MaterialsIncomplete):
        accept(by=clerk, case_id=case.pk)
    check_materials(by=clerk, case_id=case.pk, standings=in_order(case))
    accept(by=clerk, case_id=case.pk)
    case.refresh_from_db()
    assert (case.accepted_on, "deemed" in newest(case).facts) == (day("2026-10-14"), False)


def test_nothing_to_correct_gives_no_notice(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    with refused(InvalidInput) as no:
        give_correction_notice(by=clerk, case_id=case.pk)
    assert "没有核对" in str(no.value.details["reason_zh"])
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    with refused(InvalidInput) as no:
        give_correction_notice(by=clerk, case_id=case.pk)
    assert no.value.details["field"] == "材料清单"


def test_the_law_allows_one_notice_only(morning: clock.Hand) -> None:
    """行政许可法 32(1)(4): after the supplement the clerk decides on what is there."""
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"rules", "layout"}))
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    give_correction_notice(by=clerk, case_id=case.pk)
    morning.forward(days=14)
    with rows_written() as rows:
        take_supplement(by=clerk, case_id=case.pk, given={"rules"})
    case.refresh_from_db()
    assert (case.state, rows) == ("received", ["case.supplement"])
    assert {m.code: m.standing for m in case.materials.filter(code__in=["rules", "layout"])} == {"rules": "given", "layout": "missing"}
    with refused(NoticeAlreadyGiven) as no:
        give_correction_notice(by=clerk, case_id=case.pk)
    assert no.value.details == {"on": "2026年9月24日"}
    with refused(MaterialsIncomplete) as lacking:
        accept(by=clerk, case_id=case.pk)
    assert lacking.value.details["otherwise"] == "以补正后仍不齐全为由不予受理（补正只能告知一次）"


def test_corrections_that_stay_incomplete_end_in_a_decision(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"rules", "layout"}))
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    with refused(InvalidInput) as never:
        refuse(by=clerk, case_id=case.pk, ground="not-corrected", reason="x")
    assert never.value.details["reason_zh"] == "没有一次性告知过补正，不能以未补正为由不予受理"
    give_correction_notice(by=clerk, case_id=case.pk)
    take_supplement(by=clerk, case_id=case.pk, given={"rules"})
    with rows_written() as rows:
        refuse(by=clerk, case_id=case.pk, ground="not-corrected", reason="仍缺设备布局图")
    case.refresh_from_db()
    assert (case.state, rows, newest(case).facts["ground"]) == ("refused", ["case.refuse"], "not-corrected")
    content = case.documents.get(kind="refusal").content
    assert content["title"]["zh"] == "不予受理决定书"
    assert "第三十二条第一款第（四）项、第（五）项" in content["blocks"][0]["zh"]


def test_who_never_returns_is_refused_only_after_the_time_given(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"rules"}))
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    give_correction_notice(by=clerk, case_id=case.pk)
    case.refresh_from_db()
    assert case.supplement_due_on == day("2026-10-29")
    morning.forward(days=35)
    assert clock.today() == case.supplement_due_on
    with refused(StillTime) as no:
        refuse(by=clerk, case_id=case.pk, ground="not-corrected", reason="逾期未补正")
    assert no.value.details == {"due": "2026年10月29日"}
    morning.forward(days=1)
    with rows_written() as rows:
        refuse(by=clerk, case_id=case.pk, ground="not-corrected", reason="逾期未补正")
    case.refresh_from_db()
    assert (case.state, rows) == ("refused", ["case.refuse"])
    with refused(WrongState):
        take_supplement(by=clerk, case_id=case.pk, given={"rules"})


def test_a_supplemented_case_is_checked_and_accepted(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"rules"}))
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    give_correction_notice(by=clerk, case_id=case.pk)
    morning.forward(days=14)
    take_supplement(by=clerk, case_id=case.pk, given={"rules"})
    check_materials(by=clerk, case_id=case.pk, standings=in_order(case))
    accept(by=clerk, case_id=case.pk)
    case.refresh_from_db()
    assert verbs(case) == ["receive", "check", "correct", "supplement", "check", "accept"]
    assert (case.accepted_on, case.received_on, case.noticed_on) == (day("2026-10-08"), day("2026-09-24"), day("2026-09-24"))


def test_a_supplement_of_a_stranger_material_changes_nothing(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"rules"}))
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    give_correction_notice(by=clerk, case_id=case.pk)
    with refused(InvalidInput):
        take_supplement(by=clerk, case_id=case.pk, given={"rules", "passport"})


def test_a_refusal_says_ground_reason_whom_to_turn_to_and_remedies(morning: clock.Hand) -> None:
    """行政许可法 32(1)(2): 告知申请人向有关行政机关申请."""
    clerk, visit = seated()
    case = received(clerk, visit)
    with refused(InvalidInput) as no:
        refuse(by=clerk, case_id=case.pk, ground="not-ours", reason="经营场所不在本区", agency=" ")
    assert no.value.details["field"] == "应向哪个机关申请"
    with rows_written() as rows:
        refuse(by=clerk, case_id=case.pk, ground="not-ours", reason=" 经营场所不在本区 ", agency=" 邻区市场监督管理局 ")
    case.refresh_from_db()
    facts = newest(case).facts
    assert (case.state, rows, facts["ground"], facts["agency"]) == ("refused", ["case.refuse"], "not-ours", "邻区市场监督管理局")
    content = case.documents.get(kind="refusal").content
    assert content["title"]["zh"] == "不予受理决定书"
    assert content["blocks"][:3] == [
        {
            "zh": "依照《中华人民共和国行政许可法》第三十二条第一款第（二）项，申请事项依法不属于本机关职权范围，不予受理。",
            "en": "Under the Administrative Licensing Law (art 32(1)(2)): the matter is not within this agency's power.",
        },
        {"zh": "理由：经营场所不在本区", "en": "Reason: 经营场所不在本区"},
        {"zh": "请向邻区市场监督管理局提出申请。", "en": "Please apply to: 邻区市场监督管理局."},
    ]
    assert len(content["blocks"][4]["list"]) == 2


def test_a_refusal_needs_a_lawful_ground_and_a_reason(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    with refused(ReasonMissing) as no:
        refuse(by=clerk, case_id=case.pk, ground="not-ours", reason=" ", agency="邻区市场监督管理局")
    assert no.value.details == {"verb": "不予受理"}
    with refused(InvalidInput) as wrong:
        refuse(by=clerk, case_id=case.pk, ground="too-much-work", reason="x")
    assert wrong.value.details["field"] == "依据"
    with refused(ReasonMissing) as silent:
        exempt(by=clerk, case_id=case.pk, reason="")
    assert silent.value.details == {"verb": "告知不受理"}


def test_after_acceptance_the_window_can_change_nothing(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    for forbidden in (
        lambda: accept(by=clerk, case_id=case.pk),
        lambda: check_materials(by=clerk, case_id=case.pk, standings=in_order(case)),
        lambda: give_correction_notice(by=clerk, case_id=case.pk),
        lambda: take_supplement(by=clerk, case_id=case.pk, given={"layout"}),
        lambda: refuse(by=clerk, case_id=case.pk, ground="not-ours", reason="x", agency="y"),
        lambda: exempt(by=clerk, case_id=case.pk, reason="x"),
    ):
        with refused(WrongState):
            forbidden()


def test_no_verb_of_acceptance_without_its_permission(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    for actor in (nobody(), staff("market01"), staff("manager01")):
        for forbidden in (
            lambda by: accept(by=by, case_id=case.pk),
            lambda by: check_materials(by=by, case_id=case.pk, standings=in_order(case)),
            lambda by: give_correction_notice(by=by, case_id=case.pk),
            lambda by: take_supplement(by=by, case_id=case.pk, given={"layout"}),
            lambda by: refuse(by=by, case_id=case.pk, ground="not-ours", reason="x", agency="y"),
            lambda by: exempt(by=by, case_id=case.pk, reason="x"),
        ):
            with refused(NotPermitted):
                forbidden(actor)


def test_a_case_that_is_not_there(morning: clock.Hand) -> None:
    with refused(NotFound):
        accept(by=staff("clerk01"), case_id=10**12)


def test_the_specialist_may_check_and_no_more(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    with rows_written() as rows:
        check_materials(by=staff("specialist01"), case_id=case.pk, standings=in_order(case))
    assert rows == ["case.check"]
    with refused(NotPermitted):
        accept(by=staff("specialist01"), case_id=case.pk)
    assert Case.objects.get(pk=case.pk).item.code == FOOD


def test_what_is_no_permit_speaks_of_its_own_law_and_is_not_accepted_by_silence(morning: clock.Hand) -> None:
    """居住证: the licensing law's deemed acceptance is not its rule, and no paper cites that law."""
    clerk, visit = seated()
    case = received(clerk, visit, "residence-permit")
    receipt = case.documents.get(kind="receipt").content["blocks"][2]["zh"]
    assert receipt.endswith("一次告知需要补正的全部内容。")
    check_materials(by=clerk, case_id=case.pk, standings=in_order(case))
    morning.forward(days=20)
    accept(by=clerk, case_id=case.pk)
    case.refresh_from_db()
    assert (case.accepted_on, "deemed" in newest(case).facts) == (day("2026-10-14"), False)
    said = case.documents.get(kind="acceptance").content["blocks"][0]["zh"]
    assert said == "您的申请材料齐全、符合规定形式，依照《居住证暂行条例》，予以受理。"
