"""One item in the national exchange tables: which fact of its definition stands in which column."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from onewindow.foundation.catalogue.definition import Definition
from onewindow.foundation.catalogue.definition.materials import Material
from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.foundation.catalogue.definition.parts import Text
from onewindow.foundation.catalogue.definition.values import VALUES

_UNITS = {"working-day": "1", "calendar-day": "2", "month": "3", "year": "4"}


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


def rows_of(version: Version, centre: Centre) -> Iterable[tuple[str, dict[str, Any]]]:
    """Every row of an item, by table: what the definition says, in the tables' words."""
    one = version.definition
    basis = "\n".join(f"《{source.name}》{source.article}：{source.quote}" for source in one.basis)
    named = {"task_name": one.name.zh, "catalog_code": one.basic_code, "local_catalog_code": one.local_code or "", "task_type": one.item_type,
             "by_law": basis, "use_level": one.level,
             "task_state": "1", "task_version": version.number}  # fmt: skip
    yield "up_task_directory", named
    yield "up_task_general_basic", named | _basic(one, centre)
    yield "up_task_general_extend", {"task_guid": str(version.key), "task_code": one.implementation_code} | _extended(one)
    for number, material in enumerate(one.materials, 1):
        yield "up_task_general_material", _material(one, material, number) | {"task_guid": str(version.key)}
    for number, fee in enumerate(one.fees.items, 1):
        yield "up_task_general_fee_project", {
            "task_code": one.implementation_code, "order_num": number, "fee_name": fee.name.zh, "fee_stand": f"{fee.amount} 元／{fee.per.zh}",
            "by_law": _statutes(one, f"/fees/items/{fee.code}") or _statutes(one, "/fees"), "is_desc": _flag(fee.reduction is not None),
            "desc_explain": _zh(fee.reduction),
        }  # fmt: skip
    for number, often in enumerate(one.faq, 1):
        said = {"task_code": one.implementation_code, "order_num": number, "question": often.question.zh, "answer": often.answer.zh}
        yield "up_task_general_questions", said


def _basic(one: Definition, centre: Centre) -> dict[str, Any]:
    flow = " → ".join(step.name.zh for step in sorted(one.steps, key=lambda step: step.order))
    return {
        "task_code": one.implementation_code, "local_task_code": one.code, "task_handle_item": one.handling_code or "",
        "power_source": one.power_source, "dept_name": one.department.name.zh,
        "dept_type": one.department.nature, "dept_code": one.department.credit_code, "entrust_name": _zh(one.entrusted_by), **_limit("anticipate", one.limits.statutory),
        **_limit("promise", one.limits.promised), "anticipate_explain": _zh(one.limits.statutory_note), "promise_explain": _zh(one.limits.promised_note),
        "accept_condition": "\n".join(f"{n}. {clause.text.zh}" for n, clause in enumerate(one.conditions, 1)),
        "handle_flow": flow, "is_fee": "1" if one.fees.charged else "0", "fee_basis": _statutes(one, "/fees"), "server_type": "^".join(one.service_objects),
        "project_type": one.handling_type, "handle_type": "^".join(one.service.channels), "limit_scene_num": one.service.visits,
        "app_is_single_login": "0", "is_single_login": "0", "transact_addr": centre.address, "transact_time": centre.hours, "link_way": _zh(one.enquiries),
        "supervise_way": _zh(one.complaints), "special_procedure": "、".join(VALUES["Definition.special_procedures"][each].zh for each in one.special_procedures) or "无",
    }  # fmt: skip


def _extended(one: Definition) -> dict[str, Any]:
    online = one.service.online_depth >= 2  # from 收件 on it is more than asking online
    return {
        "is_entry_center": "1", "task_handle_item": one.handling_code or "", "other_dept": _zh(one.joint_bodies),
        "service_type": "\n".join(f"{each.name.zh}：{each.text.zh}" for each in one.intermediaries), "limit_scene_explain": _zh(one.service.on_site_reason),
        "limit_explain": one.quantity_limit.text.zh if one.quantity_limit.limited else "", "result_type": one.result.kind,
        "result_name": one.result.name.zh, "is_online": _flag(online), "online_handle_depth": str(one.service.online_depth),
        "is_schedule": _flag(one.service.appointment), "is_pay_online": _flag(one.service.pay_online), "is_express": _flag(one.service.post),
        "is_service_terminals": _flag(one.service.kiosk),
    }  # fmt: skip


def _material(one: Definition, material: Material, number: int) -> dict[str, Any]:
    return {
        "task_code": one.implementation_code, "order_num": number, "material_name": material.name.zh, "material_type": material.kind,
        "material_format": material.form, "is_need": material.need, "page_num": material.copies.originals + material.copies.duplicates,
        "source_type": material.origin, "page_format": material.paper_size or "",
        "source_explain": _zh(material.origin_note) or _zh(material.issuer),
        "by_law": _statutes(one, f"/materials/{material.code}"), "accept_stand": "\n".join(point.text.zh for point in material.acceptance_points),
        "fill_explain": _zh(material.filling) or material.sample.zh,
        "form_guid": _file(material, blank=True), "example_guid": _file(material, blank=False),
    }  # fmt: skip


def _file(material: Material, *, blank: bool) -> str:
    """The first blank form, or the first sample, by its SM3; empty for none."""
    return next((file.sm3 for file in material.files or () if bool(file.blank) == blank), "")


def _limit(name: str, limit: Limit) -> dict[str, Any]:
    return {f"{name}_day": limit.n, f"{name}_type": _UNITS[limit.unit]}


def _statutes(one: Definition, address: str) -> str:
    return "\n".join(f"《{source.name}》{source.article}" for source in one.statutes_of(address))


def _zh(text: Text | None) -> str:
    return text.zh if text else ""


def _flag(value: bool) -> str:
    return "1" if value else "0"
