"""A made-up notice for 2027, for tests only: nobody has published it."""

from __future__ import annotations

from onewindow.spine.holidays.rules import Rest, Typed, Work

PAPER = "演示〔2026〕1号"


def typed(**other: object) -> Typed:
    """元旦 three days, 春节 eight with two make-up days, and the rest of the year; with what is said otherwise."""
    said: dict[str, object] = {
        "year": "2027", "paper": PAPER,
        "rests": (
            Rest("元旦", "2027-01-01", "2027-01-03"), Rest("春节", "2027-02-05", "2027-02-12"), Rest("清明节", "2027-04-03", "2027-04-05"),
            Rest("劳动节", "2027-05-01", "2027-05-05"), Rest("端午节", "2027-06-09", "2027-06-09"), Rest("国庆节", "2027-10-01", "2027-10-07"),
        ),
        "works": (Work("2027-01-30", "春节"), Work("2027-02-20", "春节")),
    }  # fmt: skip
    return Typed(**(said | other))  # type: ignore[arg-type]
