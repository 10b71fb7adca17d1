"""Pure rules of accounts: which posts go together, how an account is named, why it is closed or opened again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.words import Words

ACCOUNT, NAME, POSTS = Words("账号", "account"), Words("姓名", "name"), Words("岗位", "posts")
DEPARTMENT, SITE, REASON = Words("部门", "department"), Words("所在中心", "site"), Words("原因", "reason")
LONGEST_NAME = 80
_USERNAME = re.compile(r"[a-z][a-z0-9]{2,30}")
# 三员分立: who manages accounts watches nobody, and who watches gives nobody a post.
APART = frozenset({"administrator", "supervisor"})
OF_A_DEPARTMENT = frozenset({"approver", "catalogue-editor", "catalogue-reviewer"})


def check_posts(roles: Iterable[str]) -> None:
    """Refuse posts that one person may not hold together. Raises `InvalidInput`."""
    if set(roles) >= APART:
        raise InvalidInput(
            field=POSTS, reason_zh="信息管理员和效能监察不能是同一个人（管账号的不监察，监察的不管账号）",
            reason_en="administrator and supervisor are never one person: who manages accounts does not audit",
        )  # fmt: skip


def check_office(roles: Iterable[str], department: object) -> None:
    """An approver decides, an editor writes and a reviewer reviews for a department. Raises `InvalidInput`."""
    if OF_A_DEPARTMENT & set(roles) and department is None:
        raise InvalidInput(
            field=DEPARTMENT, reason_zh="后台审批、事项编写和部门审核岗位要选所属部门", reason_en="an approver, an editor or a reviewer belongs to a department"
        )


def account_name(typed: str) -> str:
    """The account's name as typed, blanks forgiven. Raises `InvalidInput` for one that cannot be typed by anybody anywhere."""
    name = typed.strip()
    if not _USERNAME.fullmatch(name):
        raise InvalidInput(
            field=ACCOUNT, reason_zh="应为 3 到 31 个小写字母或数字，以字母开头", reason_en="it has 3 to 31 lower-case letters or digits and begins with a letter"
        )
    return name


def person_name(typed: str) -> str:
    """Raises `InvalidInput` for a name that is empty or too long."""
    name = " ".join(typed.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InvalidInput(field=NAME, reason_zh=f"应为 1 到 {LONGEST_NAME} 个字", reason_en=f"it has 1 to {LONGEST_NAME} characters")
    return name


def known_reason(code: str, among: Mapping[str, Words]) -> str:
    """Raises `InvalidInput` unless the reason is one of the list."""
    if code not in among:
        raise InvalidInput(field=REASON, reason_zh="请选一个原因", reason_en="please choose one")
    return code
