"""``onewindow ids``: check official numbers, with a reason; make demonstration ones. No database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

import click

from onewindow.kernel.identifiers import (
    DEMO_REGION,
    FAMILIES,
    BasicCode,
    CaseNumber,
    CreditCode,
    HandlingItemCode,
    Identifier,
    ImplementationCode,
    Kind,
    LicenceId,
    NotValid,
    OrganisationCode,
    Reason,
    ResidentId,
    Verdict,
    candidates,
    check,
    kind_named,
    shown,
    unrecognised,
)

DATE = click.DateTime(formats=["%Y-%m-%d"])
CHINA = timezone(timedelta(hours=8))
SAMPLES = ("11010519491231002X", "440524188001010014")
"""The sample numbers printed in GB 11643 itself."""
DEMO_BASIC_CODE = "310199001000"

LABELS = {
    "holder": "证件类别",
    "province": "省级区划",
    "sex": "性别",
    "region": "区划",
    "birth": "出生日期",
    "sequence": "顺序码",
    "authority": "登记管理部门",
    "category": "机构类别",
    "organisation_code": "组织机构代码",
    "check": "校验码",
    "body": "本体",
    "credit_code": "统一社会信用代码",
    "level": "行使层级",
    "basic_code": "基本编码",
    "basic_region": "基本编码区划",
    "item_type": "事项类型",
    "department": "部门",
    "main_item": "主项",
    "sub_item": "子项",
    "implementation_code": "实施编码",
    "number": "序号",
    "date": "日期",
    "serial": "流水号",
    "type_code": "证照类型代码",
    "type_body": "类型制定机构",
    "type_number": "类型序号",
    "issuer": "颁发机构",
    "issuer_is": "颁发机构代码种类",
    "version": "版本",
}


class KindName(click.ParamType[Kind]):
    """A kind by its name or one of its other names."""

    name = "kind"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Kind:
        found = value if isinstance(value, Kind) else kind_named(str(value))
        if found is None:
            known = ", ".join(FAMILIES)
            self.fail(f"没有“{value}”这种代码；可用 known kinds: {known}", param, ctx)
        return found


@click.group()
def command() -> None:
    """代码与编号 Official numbers: check, explain, generate for demonstrations.

    Exit codes: 0 valid, 1 not valid, 2 wrong usage.
    """


@command.command("check")
@click.argument("value")
@click.option(
    "--kind", type=KindName(), help="代码种类；不给则列出可能 The kind; without it, every kind it could be."
)
@click.option(
    "--on",
    type=DATE,
    metavar="YYYY-MM-DD",
    help="日期不得晚于此日，默认今天 No date may lie after this day; default today.",
)
@click.option(
    "--full", is_flag=True, help="显示个人号码全文及各部分 Show a personal number and its parts in full."
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON.")
@click.pass_context
def check_command(
    ctx: click.Context, value: str, kind: Kind | None, on: datetime | None, full: bool, as_json: bool
) -> None:
    """校验一个代码并说明原因 Check VALUE and say why; "-" reads it from standard input.

    Personal numbers are masked in all output unless --full is given.
    """
    text = sys.stdin.readline() if value == "-" else value
    day = datetime.now(CHINA).date() if on is None else on.date()
    verdicts = candidates(text, on=day) if kind is None else (check(kind, text, on=day),)
    best = verdicts[0] if verdicts else None
    reason = unrecognised(text) if best is None else best.reason
    echoed = text.strip() if full else shown(text, verdicts)
    if as_json:
        first = {} if best is None else _verdict_json(best, full)
        body = {
            "schema": "onewindow.ids.check/1",
            "value": echoed,
            "valid": best is not None and best.valid,
            "kind": first.get("kind"),
            "parts": first.get("parts"),
            "reason": _reason_json(reason),
            "results": [_verdict_json(verdict, full) for verdict in verdicts],
        }
        click.echo(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        _print_check(echoed, verdicts, reason, full)
    ctx.exit(0 if best is not None and best.valid else 1)


@command.command("kinds")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON.")
def kinds_command(as_json: bool) -> None:
    """系统认识的代码种类 The kinds of numbers known here."""
    if as_json:
        results = [
            {
                "kind": str(family.kind),
                "name": {"zh": family.name.zh, "en": family.name.en},
                "standard": family.standard,
                "form": {"zh": family.form.zh, "en": family.form.en},
                "aliases": list(family.aliases),
            }
            for family in FAMILIES.values()
        ]
        click.echo(
            json.dumps({"schema": "onewindow.ids.kinds/1", "results": results}, ensure_ascii=False, indent=1)
        )
        return
    for family in FAMILIES.values():
        click.echo(f"{family.kind}  {family.name.zh}  {family.standard}")
        click.echo(f"    {family.form.zh}")
        click.echo(f"    {family.name.en}; {family.form.en}; also: {', '.join(family.aliases)}")


@command.group("generate")
def generate() -> None:
    """生成演示用代码 Make numbers for demonstrations: none can belong to anybody.

    Organisations come from the never-assigned range DEM00000–DEM99999; personal numbers only with the
    unassigned region 310199, or the two samples printed in GB 11643.
    """


serial_option = click.option(
    "--serial",
    type=click.IntRange(0, 99999),
    default=1,
    show_default=True,
    help="演示机构序号 Demo organisation.",
)
category_option = click.option(
    "--category",
    default="91",
    show_default=True,
    help="登记部门和机构类别 Authority and category, two characters.",
)
region_option = click.option("--region", default="310104", show_default=True, help="区划 Region, six digits.")
level_option = click.option(
    "--level", default="4", show_default=True, help="行使层级 Level of exercise, 1–7."
)
basic_option = click.option(
    "--basic", default=DEMO_BASIC_CODE, show_default=True, help="基本编码 Basic code."
)
json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON.")


@generate.command("resident-id")
@click.option("--region", required=True, help="区划，只用 310199 Region; only 310199.")
@click.option("--birth", type=DATE, metavar="YYYY-MM-DD", required=True, help="出生日期 Birth date.")
@click.option(
    "--sequence", required=True, type=click.IntRange(0, 999), help="顺序码，单男双女 Odd: man, even: woman."
)
@json_option
def generate_resident_id(region: str, birth: datetime, sequence: int, as_json: bool) -> None:
    """公民身份号码 A resident ID number that belongs to nobody."""
    with _usage():
        made = ResidentId.generate(region, birth.date(), sequence)
    if made.region != DEMO_REGION and made.number not in SAMPLES:
        raise click.UsageError(
            f"只生成未分配区划 {DEMO_REGION} 的号码或国家标准中的示例，以免与真人号码相同\n"
            f"Only the unassigned region {DEMO_REGION} and the standard's own samples are made,"
            " lest the number be a living person's"
        )
    _print_made(Kind.RESIDENT_ID, made.number, made, as_json)


@generate.command("organisation-code")
@serial_option
@json_option
def generate_organisation_code(serial: int, as_json: bool) -> None:
    """组织机构代码 An organisation code."""
    made = OrganisationCode.demo(serial)
    _print_made(Kind.ORGANISATION_CODE, str(made), made, as_json)


@generate.command("credit-code")
@serial_option
@category_option
@region_option
@json_option
def generate_credit_code(serial: int, category: str, region: str, as_json: bool) -> None:
    """统一社会信用代码 A unified social credit code."""
    with _usage():
        made = CreditCode.demo(serial, category=category, region=region)
    _print_made(Kind.CREDIT_CODE, str(made), made, as_json)


@generate.command("implementation-code")
@serial_option
@region_option
@level_option
@basic_option
@json_option
def generate_implementation_code(serial: int, region: str, level: str, basic: str, as_json: bool) -> None:
    """实施编码 An implementation code (31)."""
    with _usage():
        made = _demo_item(serial, region, level, basic)
    _print_made(Kind.IMPLEMENTATION_CODE, str(made), made, as_json)


@generate.command("handling-item-code")
@serial_option
@region_option
@level_option
@basic_option
@click.option(
    "--number",
    type=click.IntRange(0, 99),
    default=1,
    show_default=True,
    help="办理项序号 Number of the item.",
)
@json_option
def generate_handling_item_code(
    serial: int, region: str, level: str, basic: str, number: int, as_json: bool
) -> None:
    """业务办理项编码 A handling item code (33)."""
    with _usage():
        made = HandlingItemCode.generate(_demo_item(serial, region, level, basic), number)
    _print_made(Kind.HANDLING_ITEM_CODE, str(made), made, as_json)


@generate.command("case-number")
@serial_option
@region_option
@level_option
@basic_option
@click.option("--date", "day", type=DATE, metavar="YYYY-MM-DD", required=True, help="日期 Day of the case.")
@click.option(
    "--number", type=click.IntRange(0, 9999), default=1, show_default=True, help="当日流水 Serial of the day."
)
@json_option
def generate_case_number(
    serial: int, region: str, level: str, basic: str, day: datetime, number: int, as_json: bool
) -> None:
    """办件编号 A case number (43)."""
    with _usage():
        made = CaseNumber.generate(_demo_item(serial, region, level, basic), day.date(), number)
    _print_made(Kind.CASE_NUMBER, str(made), made, as_json)


@generate.command("licence-id")
@serial_option
@region_option
@click.option(
    "--type-number",
    type=click.IntRange(0, 999),
    default=1,
    show_default=True,
    help="证照类型序号 Number of the type.",
)
@click.option(
    "--licence-serial", default="20260001", show_default=True, help="证照流水号 Serial of the licence."
)
@click.option("--version", type=click.IntRange(0, 999), default=1, show_default=True, help="版本 Version.")
@json_option
def generate_licence_id(
    serial: int, region: str, type_number: int, licence_serial: str, version: int, as_json: bool
) -> None:
    """电子证照标识 An electronic licence identifier."""
    with _usage():
        body = CreditCode.demo(serial, category="11", region=region)
        made = LicenceId.generate(body, type_number, body, licence_serial, version)
    _print_made(Kind.LICENCE_ID, str(made), made, as_json)


def _demo_item(serial: int, region: str, level: str, basic: str) -> ImplementationCode:
    body = CreditCode.demo(serial, category="11", region=region)
    return ImplementationCode.generate(body, level, BasicCode.parse(basic))


@contextmanager
def _usage() -> Iterator[None]:
    """Parts that make no valid number are wrong usage: exit 2, told in both languages."""
    try:
        yield
    except NotValid as wrong:
        raise click.UsageError(f"{wrong.reason.zh}\n{wrong.reason.en}") from None


def _parts(identifier: Identifier, full: bool) -> dict[str, object]:
    if isinstance(identifier, ResidentId) and not full:
        return identifier.shown_parts()
    return identifier.parts()


def _reason_json(reason: Reason | None) -> dict[str, object] | None:
    if reason is None:
        return None
    at = None if reason.first is None else [reason.first, reason.last]
    return {"code": str(reason.code), "zh": reason.zh, "en": reason.en, "at": at}


def _verdict_json(verdict: Verdict, full: bool) -> dict[str, object]:
    return {
        "kind": str(verdict.kind),
        "valid": verdict.valid,
        "parts": None if verdict.identifier is None else _parts(verdict.identifier, full),
        "reason": _reason_json(verdict.reason),
    }


def _print_check(echoed: str, verdicts: tuple[Verdict, ...], reason: Reason | None, full: bool) -> None:
    if not verdicts and reason is not None:
        click.echo(f"无法识别：{reason.zh}。")
        click.echo(f"Not recognised: {reason.en}.")
    valid = [verdict for verdict in verdicts if verdict.valid]
    for verdict in valid or verdicts:
        name = FAMILIES[verdict.kind].name
        if verdict.identifier is not None:
            click.echo(f"有效：{name.zh} {echoed}")
            click.echo(f"Valid {name.en} ({FAMILIES[verdict.kind].standard})")
            _print_parts(_parts(verdict.identifier, full))
        elif verdict.reason is not None:
            click.echo(f"不是有效的{name.zh}：{verdict.reason.zh}。")
            click.echo(f"Not a valid {name.en}: {verdict.reason.en}.")


def _print_parts(parts: dict[str, object]) -> None:
    for key, value in parts.items():
        if key.endswith("_name"):
            continue
        named = parts.get(f"{key}_name")
        if isinstance(value, dict):
            value = f"{value['zh']} {value['en']}"
        elif isinstance(named, dict):
            value = f"{value}  {named['zh']} {named['en']}"
        if value is not None:
            click.echo(f"  {LABELS.get(key, key)} {key.replace('_', ' ')}: {value}")


def _print_made(kind: Kind, text: str, made: Identifier, as_json: bool) -> None:
    if as_json:
        body = {
            "schema": "onewindow.ids.generate/1",
            "kind": str(kind),
            "value": text,
            "parts": made.parts(),
        }
        click.echo(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        click.echo(text)
