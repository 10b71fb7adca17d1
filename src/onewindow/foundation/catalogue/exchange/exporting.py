"""The catalogue as a file, in each form it is handed out in."""

from __future__ import annotations

import json
from collections.abc import Iterator

from onewindow.foundation.catalogue.definition import read
from onewindow.foundation.catalogue.exchange import queries
from onewindow.foundation.catalogue.exchange.bundle import bundle
from onewindow.foundation.catalogue.exchange.national import SCHEMA, Organisation, missing, national, zipped
from onewindow.foundation.catalogue.exchange.national_rows import Centre, Version
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.places.queries import home_site, week_of
from onewindow.foundation.places.rules import WEEKDAYS
from onewindow.foundation.staff.queries import departments
from onewindow.kernel import clock
from onewindow.kernel.words import Words

FORMS = {  # the name of the file, its media type, what it is
    "json": ("catalogue.json", "application/json", Words("JSON（可以原样导回）", "JSON (can be brought back as it is)")),
    "xlsx": ("catalogue.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Words("Excel 工作簿", "Excel workbook")),
    "national": ("national.json", "application/json", Words("国家交换表（JSON）", "national exchange tables (JSON)")),
    "national-csv": ("national.zip", "application/zip", Words("国家交换表（CSV）", "national exchange tables (CSV)")),
}  # fmt: skip


def exported(form: str) -> Iterator[bytes]:
    """The file of one of `FORMS`, piece by piece."""
    if form == "json":
        yield from bundle(queries.definitions(), queries.entries())
    elif form == "xlsx":
        from onewindow.foundation.catalogue.exchange.workbook import workbook  # openpyxl takes its time

        yield workbook(queries.definitions(), queries.entries())
    else:
        organisations = [Organisation(one.name_zh, one.section_zh, one.credit_code) for one in departments()]
        rows = national(_versions(), organisations, _centre(), batch=f"{clock.today():%Y%m%d}")
        if form == "national":
            yield json.dumps({"schema": SCHEMA, "missing": missing(rows), "tables": rows}, ensure_ascii=False, indent=1).encode()
        else:
            yield zipped(rows)


def _versions() -> Iterator[Version]:
    for one in ItemVersion.objects.filter(state="published").order_by("code").iterator(chunk_size=200):
        yield Version(read(one.body), one.version, clock.local(one.began_at), one.uuid)


def _centre() -> Centre:
    home = home_site()
    if home is None:
        return Centre("", "")
    week = week_of(home.code)
    hours = [f"{words.zh} {week[day].opens:%H:%M}–{week[day].closes:%H:%M}" for day, words in WEEKDAYS.items() if day in week]
    return Centre(home.address_zh, "；".join(hours))
