"""One thing at once, ready to be filed: the usual answers of a bundle, its form filled in, every paper in the hand."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.errands import sitting, together
from onewindow.errands.decision import decide
from onewindow.errands.tests.scene import _SAMPLES, MAKER, REGION, in_order, newest, staff
from onewindow.errands.together import JointApplication
from onewindow.foundation.catalogue.bundles.queries import offer
from onewindow.foundation.catalogue.definition.bundles import Merged, merge
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import Actor
from onewindow.kernel.relay.events import Event
from onewindow.spine.cases.models import Case
from onewindow.spine.together.models import Together
from onewindow.spine.visits.models import Visit
from onewindow.stages.acceptance.handlers import bring_results
from onewindow.stages.delivery.actions import make_available

RESTAURANT, FOUNDING, NEWBORN = "open-restaurant", "found-business", "newborn"
LICENCE, FOOD, FIRE, SEWER = "self-employed-registration", "food-business-licence", "fire-safety-check", "sewer-discharge-permit"
APPROVERS = {LICENCE: "market01", "company-registration": "market01"}
# What a field asks for beyond its kind.
_OWN = {
    "name": "示范餐饮有限公司", "fire-safety-check.opening": "2026-12-01", "birth-registration.certificate-number": "A123456789",
    "company-registration.paid-within": "5", "company-registration.shareholder-count": "3", "social-insurance-registration.bank-account": "12345678",
    "resident-medical-insurance.account": "1234567890", "resident-medical-insurance.year": "2026", "certificate-number": "A123456789",
    "account": "1234567890",
}  # fmt: skip


def merged(bundle: str = RESTAURANT, **changed: tuple[str, ...]) -> Merged:
    """The bundle for its usual answers, the bundle's own changed as said."""
    found = offer(bundle)
    return merge(found.bundle, found.definitions, dict(found.bundle.usual) | changed)


def joint(bundle: str = RESTAURANT, *, form: Mapping[str, str] | None = None, lacking: frozenset[str] = frozenset(),
          answers: Mapping[str, tuple[str, ...]] | None = None) -> JointApplication:  # fmt: skip
    """A whole application for a bundle, but for what is said otherwise."""
    found = offer(bundle)
    whole = merge(found.bundle, found.definitions, dict(answers if answers is not None else found.bundle.usual))
    values = {
        f.code: _OWN.get(f.code) or (f.choices[0].code if f.kind == "choice" else _SAMPLES[f.kind]) for f in whole.form_fields
    }
    given = frozenset(paper.code for paper in whole.papers) - lacking
    return JointApplication(bundle, whole.answers, values | dict(form or {}), given, uuid7())


def usual_answers(bundle: str = RESTAURANT) -> dict[str, list[str]]:
    """The usual answers of a bundle as a page sends them."""
    return {f"answers.{code}": list(chosen) or [""] for code, chosen in offer(bundle).bundle.usual.items()}


def filed(clerk: Actor, visit: Visit, bundle: str = RESTAURANT, **wanted: object) -> Together:
    return together.file_bundle(by=clerk, visit=visit, wanted=joint(bundle, **wanted))  # type: ignore[arg-type]


def decided_and_told(clerk: Actor, case: Case, verb: str = "grant") -> None:
    """The case accepted and decided, its result made, and whoever waits for it told."""
    sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="accept")
    decide(by=staff(APPROVERS[case.version.code]), case_id=case.pk, verb=verb, words="符合条件" if verb == "grant" else "不符合条件")
    result = make_available(by=MAKER, case=Case.objects.get(pk=case.pk), region=REGION)
    entry = newest(result)
    bring_results(Event(entry.pk, "delivery.result_available", "result", result.pk, "make", entry.by, entry.at, entry.site, entry.facts))


def case_of(group: Together, item: str) -> Case:
    """The case of one of the bundle's items."""
    return Case.objects.get(pk=group.members.get(item=item).case_id)
