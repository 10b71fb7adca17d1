"""The payment platform this installation's settings name, and the key its notifications are signed with."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from onewindow.instruments.gateways.http import SIGNATURES, unfit
from onewindow.instruments.payments import PaymentPlatform
from onewindow.instruments.payments.absent import NoPlatform
from onewindow.instruments.payments.http import HttpPlatform
from onewindow.instruments.payments.virtual import VirtualTreasury
from onewindow.kernel.crypto import sm3
from onewindow.kernel.errors import CannotStart
from onewindow.kernel.words import Words

SHORTEST_KEY = 16
LONGEST_S = 30.0  # a refund is made while its row is locked


def chosen() -> PaymentPlatform:
    """The platform of the settings. Raises `CannotStart` naming the setting that is wrong; never shows a key."""
    match settings.PAYMENTS:
        case "none":
            return NoPlatform()
        case "http":
            return _http()
        case "virtual" if settings.DEMONSTRATION:
            return VirtualTreasury(Path(settings.VIRTUAL_TREASURY))
        case "virtual":
            raise _wrong("ONEWINDOW_PAYMENTS", Words("虚拟收款平台只用于演示系统", "the virtual treasury is for a demonstration only"))
    raise _wrong("ONEWINDOW_PAYMENTS", Words("应为 virtual、http 或 none", "it is one of virtual, http, none"))


def check() -> None:
    """Look at all settings before anybody pays."""
    chosen()


def signed_by() -> tuple[str, bytes] | None:
    """The account and key that notifications are signed with; None where no platform tells anything."""
    match settings.PAYMENTS:
        case "http":
            return settings.PAYMENTS_ACCOUNT, _key(Path(settings.PAYMENTS_KEY))
        case "virtual" if settings.DEMONSTRATION:
            return "demo", sm3(b"virtual-treasury", settings.SECRET_KEY.encode())
    return None


def _http() -> HttpPlatform:
    if reason := unfit(settings.PAYMENTS_URL):
        raise _wrong("ONEWINDOW_PAYMENTS_URL", reason)
    account = settings.PAYMENTS_ACCOUNT
    if not account or not account.isascii() or not account.isprintable():
        raise _wrong("ONEWINDOW_PAYMENTS_ACCOUNT", Words("请填写账户名（字母和数字）", "give the account's name in letters and digits"))
    if settings.PAYMENTS_SIGNATURE not in SIGNATURES:
        raise _wrong("ONEWINDOW_PAYMENTS_SIGNATURE", Words("应为 sm3 或 sha256", "it is sm3 or sha256"))
    try:
        return HttpPlatform(
            settings.PAYMENTS_URL, key=_key(Path(settings.PAYMENTS_KEY)), account=account, signed_with=settings.PAYMENTS_SIGNATURE,
            timeout_s=_timeout(settings.PAYMENTS_TIMEOUT), ca=Path(settings.PAYMENTS_CA) if settings.PAYMENTS_CA else None,
        )  # fmt: skip
    except OSError:  # the only file read here is the one of certificates
        raise _wrong("ONEWINDOW_PAYMENTS_CA", Words("不是可用的证书文件", "no certificates can be read there")) from None


def _key(path: Path) -> bytes:
    try:
        key = path.read_bytes().strip()
    except OSError:
        raise _wrong("ONEWINDOW_PAYMENTS_KEY", Words(f"密钥文件 {path} 无法读取", f"the key file {path} cannot be read")) from None
    if len(key) < SHORTEST_KEY:
        raise _wrong("ONEWINDOW_PAYMENTS_KEY", Words(f"密钥至少 {SHORTEST_KEY} 字节", f"a key has at least {SHORTEST_KEY} bytes"))
    return key


def _timeout(typed: str) -> float:
    try:
        seconds = float(typed)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= LONGEST_S:
        raise _wrong("ONEWINDOW_PAYMENTS_TIMEOUT", Words("应为 0.1 至 30 秒", "it is a number of seconds from 0.1 to 30"))
    return seconds


def _wrong(setting: str, reason: Words) -> CannotStart:
    return CannotStart(
        what_zh=f"收款平台设置 {setting} 不能用：{reason.zh}", do_zh="请按运维手册“收款平台”一节改正后重新启动",
        what_en=f"The payment platform's setting {setting} cannot be used: {reason.en}",
        do_en="Correct it as told under “Payments” in the operations guide and start again",
    )  # fmt: skip
