"""The only writers of applicants and agencies."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from onewindow.foundation.people.models import Agency, Party
from onewindow.foundation.people.policies import MERGE, REGISTER
from onewindow.foundation.people.queries import both_locked, normalised_phone, number_kind, party_by_number, record_by_number
from onewindow.foundation.people.rules import DOCUMENTS, LASTING, LONGEST_REASON, Record, looks_like_a_number, why_not_one
from onewindow.foundation.people.states import PARTY
from onewindow.kernel import clock
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import CannotMerge, InvalidInput, ReasonMissing, StateConflict
from onewindow.kernel.identifiers import check, clean
from onewindow.kernel.identifiers.script import misfit
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.ledger.moving import begin, move_locked, moving
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words

LONGEST_NAME = 120
_LONGEST_SORT_KEY = 240  # the end of a very long name decides no order


def register(*, by: Actor, site: str, kind: str, name: str, number: str, phone: str = "", document: str = "") -> Party:
    """Put an applicant on record, or return the record of that number, its phone brought up to date.

    `kind` is ``person`` (GB 11643 number) or ``company`` (GB 32100 code), unless another `document` of `DOCUMENTS` is
    shown. Of a number whose record was merged, the record that remains is returned. Raises `InvalidInput` with the
    position that is wrong; the number itself is in no message.
    """
    by.require(REGISTER)
    document, record = document or LASTING.get(kind, ""), record_by_number(kind, number)
    if record is None:
        _check_number(kind, document, number)
    if not name.strip():
        raise InvalidInput(field=Words("姓名或名称", "name"), reason_zh="请填写", reason_en="please fill this in")
    if len(name.strip()) > LONGEST_NAME:
        raise InvalidInput(
            field=Words("姓名或名称", "name"), reason_zh=f"最多 {LONGEST_NAME} 个字", reason_en=f"at most {LONGEST_NAME} characters"
        )
    if odd := misfit(name.strip()):
        raise InvalidInput(field=Words("姓名或名称", "name"), reason_zh=odd[1], reason_en=odd[2])
    number, phone = clean(number), normalised_phone(phone)
    known = record and (record.merged_into or record)
    if record is not None and known is not None and name.strip() not in (record.name, known.name):
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
            return _new(by, site, kind, document, name.strip(), number, phone)
    except IntegrityError:  # registered at another window in this very moment
        party = party_by_number(kind, number)
        if party is None:
            raise
        return party


def _check_number(kind: str, document: str, number: str) -> None:
    """Raise `InvalidInput` for a number that cannot be one of this document."""
    identifier = number_kind(kind)
    if document not in DOCUMENTS[kind]:
        raise InvalidInput(field=Words("证件类型", "kind of document"), reason_zh="请从列出的证件里选", reason_en="please choose from the list")
    if document != LASTING[kind]:
        if not looks_like_a_number(clean(number)):
            raise InvalidInput(field=DOCUMENTS[kind][document], reason_zh="应为 5 到 20 位字母和数字", reason_en="must be 5 to 20 letters and digits")
        return
    verdict = check(identifier, number, on=clock.today())
    if verdict.reason is not None:
        field = Words("身份证号", "identity number") if kind == "person" else Words("统一社会信用代码", "credit code")
        raise InvalidInput(field=field, reason_zh=verdict.reason.zh, reason_en=verdict.reason.en)


def _new(by: Actor, site: str, kind: str, document: str, name: str, number: str, phone: str) -> Party:
    envelope, wrapped = vault().new()
    return begin(
        Party, "register", by=by, site=site, facts={"kind": kind} | ({"document": document} if document != LASTING[kind] else {}),
        kind=kind, document=document, name=name,
        sort_key=_by_sound(name)[:_LONGEST_SORT_KEY], record_key=wrapped,
        number_sealed=envelope.seal("number", number), number_blind=vault().blind("party.number", number),
        tail_sealed=envelope.seal("tail", number[-4:]),
        phone_sealed=envelope.seal("phone", phone) if phone else None,
        phone_blind=vault().blind("party.phone", phone) if phone else None,
    )  # fmt: skip


def _by_sound(name: str) -> str:
    """The name in pinyin, by which lists of people are sorted."""
    from pypinyin import lazy_pinyin  # its dictionaries take a third of a second to read: only where somebody is registered

    return " ".join(lazy_pinyin(name))


def _change_phone(by: Actor, party_id: int, phone: str) -> None:
    with moving(Party, party_id, "amend", by=by) as motion:
        envelope = vault().unwrap(bytes(motion.subject.record_key))
        motion.set(phone_sealed=envelope.seal("phone", phone), phone_blind=vault().blind("party.phone", phone))
        motion.record(changed=["phone"])


@transaction.atomic
def erase(*, by: Actor, party_id: int) -> None:
    """Destroy the record's key: number and phone can never be read again, in no copy. The name goes too, and what was merged into it."""
    for duplicate in Party.objects.filter(merged_into_id=party_id).order_by("pk").values_list("pk", flat=True):
        _erase(by, duplicate)
    _erase(by, party_id)


