"""Permits (行政许可): the licensing law governs them, and nothing else (arts 2, 3)."""

from __future__ import annotations

from onewindow.kernel.words import Words
from onewindow.law.packs.shape import Pack, Silence

PERMITS = Pack(
    code="permit",
    silence=Silence(
        Words("《中华人民共和国行政许可法》第三十二条第一款第（四）项", "art 32(1)(4) of the Administrative Licensing Law"),
        Words("自收到申请材料之日起即为受理", "the application counts as accepted from the day of receipt"),
    ),
    excludes_time=True,  # art 45
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
