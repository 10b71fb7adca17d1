"""The page that `onewindow up` prints for a real centre: what is still to be done, and nothing that is done."""

from __future__ import annotations

from typing import Any

import pytest

from onewindow.config.commands.up import _real

BASE = "http://127.0.0.1:8000"
DONE = {"halls": ["centre/A"], "without_password": 0, "gateway": "http", "queued": 0}


@pytest.mark.parametrize(
    ("found", "said", "unsaid"),
    [
        (DONE, ["/board/centre/A/", "is running"], ["下一步", "district load", "accounts password", "ONEWINDOW_GATEWAY"]),
        (DONE | {"halls": []}, ["1. 还没有大厅和事项", "no hall and no item", "onewindow district load FOLDER"], ["/board/", "accounts password"]),
        (DONE | {"without_password": 3}, ["3 个账号还没有密码", "3 account(s)", "onewindow accounts password LOGIN"], ["district load"]),
        (DONE | {"gateway": "none", "queued": 7}, ["7 条消息待发送", "7 message(s) wait", "ONEWINDOW_GATEWAY=http"], ["district load"]),
        ({}, ["is running", "onewindow district load FOLDER"], ["ONEWINDOW_GATEWAY"]),
    ],
)
def test_it_says_what_is_missing_in_both_languages(found: dict[str, Any], said: list[str], unsaid: list[str]) -> None:
    page = "\n".join(_real(BASE, found))
    assert [words for words in said if words not in page] == []
    assert [words for words in unsaid if words in page] == []
