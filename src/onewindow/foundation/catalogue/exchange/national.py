"""The catalogue as the national platform's exchange tables (国家政务服务平台前置库): general items, their materials, fees, and who is in charge.

Columns and their order are the tables'; the five every upstream table carries stand last. What this house does not hold stays empty and
is named by `missing`. Pure: the versions and the centre are handed in.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from onewindow.foundation.catalogue.exchange.commas import csv_text
from onewindow.foundation.catalogue.exchange.national_rows import Centre, Version, rows_of

SCHEMA = "onewindow.national/1"
SOURCE = "p31"  # 数据来源: Shanghai
_COMMON = ("data_source", "cd_operation", "cd_time", "cd_batch")
TABLES: dict[str, tuple[str, ...]] = {
    "up_task_directory": (
        "row_guid", "task_name", "catalog_code", "local_catalog_code", "task_type", "by_law", "use_level", "task_state", "task_version",
        "plan_effective_date", "plan_cancel_date",
    ),
    "up_task_general_basic": (
        "row_guid", "task_name", "catalog_code", "local_catalog_code", "task_code", "local_task_code", "task_handle_item", "task_type", "by_law",
        "power_source", "use_level", "task_state", "task_version", "dept_name", "dept_type", "dept_code", "entrust_name", "anticipate_day",
        "anticipate_type", "anticipate_explain", "promise_day", "promise_type", "promise_explain", "accept_condition", "handle_flow", "is_fee",
        "fee_basis", "server_type", "project_type", "handle_type", "limit_scene_num", "special_procedure", "app_is_single_login",
        "mobile_terminal_url", "is_single_login", "link_addr", "transact_addr", "transact_time", "link_way", "supervise_way",
        "plan_effective_date", "plan_cancel_date",
    ),
    "up_task_general_extend": (
        "row_guid", "task_guid", "task_code", "task_handle_item", "is_entry_center", "handle_area", "other_dept", "service_type", "limit_explain",
        "result_type", "result_name", "result_guid", "is_online", "online_handle_depth", "online_handle_url", "limit_scene_explain", "is_schedule",
        "is_pay_online", "is_express", "is_service_terminals", "user_topic_type", "corp_topic_type", "user_character_topic_type",
        "corp_character_topic_type", "town_code", "town_name", "village_code", "village_name", "extend_field",
    ),
    "up_task_general_material": (
        "row_guid", "task_guid", "task_code", "order_num", "material_name", "material_type", "material_format", "is_need", "page_num",
        "page_format", "source_type", "source_explain", "by_law", "accept_stand", "fill_explain", "form_guid", "example_guid", "remark",
    ),
    "up_task_general_fee_project": (
        "row_guid", "task_code", "order_num", "fee_name", "fee_stand", "by_law", "is_desc", "desc_explain", "remark",
    ),
    "up_task_general_questions": ("row_guid", "task_code", "order_num", "question", "answer"),
    "up_zone_organization": ("row_guid", "org_name", "org_short_name", "credit_code", "org_code", "exist_task", "order_num"),
}  # fmt: skip
# Required columns that a definition may leave open: where a row has none, the hand-over names them, to be filled in before it is sent.
_OPEN = ("link_way", "supervise_way", "transact_addr", "transact_time")
_NAMESPACE = UUID("6a1f2f0e-5d0c-5f43-9a55-0b6f1d2c7e10")


class Organisation(NamedTuple):
    """One department, in the order of the district's list."""

    name: str
    section: str
    credit_code: str


Rows = dict[str, list[dict[str, Any]]]


def national(versions: Iterable[Version], organisations: Iterable[Organisation], centre: Centre, *, batch: str) -> Rows:
    """Every table with its rows. `batch` names the hand-over (批次号)."""
    rows: Rows = {name: [] for name in TABLES}
    busy: set[str] = set()
    for version in versions:
        busy.add(version.definition.department.credit_code)
        for table, said in rows_of(version, centre):
            key = str(uuid5(_NAMESPACE, f"{version.key}/{table}/{said.get('order_num', 0)}"))
            at = version.since.strftime("%Y-%m-%d %H:%M:%S")
            _add(rows, table, {"row_guid": str(version.key) if table == "up_task_general_basic" else key} | said, at, batch)
    for number, one in enumerate(organisations, 1):
        said = {
            "row_guid": str(uuid5(_NAMESPACE, one.credit_code)), "org_name": one.name, "org_short_name": one.section, "credit_code": one.credit_code,
            "org_code": one.credit_code[8:17], "exist_task": "1" if one.credit_code in busy else "0", "order_num": number,
        }  # fmt: skip
        _add(rows, "up_zone_organization", said, "", batch)
    return rows


def zipped(rows: Rows) -> bytes:
    """The tables as CSV files (UTF-8 with a mark, as table programs like it) in one zip; the same rows, the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, columns in TABLES.items():
            heads = (*columns, *_COMMON)
            text = csv_text([heads, *([row[head] for head in heads] for row in rows[name])])
            package.writestr(zipfile.ZipInfo(f"{name}.csv", (2000, 1, 1, 0, 0, 0)), "\ufeff" + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _add(rows: Rows, table: str, said: dict[str, Any], at: str, batch: str) -> None:
    common = {"data_source": SOURCE, "cd_operation": "I", "cd_time": at, "cd_batch": batch}
    rows[table].append({column: said.get(column, "") for column in TABLES[table]} | common)


def missing(rows: Rows) -> list[str]:
    """The required columns that some row leaves empty, as ``table.column``."""
    return [f"{table}.{column}" for table in TABLES for column in _OPEN if any(row.get(column) == "" for row in rows[table])]
