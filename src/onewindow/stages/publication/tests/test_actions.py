"""Permits in the public list: once each, masked from the first moment, marked and never deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from onewindow.errands.tests.scene import (
    HYGIENE,
    MAKER,
    REGION,
    available,
    decided,
    newest,
    opening,
    received,
    refused,
    rows_written,
    seated,
    staff,
    verbs,
)
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, NotPermitted, StateConflict, WrongState
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import system
from onewindow.spine.cases.models import Case
from onewindow.stages.delivery.actions import make_available
from onewindow.stages.payment.tests.scene import granted_card
from onewindow.stages.publication.actions import mark, publish
from onewindow.stages.publication.models import PublishedPermit
from onewindow.stages.publication.policies import ASK, PUBLISH
from onewindow.stages.publication.queries import Asked, permits
from onewindow.stages.publication.rules import HIDDEN
from onewindow.stages.publication.secrecy import allow_secrecy, ask_secrecy, decline_secrecy

BY, PAGE = system("publication", [PUBLISH]), system("page", [ASK])
SECRET = "示范路 1 号（演示）"  # what the scene writes as the address of the premises


def published() -> PublishedPermit:
    made = publish(by=BY, case_id=available(*seated()).case_id)
    assert made is not None
    return made


def test_a_granted_permit_stands_in_the_list_once(db: None) -> None:
    with opening():
        result = available(*seated())
        with rows_written() as rows:
            permit = publish(by=BY, case_id=result.case_id)
            again = publish(by=BY, case_id=result.case_id)
        assert rows == ["published-permit.publish"] and permit is not None and again is not None and again.pk == permit.pk
        case = result.case
        assert (permit.name, permit.kind, permit.credit_code) == (case.addressee, "company", "91110000600037341L")
        assert (permit.number, permit.licence) == (case.documents.get(kind="grant").number, result.document.content["number"])
        assert permit.decided_on == clock.today() == permit.published_on <= permit.publish_by
        assert set(newest(permit).facts) == {"case", "number", "licence", "hidden"}
        assert "12000000001" not in str(permit.content) and "11010519491231002X" not in str(permit.content)


def test_what_is_no_permit_or_was_not_granted_is_not_published(db: None) -> None:
    with opening():
        denied = available(*seated(), verb="deny")
        card = granted_card(*seated("clerk02", 1))
        make_available(by=MAKER, case=card, region=REGION)
        undelivered = decided(*seated("clerk03", 2), HYGIENE)
        for case in (denied.case, card, undelivered):
            assert publish(by=BY, case_id=case.pk) is None
        with refused(NotPermitted):
            publish(by=staff("clerk01"), case_id=card.pk)
        with refused(NotFound):
            publish(by=BY, case_id=0)
    assert PublishedPermit.objects.count() == 0


def test_an_undecided_request_masks_at_once_and_the_approver_decides(db: None) -> None:
    with opening():
        permit = published()
        assert SECRET in str(permit.content)
        once = uuid7()
        asked = ask_secrecy(by=PAGE, case_id=permit.case_id, fields=["premises", "residence"], reason="商业秘密", once=once)
        assert ask_secrecy(by=PAGE, case_id=permit.case_id, fields=["premises"], reason="商业秘密", once=once).pk == asked.pk
        permit.refresh_from_db()
        assert SECRET not in str(permit.content) and HIDDEN in str(permit.content) and permit.hidden == 2
        with refused(StateConflict):
            ask_secrecy(by=PAGE, case_id=permit.case_id, fields=["premises"], reason="again", once=uuid7())
        for by in (staff("health01"), staff("clerk01")):
            with refused(NotPermitted):
                decline_secrecy(by=by, request_id=asked.pk, note="经营场所依法公示")
        with refused(InvalidInput):
            decline_secrecy(by=staff("market01"), request_id=asked.pk, note=" ")
        decline_secrecy(by=staff("market01"), request_id=asked.pk, note="经营场所依法公示")
        permit.refresh_from_db()
        assert SECRET in str(permit.content) and permit.hidden == 0
        second = ask_secrecy(by=PAGE, case_id=permit.case_id, fields=["residence"], reason="隐私", once=uuid7())
        allow_secrecy(by=staff("market01"), request_id=second.pk, note="属个人隐私")
        permit.refresh_from_db()
        assert permit.hidden == 1 and verbs(permit) == ["publish", "mask", "mask", "mask", "mask"]
        with refused(WrongState):
            allow_secrecy(by=staff("market01"), request_id=second.pk, note="再来")


def test_what_was_asked_before_the_decision_is_masked_from_the_first_moment(db: None) -> None:
    with opening():
        clerk, visit = seated()
        denied = available(clerk, visit, verb="deny")
        with refused(NotFound):
            ask_secrecy(by=PAGE, case_id=denied.case_id, fields=["premises"], reason="x", once=uuid7())
        case = received(clerk, visit)
        ask_secrecy(by=PAGE, case_id=case.pk, fields=["premises", "residence"], reason="商业秘密", once=uuid7())
        from onewindow.errands import sitting
        from onewindow.errands.decision import decide
        from onewindow.errands.tests.scene import in_order

        sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="accept")
        decide(by=staff("market01"), case_id=case.pk, verb="grant", words="")
        make_available(by=MAKER, case=Case.objects.get(pk=case.pk), region=REGION)
        permit = publish(by=BY, case_id=case.pk)
        assert permit is not None and SECRET not in str(permit.content) and verbs(permit) == ["publish"]


def test_a_permit_that_ends_is_marked_and_stays(db: None) -> None:
    with opening():
        permit, approver = published(), staff("market01")
        for ending, reason in (("gone", "x"), ("revoked", "")):
            with refused(InvalidInput):
                mark(by=approver, permit_id=permit.pk, ending=ending, reason=reason)
        for by in (staff("health01"), staff("manager01")):
            with refused(NotPermitted):
                mark(by=by, permit_id=permit.pk, ending="revoked", reason="x")
        mark(by=approver, permit_id=permit.pk, ending="revoked", reason="以欺骗手段取得（演示）")
        permit.refresh_from_db()
        assert (permit.state, permit.state_words.zh, permit.ended_on) == ("ended", "撤销", clock.today())
        assert list(permits(Asked())) == [permit]
        with refused(WrongState):
            mark(by=approver, permit_id=permit.pk, ending="withdrawn", reason="x")


def test_the_list_is_searched_by_part_of_a_name_and_by_whole_numbers(db: None) -> None:
    with opening():
        permit = published()
        part = permit.name[1:4]
        found = [Asked(part), Asked(permit.name), Asked(f" {permit.name} "), Asked(permit.number.lower()), Asked(permit.licence), Asked(permit.credit_code),
                 Asked(item=permit.item), Asked(department="market"), Asked(since=permit.decided_on, until=permit.decided_on), Asked(permit.name[0])]  # fmt: skip
        department = permit.department.code
        found[7] = Asked(department=department)
        assert [list(permits(asked)) for asked in found] == [[permit]] * len(found)
        nothing = [Asked("无此名称"), Asked(permit.number[:-1]), Asked(permit.credit_code[:-1]), Asked("%"), Asked("_"), Asked("'"), Asked(item="other"),
                   Asked(department="other"), Asked(until=permit.decided_on.replace(year=2025))]  # fmt: skip
        assert [list(permits(asked)) for asked in nothing] == [[]] * len(nothing)


@pytest.mark.parametrize("columns", [{"credit_code": "11010519491231002X", "kind": "person"}, {"state": "ended"}, {"kind": "x"}, {"ending": "revoked"}])
def test_the_database_refuses_what_must_never_be(db: None, columns: dict[str, str]) -> None:
    with opening():
        permit = published()
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedPermit.objects.filter(pk=permit.pk).update(**columns)


def test_a_long_list_is_read_by_its_indexes(fresh_database: str, as_owner: Callable[[str], object]) -> None:
    """Twenty thousand permits: what each search reads is found by an index, whatever it looks for."""
    with opening():
        first = published()
    many(20_000, as_owner)
    with connection.cursor() as cursor:
        for asked in (Asked(), Asked("号七公"), Asked("N77"), Asked(item=first.item), Asked(department="none"), Asked(since=first.decided_on)):
            with CaptureQueriesContext(connection) as said:
                list(permits(asked)[:30])
            cursor.execute("EXPLAIN " + said[-1]["sql"])
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Seq Scan on publication_permit" not in plan, (asked, plan)
        cursor.execute("RESET search_path")


def many(n: int, as_owner: Callable[[str], object]) -> None:
    """A list of n permits, in a table of the owner's that stands before the true one: cases for all of them would take too long."""
    columns = [f.column for f in PublishedPermit._meta.concrete_fields]
    made = {"id": "n", "uuid": "gen_random_uuid()", "case_id": "n", "number": "'N' || n", "name": "'演示' || chr(19968 + n % 5000) || '公司'",
            "grams": "ARRAY['演示', '示' || chr(19968 + n % 5000), chr(19968 + n % 5000) || '公', '公司']", "licence": "'L' || n", "credit_code": "'C' || n",
            "item": "'item-' || n % 40", "decided_on": "date '2022-01-01' + n % 1500"}  # fmt: skip
    chosen, named = ", ".join(made.get(column, f'"{column}"') for column in columns), ", ".join(f'"{column}"' for column in columns)
    for statement in (
        "CREATE SCHEMA aside", "CREATE TABLE aside.publication_permit (LIKE public.publication_permit INCLUDING ALL)",
        f"INSERT INTO aside.publication_permit ({named}) OVERRIDING SYSTEM VALUE SELECT {chosen} FROM public.publication_permit, generate_series(1, {n}) n",
        "ANALYZE aside.publication_permit", f"GRANT USAGE ON SCHEMA aside TO {settings.APP_ROLE}",
        f"GRANT SELECT ON aside.publication_permit TO {settings.APP_ROLE}",
    ):  # fmt: skip
        as_owner(statement)
    with connection.cursor() as cursor:
        cursor.execute("SET search_path TO aside, public")
