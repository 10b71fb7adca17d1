"""The articles this package counts by, quoted once: every explained day names one of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """A legal source, as cited to a reader."""

    zh: str
    en: str


LICENSING_45 = Article("《行政许可法》第四十五条", "Administrative Licensing Law, art. 45")
"""Time for hearings, tests, inspections, appraisals and expert review is not counted in the limit."""

LICENSING_50 = Article("《行政许可法》第五十条", "Administrative Licensing Law, art. 50")
"""Renewal is applied for thirty days before expiry."""

LICENSING_82 = Article("《行政许可法》第八十二条", "Administrative Licensing Law, art. 82")
"""Limits for carrying out permits are counted in working days, without statutory holidays."""

CIVIL_CODE_200 = Article("《民法典》第二百条", "Civil Code, art. 200")
"""Periods are counted by the calendar."""

CIVIL_CODE_201 = Article("《民法典》第二百零一条", "Civil Code, art. 201")
"""The day on which a period begins is not counted."""

CIVIL_CODE_202 = Article("《民法典》第二百零二条", "Civil Code, art. 202")
"""Months and years end on the day that corresponds to the first, or on the month's last day when there is none."""

CIVIL_CODE_203 = Article("《民法典》第二百零三条", "Civil Code, art. 203")
"""A period whose last day is a statutory rest day ends on the day after the rest."""

HOLIDAYS_2 = Article(
    "《全国年节及纪念日放假办法》第二条（2024 年修订）",
    "Regulation on National Holidays, art. 2 (revised 2024)",
)
"""1 January, 1–2 May and 1–3 October; and four holidays whose date moves: 春节, 清明, 端午, 中秋."""

WORKING_HOURS_7 = Article(
    "《国务院关于职工工作时间的规定》第七条", "State Council Rules on Working Hours, art. 7"
)
"""State organs rest on Saturday and Sunday."""


def notice_of(year: int) -> Article:
    """The State Council's holiday notice for a year."""
    return Article(
        f"国务院办公厅关于 {year} 年部分节假日安排的通知",
        f"State Council General Office, holiday notice for {year}",
    )
