"""The gateway this installation's settings name."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from onewindow.instruments.gateways import Gateway
from onewindow.instruments.gateways.absent import NoGateway
from onewindow.instruments.gateways.http import SIGNATURES, HttpGateway, unfit
from onewindow.instruments.gateways.virtual import VirtualPhones
from onewindow.kernel.errors import CannotStart
from onewindow.kernel.words import Words

SHORTEST_KEY = 16
# A message is sent while its row is locked: well below the database's limit for an idle transaction.
LONGEST_S = 30.0


def chosen() -> Gateway:
    """The gateway of the settings. Raises `CannotStart` naming the setting that is wrong; never shows a key."""
    match settings.GATEWAY:
        case "none":
            return NoGateway()
        case "http":
            return _http()
        case "virtual" if settings.DEMONSTRATION:
            return VirtualPhones(Path(settings.VIRTUAL_PHONES))
        case "virtual":
            raise _wrong("ONEWINDOW_GATEWAY", Words("虚拟手机只用于演示系统", "virtual phones are for a demonstration only"))
    raise _wrong("ONEWINDOW_GATEWAY", Words("应为 virtual、http 或 none", "it is one of virtual, http, none"))


def _http() -> HttpGateway:
    if reason := unfit(settings.GATEWAY_URL):
        raise _wrong("ONEWINDOW_GATEWAY_URL", reason)
    if not settings.GATEWAY_ACCOUNT or not settings.GATEWAY_ACCOUNT.isascii() or not settings.GATEWAY_ACCOUNT.isprintable():
        raise _wrong("ONEWINDOW_GATEWAY_ACCOUNT", Words("请填写账户名（字母和数字）", "give the account's name in letters and digits"))
    if settings.GATEWAY_SIGNATURE not in SIGNATURES:
        raise _wrong("ONEWINDOW_GATEWAY_SIGNATURE", Words("应为 sm3 或 sha256", "it is sm3 or sha256"))
    certificates = Path(settings.GATEWAY_CA) if settings.GATEWAY_CA else None
    try:
        return HttpGateway(
            settings.GATEWAY_URL, key=_key(Path(settings.GATEWAY_KEY)), account=settings.GATEWAY_ACCOUNT,
            signed_with=settings.GATEWAY_SIGNATURE, timeout_s=_timeout(settings.GATEWAY_TIMEOUT), ca=certificates,
        )  # fmt: skip
    except OSError:  # the only file read here is the one of certificates
        raise _wrong("ONEWINDOW_GATEWAY_CA", Words("不是可用的证书文件", "no certificates can be read there")) from None


def _key(path: Path) -> bytes:
    try:
        key = path.read_bytes().strip()
    except OSError:
        raise _wrong("ONEWINDOW_GATEWAY_KEY", Words(f"密钥文件 {path} 无法读取", f"the key file {path} cannot be read")) from None
    if len(key) < SHORTEST_KEY:
        raise _wrong("ONEWINDOW_GATEWAY_KEY", Words(f"密钥至少 {SHORTEST_KEY} 字节", f"a key has at least {SHORTEST_KEY} bytes"))
    return key


def _timeout(typed: str) -> float:
    try:
        seconds = float(typed)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= LONGEST_S:
        raise _wrong("ONEWINDOW_GATEWAY_TIMEOUT", Words("应为 0.1 至 30 秒", "it is a number of seconds from 0.1 to 30"))
    return seconds


def _wrong(setting: str, reason: Words) -> CannotStart:
    return CannotStart(
        what_zh=f"短信网关设置 {setting} 不能用：{reason.zh}", do_zh="请按运维手册“短信网关”一节改正后重新启动",
        what_en=f"The text gateway's setting {setting} cannot be used: {reason.en}",
        do_en="Correct it as told under “Text messages” in the operations guide and start again",
    )  # fmt: skip
