"""The catalogue as the national platform's exchange tables (国家政务服务平台前置库): general items, their materials, fees, and who is in charge.

Columns and their order are the tables'; the five every upstream table carries stand last. What this house does not hold stays empty and
is named in `UNKNOWN`. Pure: the versions and the centre are handed in.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from onewindow.foundation.catalogue.definition import Definition
from onewindow.foundation.catalogue.definition.model import Limit, Material
from onewindow.foundation.catalogue.exchange.listing import csv_text

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
    "up_zone_organization": ("row_guid", "org_name", "org_short_name", "credit_code", "org_code", "exist_task", "order_num"),
}  # fmt: skip
# Columns that the tables require and this house has no fact for: empty, and to be filled in before they are sent.
UNKNOWN = ("up_task_general_basic.special_procedure", "up_task_general_basic.link_way", "up_task_general_basic.supervise_way")
_UNITS = {"working-day": "1", "calendar-day": "2", "month": "3", "year": "4"}
_NAMESPACE = UUID("6a1f2f0e-5d0c-5f43-9a55-0b6f1d2c7e10")
_FORMAT = {"1": "1", "2": "2", "3": "3"}


class Version(NamedTuple):
    """One version in force: its definition, its number, since when, and its stable key."""

    definition: Definition
    number: int
    since: datetime
    key: UUID


class Centre(NamedTuple):
    """What the tables say of the place: its address, and its hours as people read them."""

    address: str
    hours: str


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
        for table, said in _of(version, centre):
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


def _of(version: Version, centre: Centre) -> Iterable[tuple[str, dict[str, Any]]]:
    one = version.definition
    basis = "\n".join(f"《{source.name}》{source.article}：{source.quote}" for source in one.basis)
    named = {"task_name": one.name.zh, "catalog_code": one.basic_code, "task_type": one.item_type, "by_law": basis, "use_level": one.level,
             "task_state": "1", "task_version": version.number}  # fmt: skip
    yield "up_task_directory", named
    yield "up_task_general_basic", named | _basic(one, centre)
    yield "up_task_general_extend", {"task_guid": str(version.key), "task_code": one.implementation_code} | _extended(one)
    for number, material in enumerate(one.materials, 1):
        yield "up_task_general_material", _material(one, material, number) | {"task_guid": str(version.key)}
    for number, fee in enumerate(one.fees.items, 1):
        yield "up_task_general_fee_project", {
            "task_code": one.implementation_code, "order_num": number, "fee_name": fee.name.zh, "fee_stand": f"{fee.amount} 元／{fee.per.zh}",
            "by_law": _statutes(one, f"/fees/items/{fee.code}") or _statutes(one, "/fees"),
        }  # fmt: skip


def _basic(one: Definition, centre: Centre) -> dict[str, Any]:
    flow = " → ".join(step.name.zh for step in sorted(one.steps, key=lambda step: step.order))
    return {
        "task_code": one.implementation_code, "local_task_code": one.code, "power_source": one.power_source, "dept_name": one.department.name.zh,
        "dept_type": one.department.nature, "dept_code": one.department.credit_code, **_limit("anticipate", one.limits.statutory),
        **_limit("promise", one.limits.promised), "accept_condition": "\n".join(f"{n}. {clause.text.zh}" for n, clause in enumerate(one.conditions, 1)),
        "handle_flow": flow, "is_fee": "1" if one.fees.charged else "0", "fee_basis": _statutes(one, "/fees"), "server_type": "^".join(one.service_objects),
        "project_type": one.handling_type, "handle_type": "^".join(one.service.channels), "limit_scene_num": one.service.visits,
        "app_is_single_login": "0", "is_single_login": "0", "transact_addr": centre.address, "transact_time": centre.hours,
    }  # fmt: skip


def _extended(one: Definition) -> dict[str, Any]:
    online = one.service.online_depth >= 2  # from 收件 on it is more than asking online
    return {
        "is_entry_center": "1", "limit_explain": one.quantity_limit.text.zh if one.quantity_limit.limited else "", "result_type": one.result.kind,
        "result_name": one.result.name.zh, "is_online": _flag(online), "online_handle_depth": str(one.service.online_depth),
        "is_schedule": _flag(one.service.appointment), "is_pay_online": "0", "is_express": _flag(one.service.post),
        "is_service_terminals": _flag(one.service.kiosk),
    }  # fmt: skip


def _material(one: Definition, material: Material, number: int) -> dict[str, Any]:
    return {
        "task_code": one.implementation_code, "order_num": number, "material_name": material.name.zh, "material_type": material.kind,
        "material_format": _FORMAT[material.form], "is_need": material.need, "page_num": material.copies.originals + material.copies.duplicates,
        "source_type": material.origin, "source_explain": material.issuer.zh if material.issuer else "",
        "by_law": _statutes(one, f"/materials/{material.code}"), "accept_stand": "\n".join(point.text.zh for point in material.acceptance_points),
        "fill_explain": material.sample.zh,
    }  # fmt: skip


def _limit(name: str, limit: Limit) -> dict[str, Any]:
    return {f"{name}_day": limit.n, f"{name}_type": _UNITS[limit.unit]}


def _statutes(one: Definition, address: str) -> str:
    return "\n".join(f"《{source.name}》{source.article}" for source in one.statutes_of(address))


def _flag(value: bool) -> str:
    return "1" if value else "0"
