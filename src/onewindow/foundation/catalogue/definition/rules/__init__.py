"""The rules that span several fields of a definition. Each yields findings; none stops at the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onewindow.foundation.catalogue.definition.findings import Finding
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.rules.naming import codes_agree, codes_unique
from onewindow.foundation.catalogue.definition.rules.papers import (
    form_is_whole,
    nothing_is_open_ended,
    specimens_teach,
    template_refers_to_what_is,
)
from onewindow.foundation.catalogue.definition.rules.procedure import (
    fees_agree,
    licences_run_by_the_calendar,
    limits_keep_the_law,
    steps_in_order,
)
from onewindow.foundation.catalogue.definition.rules.situations import (
    conditions_make_sense,
    everything_applies_to_somebody,
    exits_are_clear,
)
from onewindow.foundation.catalogue.definition.rules.sourcing import (
    every_fact_has_a_source,
    sources_are_sound,
)

Rule = Callable[[Definition], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    codes_agree, codes_unique, conditions_make_sense, exits_are_clear, everything_applies_to_somebody,
    limits_keep_the_law, licences_run_by_the_calendar, steps_in_order, fees_agree, form_is_whole, specimens_teach, template_refers_to_what_is,
    nothing_is_open_ended, sources_are_sound, every_fact_has_a_source,
)  # fmt: skip


def faults(definition: Definition) -> list[Finding]:
    """Every broken rule, by address."""
    return sorted(finding for rule in RULES for finding in rule(definition))
