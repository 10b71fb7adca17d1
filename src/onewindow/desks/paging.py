"""Pages of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
T = TypeVar("T")
ROWS = 30


def page_of(request: HttpRequest, rows: QuerySet[M]) -> Page[M]:
    """The page the address asks for; one beyond the last is the last."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))


def page_of_list(request: HttpRequest, rows: Sequence[T]) -> Page[T]:
    """The same of what is at hand already."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))
