"""Which rules govern an item: the licensing law governs permits only, everything else its own law.

A pack says what the law itself does (does silence accept?) and in which words a document must speak.
Pure. The packs of other kinds of act will grow their own rules here; a special law wins over a pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onewindow.kernel.words import Words

PERMIT = "01"  # GB/T 39046 A.1: 行政许可


@dataclass(frozen=True)
class Pack:
    """The rules of one kind of act.

    `silence_accepts`: whether an application counts as accepted when the time for the one-time notice
    passed without one. `excludes_time`: whether the time of a hearing, test or expert review is not counted (行政许可法 art 45).
    The other fields are how documents speak; ``{law}`` stands for the item's own law. `said` are the words of states and verbs
    that this kind of act does not share with permits, by the machine's name for them.
    """

    code: str
    silence_accepts: bool
    excludes_time: bool
    accepted: Words
    to_correct: Words
    granted: Words
    denied: Words
    grant_title: Words
    denial_title: Words
    said: Mapping[str, Words] = field(default_factory=dict)


PERMITS = Pack(
    code="permit",
    silence_accepts=True,  # 行政许可法 art 32(1)(4)
    excludes_time=True,  # 行政许可法 art 45
    accepted=Words(
        "您的申请材料齐全、符合法定形式，依照《中华人民共和国行政许可法》第三十二条第一款第（五）项，决定予以受理。",
        "The materials are complete and in the required form. Under art 32(1)(5) of the Administrative Licensing Law the application is accepted.",
    ),
    to_correct=Words(
        "您的申请材料不齐全或者不符合法定形式，依照《中华人民共和国行政许可法》第三十二条第一款第（四）项，现一次性告知需要补正的全部内容：",
        "The materials are incomplete or not in the required form. Under art 32(1)(4) of the Administrative Licensing Law this notice "
        "names, once, everything to be corrected:",
    ),
    granted=Words(
        "经审查，您的申请符合法定条件、标准。依照《中华人民共和国行政许可法》第三十八条第一款，决定准予行政许可。",
        "On examination the application meets the statutory conditions and standards. Under art 38(1) of the Administrative Licensing "
        "Law the licence is granted.",
    ),
    denied=Words(
        "经审查，依照《中华人民共和国行政许可法》第三十八条第二款，决定不予行政许可。",
        "On examination, under art 38(2) of the Administrative Licensing Law, the licence is denied.",
    ),
    grant_title=Words("准予行政许可决定书", "Decision to grant"),
    denial_title=Words("不予行政许可决定书", "Decision to deny"),
)

OTHERS = Pack(
    code="other",
    silence_accepts=False,
    excludes_time=False,
    accepted=Words(
        "您的申请材料齐全、符合规定形式，依照{law}，予以受理。", "The materials are complete and in the required form; under {law} the application is accepted."
    ),
    to_correct=Words(
        "您的申请材料不齐全或者不符合规定形式，依照{law}，现一次性告知需要补正的全部内容：",
        "The materials are incomplete or not in the required form. Under {law} this notice names, once, everything to be corrected:",
    ),
    granted=Words(
        "经审核，您的申请符合{law}规定的条件，予以办理。", "On examination the application meets the conditions of {law} and is granted."
    ),
    denied=Words("经审核，您的申请不符合{law}规定的条件，不予办理。", "On examination the application does not meet the conditions of {law} and is denied."),
    grant_title=Words("准予办理决定书", "Decision to grant"),
    denial_title=Words("不予办理决定书", "Decision to deny"),
    said={
        "granted": Words("准予办理", "approved"),
        "denied": Words("不予办理", "not approved"),
        "exempted": Words("不受理", "nothing required"),
        "grant": Words("准予办理", "approve"),
        "deny": Words("不予办理", "do not approve"),
        "exempt": Words("告知不受理", "tell that nothing is required"),
    },
)


def pack_of(item_type: str) -> Pack:
    """The pack of an item's type (GB/T 39046 A.1)."""
    return PERMITS if item_type == PERMIT else OTHERS


def of_law(words: Words, law: str) -> Words:
    """The pack's sentence with the item's own law named, as 《…》; `law` is a file stem such as ``居住证暂行条例(2015-11-26)``."""
    name = law.partition("(")[0]
    return Words(words.zh.replace("{law}", f"《{name}》"), words.en.replace("{law}", f"《{name}》"))
