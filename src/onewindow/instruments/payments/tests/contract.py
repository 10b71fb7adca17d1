"""What every payment platform promises, whoever collects: subclassed by the tests of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from onewindow.instruments.payments import Paid, PaymentPlatform, PaymentRejected

Pays = Callable[[str], Paid | None]
CODE, DUE_BY = "31010426000000000017", date(2026, 10, 24)


class PlatformContract:
    """A subclass gives the fixtures `platform`, `again` (the same made anew) and `pays`: somebody pays a code there."""

    def test_it_has_a_name(self, platform: PaymentPlatform) -> None:
        assert platform.name

    def test_a_code_is_unpaid_until_somebody_pays_it(self, platform: PaymentPlatform, again: PaymentPlatform, pays: Pays) -> None:
        platform.create(code=CODE, amount=2000, due_by=DUE_BY)
        assert platform.query(code=CODE) is None
        paid = pays(CODE)
        assert paid is not None and (paid.code, paid.amount) == (CODE, 2000)
        assert platform.query(code=CODE) == paid == again.query(code=CODE) == pays(CODE)

    def test_created_again_is_the_same_and_another_sum_is_rejected(self, platform: PaymentPlatform, pays: Pays) -> None:
        for _ in range(3):
            platform.create(code=CODE, amount=2000, due_by=DUE_BY)
        with pytest.raises(PaymentRejected) as no:
            platform.create(code=CODE, amount=2001, due_by=DUE_BY)
        assert no.value.reason == "amount-differs"
        assert (paid := pays(CODE)) is not None and paid.amount == 2000

    def test_what_is_closed_cannot_be_paid(self, platform: PaymentPlatform, pays: Pays) -> None:
        platform.create(code=CODE, amount=2000, due_by=DUE_BY)
        for _ in range(2):
            platform.close(code=CODE)
        platform.close(code="unknown")
        assert pays(CODE) is None and platform.query(code=CODE) is None

    def test_a_refund_is_made_once_a_reference_and_never_more_than_was_paid(self, platform: PaymentPlatform, again: PaymentPlatform, pays: Pays) -> None:
        platform.create(code=CODE, amount=2000, due_by=DUE_BY)
        paid = pays(CODE)
        assert paid is not None
        for each in (platform, again, platform):
            each.refund(reference="r1", transaction=paid.transaction, amount=1500)
        platform.refund(reference="r2", transaction=paid.transaction, amount=500)
        for reference, transaction in (("r3", paid.transaction), ("r4", "none-such")):
            with pytest.raises(PaymentRejected):
                platform.refund(reference=reference, transaction=transaction, amount=1)
