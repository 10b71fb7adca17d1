"""The closed family of refusals: everything the system may say no with, in both languages.

A `Refusal` is an expected answer, not a defect: it reaches the reader as a sentence that says what
happened, what is safe and what to do next. Nothing outside this package subclasses `Refusal`; a new refusal is a
new class in one of its rooms, so that one test can read them all and a screen can show every one of them.
"""

from __future__ import annotations

from onewindow.kernel.errors.access import (
    AtWork,
    IdentityUnverified,
    LastAdministrator,
    NotAuthorised,
    NotPermitted,
    OwnAccount,
    SamePerson,
    SessionExpired,
    TooManyAttempts,
)
from onewindow.kernel.errors.catalogue import DraftOutdated, DraftUnsound, FieldTaken, ImportRefused, ImportStale, OwnDraft
from onewindow.kernel.errors.forms import (
    AlreadyEvaluated,
    CannotMerge,
    FileUnfit,
    InvalidInput,
    NotFound,
    ReasonMissing,
    UploadTooLarge,
)
from onewindow.kernel.errors.machines import AnchorUnreadable, CannotStart, ClockWrong, DatabaseAway, PrinterAway, StorageFull
from onewindow.kernel.errors.money import FeesUnpaid, FeeUnlawful, OwnRefund
from onewindow.kernel.errors.procedure import (
    AcceptanceStands,
    ItemNotOffered,
    MaterialsIncomplete,
    NotExcluded,
    NoticeAlreadyGiven,
    NoticeTooLate,
    ProcedureRunning,
    StateConflict,
    StillTime,
    WrongState,
)
from onewindow.kernel.errors.refusal import Refusal
from onewindow.kernel.errors.windows import (
    NotAtWindow,
    NothingWaiting,
    OutageStanding,
    OutsideHours,
    OwnBackEntry,
    SerialUnknown,
    SerialUsed,
    WindowBusy,
    WindowOut,
    WindowTaken,
)

__all__ = [
    "AcceptanceStands", "AlreadyEvaluated", "AnchorUnreadable", "AtWork", "CannotMerge", "CannotStart", "ClockWrong", "DatabaseAway", "DraftOutdated",
    "DraftUnsound", "FeeUnlawful", "FeesUnpaid", "FieldTaken", "FileUnfit", "IdentityUnverified", "ImportRefused", "ImportStale", "InvalidInput",
    "ItemNotOffered", "LastAdministrator", "MaterialsIncomplete", "NotAtWindow", "NotAuthorised", "NotExcluded", "NotFound", "NotPermitted", "NothingWaiting",
    "NoticeAlreadyGiven", "NoticeTooLate", "OutageStanding", "OutsideHours", "OwnAccount", "OwnBackEntry", "OwnDraft", "OwnRefund", "PrinterAway",
    "ProcedureRunning", "ReasonMissing", "Refusal", "SamePerson", "SerialUnknown", "SerialUsed", "SessionExpired", "StateConflict", "StillTime", "StorageFull",
    "TooManyAttempts", "UploadTooLarge", "WindowBusy", "WindowOut", "WindowTaken", "WrongState", "family",
]  # fmt: skip


def family() -> list[type[Refusal]]:
    """Every refusal there is, for the screens and the test that reads them all."""
    return [Refusal, *Refusal.__subclasses__()]
