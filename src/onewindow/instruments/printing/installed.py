"""The printers this installation's settings name: one for pages, one with the 80 mm roll."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from onewindow.instruments.printing import Printer
from onewindow.instruments.printing.absent import NoPrinter
from onewindow.instruments.printing.ipp import IppPrinter, unfit
from onewindow.instruments.printing.virtual import VirtualPrinter
from onewindow.kernel.errors import CannotStart
from onewindow.kernel.words import Words

# Somebody stands at the window meanwhile.
LONGEST_S = 30.0


def page_printer() -> Printer:
    """The printer for A4. Raises `CannotStart` naming the setting that is wrong."""
    return _chosen("ONEWINDOW_PRINTER", settings.PRINTER)


def roll_printer() -> Printer:
    """The printer with the 80 mm roll: tickets and slips. Raises `CannotStart` naming the setting that is wrong."""
    return _chosen("ONEWINDOW_TICKET_PRINTER", settings.TICKET_PRINTER)


def check() -> None:
    """Look at all settings before anybody prints."""
    page_printer()
    roll_printer()


def _chosen(setting: str, named: str) -> Printer:
    match named:
        case "none":
            return NoPrinter()
        case "virtual" if settings.DEMONSTRATION:
            return VirtualPrinter(Path(settings.TRAY))
        case "virtual":
            raise _wrong(setting, Words("虚拟打印机只用于演示系统", "the virtual printer is for a demonstration only"))
    if ":" not in named:
        raise _wrong(setting, Words("应为 virtual、none 或 ipp(s) 地址", "it is virtual, none or an ipp(s) address"))
    if reason := unfit(named):
        raise _wrong(setting, reason)
    try:
        return IppPrinter(named, timeout_s=_timeout(settings.PRINTER_TIMEOUT), ca=Path(settings.PRINTER_CA) if settings.PRINTER_CA else None)
    except OSError:  # the only file read here is the one of certificates
        raise _wrong("ONEWINDOW_PRINTER_CA", Words("不是可用的证书文件", "no certificates can be read there")) from None


def _timeout(typed: str) -> float:
    try:
        seconds = float(typed)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= LONGEST_S:
        raise _wrong("ONEWINDOW_PRINTER_TIMEOUT", Words("应为 0.1 至 30 秒", "it is a number of seconds from 0.1 to 30"))
    return seconds


def _wrong(setting: str, reason: Words) -> CannotStart:
    return CannotStart(
        what_zh=f"打印机设置 {setting} 不能用：{reason.zh}", do_zh="请按运维手册“打印”一节改正后重新启动",
        what_en=f"The printer's setting {setting} cannot be used: {reason.en}",
        do_en="Correct it as told under “Printing” in the operations guide and start again",
    )  # fmt: skip
