"""Numbers: each once, none left out, and a number taken in vain is given back."""

from __future__ import annotations

import pytest
from django.db import transaction

from onewindow.errands.tests.scene import at_once
from onewindow.kernel.counting.actions import next_number
from onewindow.kernel.counting.models import Counter


def test_numbers_begin_at_one_and_each_name_counts_for_itself(db: None) -> None:
    assert [next_number(name) for name in ("a", "b", "a", "a", "b")] == [1, 1, 2, 3, 2]
    assert dict(Counter.objects.filter(name__in=["a", "b"]).values_list("name", "value")) == {"a": 3, "b": 2}


def test_eight_threads_take_fifty_numbers_each_without_gap_or_repeat(fresh_database: str) -> None:
    def fifty() -> list[int]:
        return [next_number("race") for _ in range(50)]

    taken = at_once([fifty] * 8)
    runs = [run for run in taken if isinstance(run, list)]
    assert len(runs) == 8, taken
    assert sorted(number for run in runs for number in run) == list(range(1, 401))
    assert all(run == sorted(run) for run in runs)
    assert Counter.objects.get(name="race").value == 400


def test_a_transaction_that_fails_gives_its_number_back(fresh_database: str) -> None:
    assert next_number("n") == 1
    with pytest.raises(RuntimeError), transaction.atomic():
        assert [next_number("n"), next_number("n")] == [2, 3]
        raise RuntimeError
    assert next_number("n") == 2


def test_half_of_the_threads_fail_and_no_number_is_lost(fresh_database: str) -> None:
    """Numbers of those who fail are taken by those who come after."""

    def take(fails: bool) -> list[int]:
        kept = []
        for _ in range(10):
            try:
                with transaction.atomic():
                    number = next_number("n")
                    if fails:
                        raise RuntimeError
                kept.append(number)
            except RuntimeError:
                continue
        return kept

    taken = at_once([lambda fails=bool(n % 2): take(fails) for n in range(8)])
    assert sorted(number for run in taken if isinstance(run, list) for number in run) == list(range(1, 41))
