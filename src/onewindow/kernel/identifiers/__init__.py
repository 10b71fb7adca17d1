"""Official numbers: parse, check with a reason, generate. See README.md; this file is the public face."""

from onewindow.kernel.identifiers.case_number import CaseNumber
from onewindow.kernel.identifiers.credit_code import CreditCode
from onewindow.kernel.identifiers.faults import Fault, NotValid, Reason
from onewindow.kernel.identifiers.implementation_code import BasicCode, HandlingItemCode, ImplementationCode
from onewindow.kernel.identifiers.kinds import (
    FAMILIES,
    Family,
    Identifier,
    Kind,
    Verdict,
    candidates,
    check,
    kind_named,
    shown,
    unrecognised,
)
from onewindow.kernel.identifiers.licence_id import LicenceId
from onewindow.kernel.identifiers.organisation_code import OrganisationCode
from onewindow.kernel.identifiers.regions import DEMO_REGION
from onewindow.kernel.identifiers.resident_id import Holder, ResidentId, Sex, looks_personal, mask
from onewindow.kernel.identifiers.text import clean

__all__ = [
    "DEMO_REGION",
    "FAMILIES",
    "BasicCode",
    "CaseNumber",
    "CreditCode",
    "Family",
    "Fault",
    "HandlingItemCode",
    "Holder",
    "Identifier",
    "ImplementationCode",
    "Kind",
    "LicenceId",
    "NotValid",
    "OrganisationCode",
    "Reason",
    "ResidentId",
    "Sex",
    "Verdict",
    "candidates",
    "check",
    "clean",
    "kind_named",
    "looks_personal",
    "mask",
    "shown",
    "unrecognised",
]
