"""一件事: several items that one event of life asks for, done at once. Each keeps its own case, clock and result.

Public face: `load_bundle`, `merge` it with its members' definitions for a person's answers, `split` what was filled in and
handed in back into each member's own application. Pure: no Django, no database, no clock.
"""

from __future__ import annotations

from onewindow.foundation.catalogue.definition.bundles.loading import examine_bundle, load_bundle, read_bundle
from onewindow.foundation.catalogue.definition.bundles.merged import Merged, MergedField, MergedPaper, Saving, Taking, saving
from onewindow.foundation.catalogue.definition.bundles.merging import in_order, merge
from onewindow.foundation.catalogue.definition.bundles.model import SCHEMA, Arrival, Bundle, Member
from onewindow.foundation.catalogue.definition.bundles.rules import bundle_faults
from onewindow.foundation.catalogue.definition.bundles.splitting import Filing, split

__all__ = [
    "SCHEMA", "Arrival", "Bundle", "Filing", "Member", "Merged", "MergedField", "MergedPaper", "Saving", "Taking", "bundle_faults", "examine_bundle",
    "in_order", "load_bundle", "merge", "read_bundle", "saving", "split",
]  # fmt: skip
