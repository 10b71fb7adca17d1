"""What can be asked about applicants. Numbers and phones come out masked unless a caller says why not."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from onewindow.foundation.people.models import Agency, Party
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import InvalidInput, NotFound
from onewindow.kernel.identifiers import Kind, clean, mask
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.words import Words


def number_kind(kind: str) -> Kind:
    """Which identifier a party of this kind goes by."""
    kinds = {"person": Kind.RESIDENT_ID, "company": Kind.CREDIT_CODE}
    if kind not in kinds:
        raise InvalidInput(field="申请人类型", reason_zh="请选择个人或单位", reason_en="choose a person or an organisation")
    return kinds[kind]


def normalised_phone(phone: str) -> str:
    """Digits only; an empty text stays empty. `InvalidInput` for what cannot be a phone number."""
    digits = "".join(c for c in clean(phone) if c not in "-+ ")
    digits = digits.removeprefix("86") if len(digits) == 13 else digits
    if digits and not (digits.isdigit() and 7 <= len(digits) <= 12):
        raise InvalidInput(field=Words("手机号", "phone number"), reason_zh="请填写 11 位手机号", reason_en="please enter an 11-digit mobile number")
    return digits


def record_by_number(kind: str, number: str) -> Party | None:
    """The very record that carries a number, merged or not, by blind index."""
    found = Party.objects.select_related("merged_into").filter(kind=kind, number_blind=vault().blind("party.number", clean(number)))
    return found.first()


def party_by_number(kind: str, number: str) -> Party | None:
    """Whose number this is, by blind index: of a record that was merged, the one that remains."""
    record = record_by_number(kind, number)
    return record and (record.merged_into or record)


def records_of(party_id: int) -> QuerySet[Party, int]:
    """The keys of a record and of those merged into it, for ``__in``: what was filed with any of them is this party's."""
    return Party.objects.filter(Q(pk=party_id) | Q(merged_into_id=party_id)).values_list("pk", flat=True)


def remaining_id(party_id: int) -> int:
    """The key of the record that remains of this one: itself, unless it was merged."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(merged_into_id, id) FROM people_party WHERE id = %s", [party_id])
        return int(cursor.fetchone()[0])


def parties_like(text: str) -> list[Party]:
    """Records by exact number, else by a part of the name of at least two characters; the merged ones too, at most thirty."""
    typed = text.strip()
    by_number = [record for kind in Party.KINDS if (record := record_by_number(kind, typed)) is not None]
    if by_number or len(typed) < 2:
        return by_number
    found = Party.objects.select_related("merged_into").filter(name__icontains=typed).exclude(state="erased")
    return list(found.order_by("sort_key", "id")[:30])


def record_by_uuid(uuid: str) -> Party:
    """The very record of an identifier, merged or not. Raises `NotFound`."""
    try:
        return Party.objects.select_related("merged_into").get(uuid=UUID(uuid))
    except (ValueError, Party.DoesNotExist):
        raise NotFound from None


def both_locked(one_id: int, other_id: int) -> dict[int, Party]:
    """Both records, locked until the transaction ends, in the order of their keys: two merges at once never wait for each other.

    While they are locked nothing is filed with either. Raises `NotFound`.
    """
    found = {pk: locked(Party, pk) for pk in sorted({one_id, other_id})}
    if None in found.values():
        raise NotFound
    return {pk: party for pk, party in found.items() if party is not None}


def merged_of(party: Party) -> list[Party]:
    """What was merged into a record."""
    return list(Party.objects.filter(merged_into=party).order_by("id"))


def name_of(party_id: int) -> str:
    """What a party is called."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_party WHERE id = %s", [party_id])
        return str(cursor.fetchone()[0])


def party_by_id(pk: int) -> Party | None:
    """The record of a key, or the one that remains of it."""
    record = Party.objects.select_related("merged_into").filter(pk=pk).first()
    return record and (record.merged_into or record)


def party_by_uuid(uuid: str) -> Party | None:
    """The record of an identifier that a form sent, or the one that remains of it; None for one that is not there or not an identifier."""
    try:
        record = Party.objects.select_related("merged_into").filter(uuid=UUID(uuid)).first()
    except ValueError:
        return None
    return record and (record.merged_into or record)


def principals_of(agent_id: int, on: date) -> QuerySet[Agency]:
    """For whom this party may act on a day."""
    found = Agency.objects.select_related("principal").filter(agent_id=agent_id, state="valid", valid_until__gte=on)
    return found.order_by("principal__sort_key")


def number_of(party: Party) -> str:
    """The number in clear: to fill a form in for its owner at the window. Empty after erasure."""
    if not party.record_key:
        return ""
    return vault().unwrap(bytes(party.record_key)).open("number", bytes(party.number_sealed))


def masked_number(party: Party) -> str:
    """The number as screens show it; a dash after erasure."""
    number = number_of(party)
    if not number:
        return "—"
    return mask(number) if party.kind == "person" else number


def number_ends_with(party: Party, tail: str) -> bool:
    """Whether the last four of the number are `tail` (x and X alike), without opening the number.

    Whoever was on record twice may show either document: the tails of what was merged into the record count too.
    """
    return _ends_with(party, tail) or any(_ends_with(record, tail) for record in merged_of(party))


def _ends_with(party: Party, tail: str) -> bool:
    if not party.record_key:
        return False
    return vault().unwrap(bytes(party.record_key)).open("tail", bytes(party.tail_sealed)) == clean(tail)


def phone_of(party_id: int) -> str | None:
    """The phone in clear: for a gateway about to send, or for who was asked to call. Of a merged record, that of the one that remains."""
    record = Party.objects.select_related("merged_into").get(pk=party_id)
    return (record.merged_into and phone_in(record.merged_into)) or phone_in(record)


def phone_in(party: Party) -> str | None:
    """The phone on a record that was read already."""
    if not party.record_key or party.phone_sealed is None:
        return None
    return vault().unwrap(bytes(party.record_key)).open("phone", bytes(party.phone_sealed))


def masked_phone(phone: str) -> str:
    """138****8000."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"
