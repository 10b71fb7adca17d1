"""Acts that are no permits: each follows its own statute, and where that gives no time, the published one (优化营商环境条例 art 36).

Silence accepts none of them, a hearing or expert review stops none of their clocks, unless their own law says so.
Benefits (行政给付), confirmations and registrations (行政确认), filings (备案, among 其他类别事项) and public services (公共服务).
"""

from __future__ import annotations

from onewindow.kernel.words import Words
from onewindow.law.packs.shape import Pack, said

_ACCEPTED = Words(
    "您的申请材料齐全、符合规定形式，依照{law}，予以受理。", "The materials are complete and in the required form; under {law} the application is accepted."
)
_TO_CORRECT = Words(
    "您的申请材料不齐全或者不符合规定形式，依照{law}，现一次性告知需要补正的全部内容：",
    "The materials are incomplete or not in the required form. Under {law} this notice names, once, everything to be corrected:",
)

BENEFITS = Pack(
    code="benefit",
    silence=None,
    excludes_time=False,
    accepted=_ACCEPTED,
    to_correct=_TO_CORRECT,
    granted=Words(
        "经审核，您符合{law}规定的条件，决定予以给付。", "On examination you meet the conditions of {law}; the benefit is granted."
    ),
    denied=Words("经审核，您不符合{law}规定的条件，决定不予给付。", "On examination you do not meet the conditions of {law}; the benefit is not granted."),
    grant_title=Words("给付决定书", "Decision to grant a benefit"),
    denial_title=Words("不予给付决定书", "Decision not to grant a benefit"),
    said=said(
        Words("准予给付", "benefit granted"), Words("不予给付", "benefit not granted"),
        grant=Words("准予给付", "grant the benefit"), deny=Words("不予给付", "do not grant the benefit"),
    ),
)

CONFIRMATIONS = Pack(
    code="confirmation",
    silence=None,
    excludes_time=False,
    accepted=_ACCEPTED,
    to_correct=_TO_CORRECT,
    granted=Words(
        "经审查，您的申请符合{law}的规定，予以登记（确认）。", "On examination the application is in accordance with {law}; it is registered (confirmed)."
    ),
    denied=Words(
        "经审查，您的申请不符合{law}的规定，不予登记（确认）。", "On examination the application is not in accordance with {law}; it is not registered (confirmed)."
    ),
    grant_title=Words("登记（确认）通知书", "Notice of registration (confirmation)"),
    denial_title=Words("不予登记（确认）通知书", "Notice that it is not registered (confirmed)"),
    said=said(
        Words("准予登记（确认）", "registered"), Words("不予登记（确认）", "not registered"),
        grant=Words("准予登记（确认）", "register"), deny=Words("不予登记（确认）", "do not register"),
    ),
)

FILINGS = Pack(
    code="filing",
    silence=None,
    excludes_time=False,
    accepted=Words(
        "您报送的备案材料齐全、符合规定形式，依照{law}，予以受理。", "What you filed is complete and in the required form; under {law} it is accepted."
    ),
    to_correct=Words(
        "您报送的备案材料不齐全或者不符合规定形式，依照{law}，现一次性告知需要补正的全部内容：",
        "What you filed is incomplete or not in the required form. Under {law} this notice names, once, everything to be corrected:",
    ),
    granted=Words("您报送的备案材料符合{law}的规定，予以备案。", "What you filed is in accordance with {law}; it is on file."),
    denied=Words("您报送的备案材料不符合{law}的规定，不予备案。", "What you filed is not in accordance with {law}; it is not put on file."),
    grant_title=Words("备案通知书", "Notice of filing"),
    denial_title=Words("不予备案通知书", "Notice that it is not on file"),
    said=said(Words("已备案", "on file"), Words("不予备案", "not on file"), grant=Words("予以备案", "put on file"), deny=Words("不予备案", "do not put on file")),
)

OTHERS = Pack(
    code="other",
    silence=None,
    excludes_time=False,
    accepted=_ACCEPTED,
    to_correct=_TO_CORRECT,
    granted=Words(
        "经审核，您的申请符合{law}规定的条件，予以办理。", "On examination the application meets the conditions of {law} and is granted."
    ),
    denied=Words("经审核，您的申请不符合{law}规定的条件，不予办理。", "On examination the application does not meet the conditions of {law} and is denied."),
    grant_title=Words("准予办理决定书", "Decision to grant"),
    denial_title=Words("不予办理决定书", "Decision to deny"),
    said=said(Words("准予办理", "approved"), Words("不予办理", "not approved"), grant=Words("准予办理", "approve"), deny=Words("不予办理", "do not approve")),
)
