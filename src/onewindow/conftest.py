"""Fixtures of the stories: a day of business that stands still, and caches that forget between databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onewindow.kernel import clock


@pytest.fixture(autouse=True)
def forgetful() -> None:
    """What a process reads once is read anew in each test: each test may have another database."""
    from onewindow.errands.tests.scene import forget

    forget()


@pytest.fixture
def morning(request: pytest.FixtureRequest) -> Iterator[clock.Hand]:
    """Thursday, 24 September 2026, ten in the morning, until the test moves the hand."""
    from onewindow.errands.tests.scene import opening

    request.getfixturevalue("fresh_database" if "fresh_database" in request.fixturenames else "db")
    with opening() as hand:
        yield hand
