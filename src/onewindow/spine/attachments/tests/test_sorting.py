"""Pages of a case: attached once, sorted, taken out, and settled with the case."""

from __future__ import annotations

from onewindow.errands import sitting
from onewindow.errands.tests.scene import accepted, nobody, opening, received, refused, seated, verbs
from onewindow.instruments.reading import Examined, Seen
from onewindow.kernel.errors import InvalidInput, NotFound, NotPermitted, StateConflict, WrongState
from onewindow.kernel.keys import uuid7
from onewindow.spine.attachments.actions import (
    MOST_PAGES,
    attach,
    bring_forward,
    remove_page,
    sort_page,
    turn_page,
)
from onewindow.spine.attachments.models import Attachment, Page, PageImage
from onewindow.spine.attachments.queries import picture_of
from onewindow.spine.attachments.tests.handed import PHOTO, first_codes, on_a_case, order, photo
from onewindow.stages.acceptance.actions import check_materials


def test_pages_are_sorted_turned_brought_forward_and_taken_out(db: None) -> None:
    with opening():
        clerk, case, pages = on_a_case(examined=Examined("a.pdf", "pdf", b"x", tuple(Seen(400, 300, PHOTO) for _ in range(3))))
        one, two, three = (page.pk for page in pages)
        code, other = first_codes(case)[:2]
        for pk in (three, one, two):
            sort_page(by=clerk, page_id=pk, material=code, title="")
        assert order(case, code) == [three, one, two] and order(case, "") == []
        bring_forward(by=clerk, page_id=two)
        bring_forward(by=clerk, page_id=three)  # the first stays where it is
        assert order(case, code) == [three, two, one]
        sort_page(by=clerk, page_id=two, material=code, title="第二页")  # a name alone moves nothing
        assert order(case, code) == [three, two, one]
        sort_page(by=clerk, page_id=two, material=other, title="")
        remove_page(by=clerk, page_id=three)
        assert order(case, code) == [one] and order(case, other) == [two]
        turn_page(by=clerk, page_id=one)
        assert picture_of(case, Page.objects.get(pk=one).uuid) != PHOTO
        for _ in range(3):
            turn_page(by=clerk, page_id=one)
        assert picture_of(case, Page.objects.get(pk=one).uuid) == PHOTO
        assert verbs(Page.objects.get(pk=three)) == ["attach", "sort", "remove"]
        assert picture_of(case, Page.objects.get(pk=three).uuid) == PHOTO  # kept, and still to be looked at
        with refused(WrongState):
            remove_page(by=clerk, page_id=three)
        with refused(WrongState):
            sort_page(by=clerk, page_id=three, material=code, title="")


def test_the_same_upload_is_taken_once(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case, other, once = received(clerk, visit), received(clerk, visit), uuid7()
        first = attach(by=clerk, case_id=case.pk, examined=photo(), material="", once=once)
        assert attach(by=clerk, case_id=case.pk, examined=photo(), material="", once=once) == first
        assert attach(by=clerk, case_id=case.pk, examined=photo(), material="", once=once, place=1) != first
        with refused(StateConflict):
            attach(by=clerk, case_id=other.pk, examined=photo(), material="", once=once)
        assert (Attachment.objects.count(), Page.objects.count(), PageImage.objects.count()) == (2, 2, 2)


def test_a_settled_case_takes_no_page_and_gives_none_away(db: None) -> None:
    with opening():
        clerk, case, pages = on_a_case()
        sitting.check_and(by=clerk, case_id=case.pk, standings=dict.fromkeys(first_codes(case), ("in-order", "")), verb="accept")
        for act in (
            lambda: attach(by=clerk, case_id=case.pk, examined=photo(), material="", once=uuid7()),
            lambda: sort_page(by=clerk, page_id=pages[0].pk, material="", title=""),
            lambda: turn_page(by=clerk, page_id=pages[0].pk),
            lambda: bring_forward(by=clerk, page_id=pages[0].pk),
            lambda: remove_page(by=clerk, page_id=pages[0].pk),
        ):
            with refused(WrongState):
                act()


def test_a_case_awaiting_corrections_takes_pages(db: None) -> None:
    with opening():
        clerk, visit = seated()
        case = received(clerk, visit)
        codes = first_codes(case)
        standings = dict.fromkeys(codes, ("in-order", "")) | {codes[0]: ("deficient", "看不清")}
        sitting.check_and(by=clerk, case_id=case.pk, standings=standings, verb="correct")
        attach(by=clerk, case_id=case.pk, examined=photo(), material=codes[0], once=uuid7())
        assert len(order(case, codes[0])) == 1


def test_what_does_not_fit_is_refused(db: None) -> None:
    with opening():
        clerk, case, pages = on_a_case()
        thick = Examined("a.pdf", "pdf", b"x", tuple(Seen(1, 1, b"") for _ in range(MOST_PAGES)))
        for act in (
            lambda: attach(by=clerk, case_id=case.pk, examined=thick, material="", once=uuid7()),
            lambda: attach(by=clerk, case_id=case.pk, examined=photo(), material="no-such-material", once=uuid7()),
            lambda: sort_page(by=clerk, page_id=pages[0].pk, material="no-such-material", title=""),
            lambda: sort_page(by=clerk, page_id=pages[0].pk, material="", title="长" * 61),
        ):
            with refused(InvalidInput):
                act()
        with refused(NotFound):
            turn_page(by=clerk, page_id=0)
        with refused(NotFound):
            attach(by=clerk, case_id=0, examined=photo(), material="", once=uuid7())


def test_nobody_without_the_permission_does_any_of_it(db: None) -> None:
    with opening():
        _, case, pages = on_a_case()
        for act in (
            lambda: attach(by=nobody(), case_id=case.pk, examined=photo(), material="", once=uuid7()),
            lambda: sort_page(by=nobody(), page_id=pages[0].pk, material="", title=""),
            lambda: turn_page(by=nobody(), page_id=pages[0].pk),
            lambda: remove_page(by=nobody(), page_id=pages[0].pk),
        ):
            with refused(NotPermitted):
                act()


def test_acceptance_waits_for_no_page(db: None) -> None:
    """Pages are the file beside the paper; what the law asks for is what the clerk found in order."""
    with opening():
        clerk, visit = seated()
        assert accepted(clerk, visit).state == "accepted"


def test_a_page_makes_a_material_that_was_missing_given_and_touches_no_other_standing(db: None) -> None:
    with opening():
        clerk, visit = seated()
        every = frozenset(first_codes(received(clerk, visit)))
        case = received(clerk, visit, lacking=every)
        one, two, *rest = first_codes(case)
        attach(by=clerk, case_id=case.pk, examined=photo(), material="", once=uuid7())
        assert set(case.materials.values_list("standing", flat=True)) == {"missing"}
        attach(by=clerk, case_id=case.pk, examined=photo(), material=one, once=uuid7())
        page = Page.objects.get(material="")
        sort_page(by=clerk, page_id=page.pk, material=two, title="")
        standings = dict(case.materials.values_list("code", "standing"))
        assert standings == {one: "given", two: "given"} | dict.fromkeys(rest, "missing")
        assert verbs(case) == ["receive", "check", "check"]
        check_materials(by=clerk, case_id=case.pk, standings={one: ("in-order", "")})
        attach(by=clerk, case_id=case.pk, examined=photo(), material=one, once=uuid7())  # one more page of what was found in order
        assert case.materials.get(code=one).standing == "in-order"
