"""One item definition drives every channel: its shape, its rules, its sources, and what it resolves to.

Public face: `load` a definition, `resolve` it for a person's answers, `examine` it before publication;
`load_district` reads the demonstration district around it. Pure: no Django, no database, no clock.
"""

from __future__ import annotations

from onewindow.foundation.catalogue.definition.digests import canonical, digest
from onewindow.foundation.catalogue.definition.district import District, load_district
from onewindow.foundation.catalogue.definition.findings import (
    AnswersWrong,
    DefinitionWrong,
    DistrictWrong,
    Finding,
    Wrong,
)
from onewindow.foundation.catalogue.definition.folders import demo_folder, statutes_folder
from onewindow.foundation.catalogue.definition.loading import examine, load, read
from onewindow.foundation.catalogue.definition.model import SCHEMA, Definition, ResolvedItem
from onewindow.foundation.catalogue.definition.resolving import holds, next_question, resolve, situations
from onewindow.foundation.catalogue.definition.sourcing import (
    covering,
    leaves,
    misquoted,
    sources_of,
    uncovered,
)
from onewindow.foundation.catalogue.definition.statutes import Statute, read_statutes

__all__ = [
    "SCHEMA", "AnswersWrong", "Definition", "DefinitionWrong", "District", "DistrictWrong", "Finding",
    "ResolvedItem", "Statute", "Wrong", "canonical", "covering", "demo_folder", "digest", "examine", "holds",
    "leaves", "load", "load_district", "misquoted", "next_question", "read", "read_statutes", "resolve",
    "situations", "sources_of", "statutes_folder", "uncovered",
]  # fmt: skip
