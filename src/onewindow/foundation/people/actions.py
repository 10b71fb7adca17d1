"""The only writers of applicants and agencies."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from pypinyin import lazy_pinyin

from onewindow.foundation.people.models import Agency, Party
from onewindow.foundation.people.policies import REGISTER
from onewindow.foundation.people.queries import normalised_phone, number_kind, party_by_number
from onewindow.kernel import clock
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.identifiers import check, clean
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words

LONGEST_NAME = 120
_LONGEST_SORT_KEY = 240  # the end of a very long name decides no order


def register(*, by: Actor, site: str, kind: str, name: str, number: str, phone: str = "") -> Party:
    """Put an applicant on record, or return the record of that number, its phone brought up to date.

    `kind` is ``person`` (GB 11643 number) or ``company`` (GB 32100 code). Raises `InvalidInput` with the
    position that is wrong; the number itself is in no message.
    """
    by.require(REGISTER)
    verdict = check(number_kind(kind), number, on=clock.today())
    if verdict.reason is not None:
        field = Words("身份证号", "identity number") if kind == "person" else Words("统一社会信用代码", "credit code")
        raise InvalidInput(field=field, reason_zh=verdict.reason.zh, reason_en=verdict.reason.en)
    if not name.strip():
        raise InvalidInput(field=Words("姓名或名称", "name"), reason_zh="请填写", reason_en="please fill this in")
    if len(name.strip()) > LONGEST_NAME:
        raise InvalidInput(
            field=Words("姓名或名称", "name"), reason_zh=f"最多 {LONGEST_NAME} 个字", reason_en=f"at most {LONGEST_NAME} characters"
        )
    number, phone = clean(number), normalised_phone(phone)
    known = party_by_number(kind, number)
    if known is not None and known.name != name.strip():
        raise InvalidInput(
            field=Words("姓名或名称", "name"), reason_zh="与该号码已登记的不一致，请对照证件核对号码和名称",
            reason_en="is not what is on record for this number; please compare both with the document",
        )  # fmt: skip
    if known is not None:
        if phone and vault().blind("party.phone", phone) != bytes(known.phone_blind or b""):
            _change_phone(by, known.pk, phone)
        return known
    try:
        with transaction.atomic():
            return _new(by, site, kind, name.strip(), number, phone)
    except IntegrityError:  # registered at another window in this very moment
        party = party_by_number(kind, number)
        if party is None:
            raise
        return party


def _new(by: Actor, site: str, kind: str, name: str, number: str, phone: str) -> Party:
    envelope, wrapped = vault().new()
    return begin(
        Party, "register", by=by, site=site, facts={"kind": kind}, kind=kind, name=name,
        sort_key=" ".join(lazy_pinyin(name))[:_LONGEST_SORT_KEY], record_key=wrapped,
        number_sealed=envelope.seal("number", number), number_blind=vault().blind("party.number", number),
        tail_sealed=envelope.seal("tail", number[-4:]),
        phone_sealed=envelope.seal("phone", phone) if phone else None,
        phone_blind=vault().blind("party.phone", phone) if phone else None,
    )  # fmt: skip


def _change_phone(by: Actor, party_id: int, phone: str) -> None:
    with moving(Party, party_id, "amend", by=by) as motion:
        envelope = vault().unwrap(bytes(motion.subject.record_key))
        motion.set(phone_sealed=envelope.seal("phone", phone), phone_blind=vault().blind("party.phone", phone))
        motion.record(changed=["phone"])


def erase(*, by: Actor, party_id: int) -> None:
    """Destroy the record's key: number and phone can never be read again, in no copy. The name goes too."""
    with moving(Party, party_id, "erase", by=by) as motion:
        motion.set(
            record_key=b"", number_sealed=b"", number_blind=None, tail_sealed=b"", phone_sealed=None, phone_blind=None,
            name="已删除", sort_key="",
        )  # fmt: skip


@transaction.atomic
def appoint_agent(*, by: Actor, site: str, principal_id: int, agent_id: int, valid_until: date) -> Agency:
    """Let one party act for another until a day. An appointment that stands is returned; one that has run out is ended first."""
    standing = _standing_agency(principal_id, agent_id)
    if standing is not None:
        if standing.valid_until >= clock.today():
            return standing
        with moving(Agency, standing.pk, "end", by=by) as motion:
            motion.record(why="expired")
    try:
        with transaction.atomic():
            return begin(
                Agency, "appoint", by=by, site=site,
                facts={"principal": principal_id, "agent": agent_id, "until": valid_until.isoformat()},
                principal_id=principal_id, agent_id=agent_id, valid_until=valid_until,
            )  # fmt: skip
    except IntegrityError:  # the same letter, shown at another window in this very moment
        standing = _standing_agency(principal_id, agent_id)
        if standing is None:
            raise
        return standing


def _standing_agency(principal_id: int, agent_id: int) -> Agency | None:
    return Agency.objects.filter(principal_id=principal_id, agent_id=agent_id, state="valid").first()
