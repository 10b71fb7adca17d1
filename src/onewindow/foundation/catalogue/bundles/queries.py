"""What can be asked about published bundles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db import connection
from django.db.models import QuerySet

from onewindow.foundation.catalogue.definition import Definition
from onewindow.foundation.catalogue.definition.bundles import Bundle, Merged, merge
from onewindow.foundation.catalogue.models import BundleVersion, ItemVersion
from onewindow.foundation.catalogue.queries import version_by_id
from onewindow.foundation.catalogue.search.rules import folded
from onewindow.kernel.errors import NotFound


def published_bundles() -> QuerySet[BundleVersion]:
    """The published version of every bundle, by code; without the bodies."""
    return BundleVersion.objects.filter(state="published").defer("body").order_by("code")


def bundles_meant(query: str, items: Sequence[str] = ()) -> list[BundleVersion]:
    """The bundles people mean: those whose name or another name says the query (folded already), then those that `items`, found for it, are part of.

    An item alone does not yet mean its bundles: of `items` the first counts, and what it is part of comes after what was named.
    """
    bundles = list(published_bundles()) if query else []
    named = [bundle for bundle in bundles if any(query in folded(said) for said in (bundle.name_zh, bundle.name_en, *bundle.bundle.aliases))]
    return named + [bundle for bundle in bundles if bundle not in named and set(items[:1]) & set(bundle.bundle.items)]


def published_bundle(code: str) -> BundleVersion:
    """The published version of a bundle."""
    found = published_bundles().filter(code=code).first()
    if found is None:
        raise NotFound
    return found


@lru_cache(maxsize=128)
def bundle_by_id(pk: int) -> BundleVersion:
    """A version by its key, its state aside: what was published never changes, so each is read once a process."""
    return BundleVersion.objects.defer("body").get(pk=pk)


def still_offered(pk: int) -> bool:
    """Whether a version is in force, and stays so until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM catalogue_bundle_version WHERE id = %s AND state = 'published' FOR SHARE", [pk])
        return cursor.fetchone() is not None


def members_of(bundle: Bundle) -> dict[str, ItemVersion]:
    """The members' published versions by code; one that is withdrawn is left out."""
    found = ItemVersion.objects.filter(state="published", code__in=bundle.items).values_list("pk", flat=True)
    return {version.code: version for version in map(version_by_id, found)}


def definitions_of(bundle: Bundle) -> dict[str, Definition]:
    """The members' definitions as they are published now."""
    return {code: version.definition for code, version in members_of(bundle).items()}


@dataclass(frozen=True)
class Offer:
    """A bundle as it can be applied for now: its version, and its members' published versions by code."""

    version: BundleVersion
    members: dict[str, ItemVersion]

    @property
    def bundle(self) -> Bundle:
        return self.version.bundle

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        return {code: version.definition for code, version in self.members.items()}

    @property
    def usual(self) -> Merged:
        """What it comes to in the case that is met most often."""
        return merge(self.bundle, self.definitions, self.bundle.usual)


def offer(code: str) -> Offer:
    """A bundle by its code. `NotFound` for one that is not published, or of which a member is no longer."""
    version = published_bundle(code)
    members = members_of(version.bundle)
    if members.keys() < set(version.bundle.items):
        raise NotFound
    return Offer(version, members)


def offers(hall: str = "") -> list[Offer]:
    """Every bundle that can be applied for now, or those of a hall, by code."""
    found = published_bundles().filter(hall=hall) if hall else published_bundles()
    offered = (Offer(version, members_of(version.bundle)) for version in found)
    return [one for one in offered if one.members.keys() >= set(one.bundle.items)]
