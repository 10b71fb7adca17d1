"""What can be asked about applicants. Numbers and phones come out masked unless a caller says why not."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from onewindow.foundation.people.models import Agency, Party
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.identifiers import Kind, clean, mask
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


def party_by_number(kind: str, number: str) -> Party | None:
    """The record of an ID number or credit code, by blind index."""
    return Party.objects.filter(kind=kind, number_blind=vault().blind("party.number", clean(number))).first()


def name_of(party_id: int) -> str:
    """What a party is called."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_party WHERE id = %s", [party_id])
        return str(cursor.fetchone()[0])


def party_by_id(pk: int) -> Party | None:
    return Party.objects.filter(pk=pk).first()


def party_by_uuid(uuid: str) -> Party | None:
    """The record of an identifier that a form sent; None for one that is not there or not an identifier."""
    try:
        return Party.objects.filter(uuid=UUID(uuid)).first()
    except ValueError:
        return None


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
    """Whether the last four of the number are `tail` (x and X alike), without opening the number."""
    if not party.record_key:
        return False
    return vault().unwrap(bytes(party.record_key)).open("tail", bytes(party.tail_sealed)) == clean(tail)


def phone_of(party_id: int) -> str | None:
    """The phone in clear: for a gateway about to send, never for a screen."""
    return phone_in(Party.objects.get(pk=party_id))


def phone_in(party: Party) -> str | None:
    """The phone on a record that was read already."""
    if not party.record_key or party.phone_sealed is None:
        return None
    return vault().unwrap(bytes(party.record_key)).open("phone", bytes(party.phone_sealed))


def masked_phone(phone: str) -> str:
    """138****8000."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"
