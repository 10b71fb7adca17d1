"""The only writer of what was filed together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from onewindow.foundation.catalogue.models import BundleVersion
from onewindow.kernel import clock
from onewindow.kernel.counting.actions import next_number
from onewindow.kernel.ledger.attesting import mark
from onewindow.kernel.ledger.moving import begin
from onewindow.kernel.ledger.rows import inserted
from onewindow.kernel.permissions import Actor
from onewindow.spine.cases.models import Case
from onewindow.spine.together.models import Together, TogetherCase, TogetherReceipt
from onewindow.spine.visits.models import Visit


@transaction.atomic(savepoint=False)
def file_together(
    *, by: Actor, visit: Visit, bundle: BundleVersion, cases: Sequence[Case], once: UUID, receipt: Callable[[str], dict[str, Any]]
) -> Together:
    """Say that these cases were filed by one act, in this order, and give their one receipt.

    `receipt` composes its content for the number it is given. One ledger row names the cases and keeps the receipt's digest.
    """
    day = clock.today()
    number = f"YJS{day:%Y%m%d}{next_number(f'together/{day:%Y%m%d}'):04d}"
    content = receipt(number) | {"demo": settings.DEMONSTRATION}
    digest = mark(content)
    together = begin(
        Together, "file", by=by, site=visit.site,
        facts={
            "bundle": bundle.code, "version": bundle.version, "visit": visit.pk, "cases": [case.pk for case in cases],
            "documents": [{"kind": "receipt-together", "number": number, "digest": digest}],
        },
        visit=visit, bundle=bundle, once=once,
    )  # fmt: skip
    for place, case in enumerate(cases, start=1):
        inserted(TogetherCase(together=together, case=case, item=case.version.code, place=place))
    inserted(TogetherReceipt(together=together, number=number, content=content, digest=digest))
    return together
