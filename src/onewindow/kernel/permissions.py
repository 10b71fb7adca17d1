"""Who acts, and what they may do.

A `Permission` is a documented object, declared once by the app that checks it. An `Actor` is whoever
an action is `by=`: a member of staff, an applicant, a machine, or the system itself. There is no
actor that may do everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from onewindow.kernel.errors import NotPermitted
from onewindow.kernel.words import Words

REGISTRY: dict[str, Permission] = {}


@dataclass(frozen=True)
class Permission:
    """One thing a post may do. `code` is dotted: the stage, then the verb."""

    code: str
    words: Words

    def __post_init__(self) -> None:
        if REGISTRY.setdefault(self.code, self) != self:
            raise ValueError(f"permission {self.code} is declared twice with different words")


@dataclass(frozen=True)
class Actor:
    """Whoever acts. `kind` and `id` are what the ledger keeps, as ``kind:id``.

    `site` is the code of the site they stand in and `department` the code of the department whose
    approver they are, `account` the username of a member of staff; each empty where it does not apply.
    """

    kind: str
    id: str
    permissions: frozenset[str] = field(default_factory=frozenset)
    site: str = ""
    department: str = ""
    account: str = ""

    @property
    def ref(self) -> str:
        """How the ledger names this actor; never a name or a number of a person."""
        return f"{self.kind}:{self.id}"

    def may(self, permission: Permission) -> bool:
        return permission.code in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise `NotPermitted` unless this actor holds `permission`."""
        if permission.code not in self.permissions:
            raise NotPermitted(permission=permission.words)


def system(name: str, permissions: Iterable[Permission]) -> Actor:
    """The system acting by itself, e.g. a handler: named, and holding only what it was given."""
    return Actor("system", name, frozenset(p.code for p in permissions))
