"""Pure rules of health: from what was measured to one word a part, what it means, and what to do.

The limits are generous on purpose: a page that is amber every day is read by nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.kernel.words import Words
from onewindow.oversight.health.sentences import MEANS, NAMES, NO_GATEWAY, NOTHING, REMEDY, RESTART, WHEN_GONE, WORKS

GOOD, WATCH, DOWN = "ok", "watch", "down"
STATES = {GOOD: Words("正常", "good"), WATCH: Words("注意", "watch"), DOWN: Words("故障", "down")}
TONES = {GOOD: "done", WATCH: "soon", DOWN: "stop"}
PROCESSES = {
    "web": Words("网页服务", "web"), "streams": Words("实时推送", "streams"), "relay": Words("传递与封存", "relay"), "worker": Words("后台任务", "worker"),
    "visitors": Words("演示来客", "visitors (demonstration)"),
}  # fmt: skip

@dataclass(frozen=True)
class Check:
    """One part of the installation: its state (of `STATES`), how it stands in a few words, what that means, what to do."""

    code: str
    name: Words
    state: str
    value: Words
    meaning: Words
    remedy: Words = NOTHING

    @property
    def words(self) -> Words:
        return STATES[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


@dataclass(frozen=True)
class Figures:
    """What was measured. Ages in seconds (None: there is none), sizes in bytes."""

    processes: dict[str, tuple[int, float]]  # alive, seconds since the newest beat
    demonstration: bool
    relay_rows: int
    relay_age: float | None
    unsealed_rows: int
    unsealed_age: float | None
    seal_age: float | None
    jobs_waiting: int
    jobs_failed: int
    jobs_struggling: int
    messages_queued: int
    messages_age: float | None
    messages_given_up: int
    gateway: str
    database_size: int
    connections: int
    connections_most: int
    oldest_transaction: float | None
    disk_free: int
    disk_size: int
    unmigrated: int
    program: str
    calendar: str
    calendar_until: int
    today: date
    keys_age_days: dict[str, int]
    certificates_days: dict[str, int]


def checks(seen: Figures) -> list[Check]:
    """Every part, in the order of the page."""
    found = [_process(name, seen) for name in PROCESSES if name != "visitors" or (seen.demonstration and name in seen.processes)]
    found += [part(seen) for part in (_relay, _seal, _jobs, _messages, _database, _transactions, _disk, _tables, _calendar, _keys)]
    return found


def worst(found: list[Check]) -> str:
    """The state of the whole: that of its worst part. Simulated people are no part of it."""
    states = {each.state for each in found if each.code != "process-visitors"}
    return DOWN if DOWN in states else WATCH if WATCH in states else GOOD


def _grade(value: float, watch: float, down: float) -> str:
    return DOWN if value >= down else WATCH if value >= watch else GOOD


def _process(name: str, seen: Figures) -> Check:
    alive, age = seen.processes.get(name, (0, None))
    state = DOWN if age is None else _grade(age, 20, 60)
    ago = Words("没有报告过", "never reported") if age is None else Words(f"{alive} 个在工作，{age:.0f} 秒前报告", f"{alive} at work, reported {age:.0f} s ago")
    if state == GOOD:
        return Check(f"process-{name}", PROCESSES[name], state, ago, WORKS)
    return Check(f"process-{name}", PROCESSES[name], WATCH if name in ("visitors", "web") else state, ago, WHEN_GONE[name], RESTART)


def _part(code: str, state: str, value: Words, remedy: Words | None = None) -> Check:
    return Check(code, NAMES[code], state, value, MEANS[code], NOTHING if state == GOOD else remedy or REMEDY[code])


def _relay(seen: Figures) -> Check:
    age, more = seen.relay_age or 0.0, "+" if seen.relay_rows >= 10_000 else ""
    value = Words(f"落后 {seen.relay_rows}{more} 条，{age:.0f} 秒", f"{seen.relay_rows}{more} rows, {age:.0f} s behind")
    return _part("relay", _grade(age, 10, 120) if seen.relay_rows else GOOD, value)


def _seal(seen: Figures) -> Check:
    age = seen.seal_age
    last = Words("还没有封存过", "nothing sealed yet") if age is None else Words(f"上次封存 {_span_zh(age)}前", f"last seal {_span_en(age)} ago")
    value = Words(f"未封存 {seen.unsealed_rows} 条，{last.zh}", f"{seen.unsealed_rows} unsealed, {last.en}")
    return _part("seal", _grade(seen.unsealed_age or 0.0, 60, 600) if seen.unsealed_rows else GOOD, value)


def _jobs(seen: Figures) -> Check:
    value = Words(
        f"等待 {seen.jobs_waiting}，失败 {seen.jobs_failed}，多次重试 {seen.jobs_struggling}",
        f"{seen.jobs_waiting} waiting, {seen.jobs_failed} failed, {seen.jobs_struggling} tried often",
    )
    return _part("jobs", WATCH if seen.jobs_failed or seen.jobs_struggling or seen.jobs_waiting > 5_000 else GOOD, value)


def _messages(seen: Figures) -> Check:
    late = seen.messages_queued and (seen.messages_age or 0.0) > 900
    value = Words(
        f"网关 {seen.gateway}，排队 {seen.messages_queued}，近一天无法送达 {seen.messages_given_up}",
        f"gateway {seen.gateway}, {seen.messages_queued} queued, {seen.messages_given_up} undeliverable in a day",
    )
    none = seen.gateway == "none"
    return _part("messages", WATCH if none or late or seen.messages_given_up else GOOD, value, NO_GATEWAY if none else None)


def _database(seen: Figures) -> Check:
    size = _size(seen.database_size)
    value = Words(f"{size}，连接 {seen.connections}/{seen.connections_most}", f"{size}, {seen.connections} of {seen.connections_most} connections")
    return _part("database", _grade(seen.connections / max(1, seen.connections_most), 0.8, 0.95), value)


def _transactions(seen: Figures) -> Check:
    age = seen.oldest_transaction or 0.0
    return _part("transactions", _grade(age, 60, 600), Words(_span_zh(age), _span_en(age)))


def _disk(seen: Figures) -> Check:
    part = seen.disk_free / max(1, seen.disk_size)
    state = DOWN if part < 0.03 or seen.disk_free < 1 << 30 else WATCH if part < 0.12 or seen.disk_free < 5 << 30 else GOOD
    return _part("disk", state, Words(f"剩余 {_size(seen.disk_free)}（{part:.0%}）", f"{_size(seen.disk_free)} free ({part:.0%})"))


def _tables(seen: Figures) -> Check:
    n = seen.unmigrated
    value = Words(f"缺 {n} 步迁移", f"{n} migrations missing") if n else Words("与程序一致", "as the program wants")
    return _part("tables", DOWN if n else GOOD, Words(f"{value.zh}，程序 {seen.program}", f"{value.en}, program {seen.program}"))


def _calendar(seen: Figures) -> Check:
    missing = seen.calendar_until < seen.today.year or (seen.calendar_until == seen.today.year and seen.today.month >= 12)
    value = Words(f"已公布到 {seen.calendar_until} 年，{seen.calendar}", f"published to {seen.calendar_until}, {seen.calendar}")
    return _part("calendar", WATCH if missing else GOOD, value)


def _keys(seen: Figures) -> Check:
    keys, certificates = seen.keys_age_days.items(), seen.certificates_days.items()
    oldest, soonest = max(seen.keys_age_days.values(), default=0), min(seen.certificates_days.values(), default=10_000)
    state = DOWN if soonest < 0 else WATCH if oldest > 730 or soonest < 30 else GOOD
    zh = [f"{name} {age} 天" for name, age in keys] + [f"证书 {name} 剩 {left} 天" for name, left in certificates]
    en = [f"{name} {age} days old" for name, age in keys] + [f"certificate {name}: {left} days left" for name, left in certificates]
    return _part("keys", state, Words("，".join(zh) or "没有", ", ".join(en) or "none"))


def _size(count: int) -> str:
    return f"{count / (1 << 30):.1f} GB" if count >= 1 << 30 else f"{count / (1 << 20):.0f} MB"


def _span_zh(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < 120 else f"{seconds / 60:.0f} 分钟" if seconds < 7200 else f"{seconds / 3600:.0f} 小时"


def _span_en(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"