def _erase(by: Actor, party_id: int) -> None:
    with moving(Party, party_id, "erase", by=by) as motion:
        motion.set(
            record_key=b"", number_sealed=b"", number_blind=None, tail_sealed=b"", phone_sealed=None, phone_blind=None,
            name="已删除", sort_key="", merged_into=None, merge_reason="",
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


# --- duplicates -----------------------------------------------------------------------------------------


@transaction.atomic
def merge(*, by: Actor, duplicate_id: int, remaining_id: int, reason: str) -> None:
    """Two records are of one person or company: the duplicate points to the one that remains, and so do its agencies.

    Nothing that was filed changes: documents name who they named. Raises `ReasonMissing`, `InvalidInput`, `CannotMerge`, and
    `WrongState` when either is not on record any more, e.g. was merged in this very moment.
    """
    by.require(MERGE)
    stated = reason.strip()
    if not stated:
        raise ReasonMissing(verb=PARTY.moves["merge"].words)
    if len(stated) > LONGEST_REASON:
        raise InvalidInput(field=Words("理由", "reason"), reason_zh=f"最多 {LONGEST_REASON} 个字", reason_en=f"at most {LONGEST_REASON} characters")
    both = both_locked(duplicate_id, remaining_id)
    duplicate, remaining = both[duplicate_id], both[remaining_id]
    PARTY.check(remaining.state, "absorb", by)
    PARTY.check(duplicate.state, "merge", by)
    holds = Party.objects.filter(merged_into=duplicate).exists()
    why = why_not_one(Record(duplicate.pk, duplicate.kind, duplicate.document, holds), Record(remaining.pk, remaining.kind, remaining.document))
    if why is not None:
        raise CannotMerge(why_zh=why.zh, why_en=why.en)
    _merged(by, duplicate, remaining, stated)


def _merged(by: Actor, duplicate: Party, remaining: Party, reason: str) -> None:
    with move_locked(remaining, "absorb", by=by) as motion:
        motion.record(duplicate=duplicate.pk)
    with move_locked(duplicate, "merge", by=by) as motion:
        repointed, ended = _repoint(by, duplicate.pk, remaining.pk)
        motion.set(merged_into_id=remaining.pk, merge_reason=reason)
        motion.record(into=remaining.pk, repointed=repointed, ended=ended)


def _repoint(by: Actor, old: int, new: int) -> tuple[list[int], list[list[object]]]:
    """Point the valid agencies of one record to another. Which were, and which had to end: between the two, or there twice."""
    repointed: list[int] = []
    ended: list[list[object]] = []
    for agency in Agency.objects.filter(Q(principal_id=old) | Q(agent_id=old), state="valid").order_by("pk"):
        principal, agent = (new if pk == old else pk for pk in (agency.principal_id, agency.agent_id))
        standing = _standing_agency(principal, agent) if principal != agent else None
        if principal == agent or (standing is not None and standing.valid_until >= agency.valid_until):
            ended.append(_ended(by, agency))
            continue
        if standing is not None:
            ended.append(_ended(by, standing))
        with moving(Agency, agency.pk, "repoint", by=by) as motion:
            motion.record(principal=principal, agent=agent)
            motion.set(principal_id=principal, agent_id=agent)
        repointed.append(agency.pk)
    return repointed, ended


def _ended(by: Actor, agency: Agency) -> list[object]:
    with moving(Agency, agency.pk, "end", by=by) as motion:
        motion.record(why="merged")
    return [agency.principal_id, agency.agent_id, agency.valid_until.isoformat()]


@transaction.atomic
def split(*, by: Actor, party_id: int) -> None:
    """Undo a merge: the record stands by itself again, with the agencies that were its own.

    Whether anything was filed since is asked by the errand. Raises `WrongState`, and `CannotMerge` when the record that remained has
    been given an agency since: whose it is nobody can tell.
    """
    by.require(MERGE)
    into = Party.objects.filter(pk=party_id).values_list("merged_into_id", flat=True).first()
    both = both_locked(party_id, into or party_id)
    duplicate = both[party_id]
    PARTY.check(duplicate.state, "split", by)
    assert duplicate.merged_into_id is not None
    if duplicate.merged_into_id not in both:  # merged anew into another, in this very moment
        raise StateConflict
    remaining = both[duplicate.merged_into_id]
    theirs = Q(principal_id=remaining.pk) | Q(agent_id=remaining.pk)
    if Agency.objects.filter(theirs, began_at__gt=duplicate.moved_at).exists():
        raise CannotMerge(why_zh="合并以后又登记了委托，分不清是哪一份的", why_en="an agency was recorded since the merge, and whose it is cannot be told")
    _split(by, duplicate, remaining)


def _split(by: Actor, duplicate: Party, remaining: Party) -> None:
    told = Entry.objects.filter(subject_kind="party", subject_id=duplicate.pk, verb="merge").latest("n").facts
    for pk in told["repointed"]:
        _point_back(by, pk, remaining.pk, duplicate.pk)
    with move_locked(remaining, "release", by=by) as motion:
        motion.record(duplicate=duplicate.pk)
    with move_locked(duplicate, "split", by=by) as motion:
        motion.set(merged_into_id=None, merge_reason="")
        motion.record(out_of=remaining.pk)
    for principal, agent, until in told["ended"]:
        if date.fromisoformat(until) >= clock.today():
            appoint_agent(by=by, site=duplicate.site, principal_id=principal, agent_id=agent, valid_until=date.fromisoformat(until))


def _point_back(by: Actor, agency_id: int, remaining: int, duplicate: int) -> None:
    """What was repointed by the merge, as it was: only the side that the merge changed."""
    agency = Agency.objects.get(pk=agency_id)
    if agency.state != "valid":
        return
    principal, agent = (duplicate if pk == remaining else pk for pk in (agency.principal_id, agency.agent_id))
    with moving(Agency, agency_id, "repoint", by=by) as motion:
        motion.record(principal=principal, agent=agent)
        motion.set(principal_id=principal, agent_id=agent)
