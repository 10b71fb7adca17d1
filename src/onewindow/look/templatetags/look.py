"""Template vocabulary of the design system. Built in: templates need no ``{% load %}`` for it.

Filters: `words` `zh` `date_zh` `day_zh` `chinese_day` `short_day` `weekday` `clock_time` `at` `asks` `grouped` `minutes` `span`.
Tags: `page_stood_on` `icon` `seal` `state` `chip` `deadline` `live_url` `topic` `asset` `weekday_name` `reading_english` `demonstration` `now_local` `elder`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from onewindow.kernel import clock
from onewindow.kernel.words import Words
from onewindow.look import dates, icons, seals
from onewindow.look.pages import page_of
from onewindow.look.topics import token_for

register = template.Library()


def english() -> bool:
    """Whether the reader reads English; everybody else reads Chinese."""
    return (get_language() or "").startswith("en")


@register.filter
def words(label: Any) -> str:
    """The reader's words of anything that has both: Words, a definition's Text, ``{"zh", "en"}``, or what carries `.words`."""
    if not label:
        return ""
    if isinstance(label, str):
        return label
    if isinstance(label, Mapping):
        return str(label["en" if english() else "zh"])
    if not hasattr(label, "zh"):
        return words(label.words)
    return str(label.en if english() else label.zh)


@register.filter
def minutes(span: timedelta | None) -> int:
    """A length of time in whole minutes."""
    return int(span.total_seconds() // 60) if span is not None else 0


_UNITS = {
    "working-day": Words("{n} 个工作日", "{n} working day(s)"), "calendar-day": Words("{n} 日", "{n} day(s)"),
    "month": Words("{n} 个月", "{n} month(s)"), "year": Words("{n} 年", "{n} year(s)"),
}  # fmt: skip


@register.filter
def span(limit: Any) -> str:
    """A limit of an item's definition: 8 个工作日."""
    text = words(_UNITS[limit.unit]).format(n=limit.n)
    return text.replace("(s)", "" if limit.n == 1 else "s")


@register.filter
def zh(label: Any) -> str:
    """The Chinese words, whatever the reader reads: the language in which a paper is law."""
    return str(label["zh"] if isinstance(label, Mapping) else label.zh)


def _time(moment: dates.Moment | None, form: Callable[..., str]) -> str:
    """A day as `<time>`, which is never broken nor spaced out."""
    if not moment:
        return "—"
    return format_html('<time datetime="{}">{}</time>', dates.day_of(moment).isoformat(), form(moment, english=english()))


@register.filter
def date_zh(moment: dates.Moment | None) -> str:
    """2026年9月24日（周四）; in English Thu 24 Sep 2026."""
    return _time(moment, dates.full)


@register.filter
def day_zh(moment: dates.Moment | None) -> str:
    """2026年9月24日; in English 24 Sep 2026."""
    return _time(moment, dates.plain)


@register.filter
def short_day(moment: dates.Moment | None) -> str:
    """9月24日; in English 24 Sep."""
    return _time(moment, dates.short)


@register.filter
def chinese_day(moment: dates.Moment) -> str:
    """2026年9月24日 whatever the reader reads: the date of a paper."""
    return dates.plain(moment, english=False)


@register.filter
def weekday(moment: dates.Moment) -> str:
    """周四; in English Thu."""
    return dates.weekday(moment, english=english())


@register.filter
def clock_time(moment: datetime) -> str:
    """14:05."""
    return dates.minute(moment)


@register.filter
def at(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """``values|at:field.code``; nothing when it is not there."""
    return (mapping or {}).get(key, "")


@register.filter
def asks(refusal: Any, label: Any) -> bool:
    """Whether a refusal is about the field of this label."""
    details = getattr(refusal, "details", None) or {}
    return bool(details) and details.get("field") == getattr(label, "zh", label)


@register.filter
def grouped(text: str) -> str:
    """A code in groups of four, to be read aloud: ``ABCD EFGH JK``."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@register.simple_tag
def icon(name: str) -> SafeString:
    return mark_safe(icons.svg(name))


@register.simple_tag
def seal(name: str, foot: str = "") -> SafeString:
    return mark_safe(seals.svg(name, foot))


@register.simple_tag
def state(subject: Any) -> SafeString:
    """The state of a subject of the ledger: word, sign and tone; with 补录 beside it when it was entered after an outage."""
    shown = chip(words(subject.state_words), subject.state_tone)
    return format_html("{} {}", shown, chip(_("补录"), "soon")) if getattr(subject, "paper_at", None) else shown


@register.simple_tag
def chip(text: str, tone: str = "calm") -> SafeString:
    """A label with the sign of its tone."""
    return format_html('<span class="chip is-{}">{}{}</span>', tone, mark_safe(icons.svg(icons.OF_TONE[tone])), text)


@register.simple_tag
def deadline(left: int | None) -> SafeString:
    """How many working days are left: calm, then soon on the last, then overdue."""
    if left is None:
        return mark_safe("")
    if left > 1:
        return _left(ngettext("还剩 %(n)d 个工作日", "还剩 %(n)d 个工作日", left) % {"n": left}, "calm")
    if left == 1:
        return _left(_("还剩 1 个工作日"), "soon")
    if left == 0:
        return _left(_("今天到期"), "soon")
    return _left(ngettext("已超 %(n)d 个工作日", "已超 %(n)d 个工作日", -left) % {"n": -left}, "over")


def _left(text: str, tone: str) -> SafeString:
    sign = {"calm": "clock", "soon": "clock", "over": "alert"}[tone]
    return format_html('<span class="deadline is-{}">{}{}</span>', tone, mark_safe(icons.svg(sign)), text)


@register.simple_tag
def topic(*parts: object) -> str:
    """``{% topic "hall" site code as t %}`` → ``hall/site/code``."""
    return "/".join(str(part) for part in parts)


@register.simple_tag
def live_url(*topics: str) -> str:
    """The address at which a page hears of changes to these topics; good for a minute's time to connect."""
    return f"{settings.STREAMS_ORIGIN}/live/?token={token_for(list(topics))}"


@register.simple_tag
def asset(name: str) -> str:
    """The address of ``built/name``, else of the source it is bundled from; empty when there is neither."""
    for folder in ("built", "look"):
        mark = _mark(f"{folder}/{name}")
        if mark:
            return f"{static(f'{folder}/{name}')}?{mark}"
    return ""


@lru_cache(maxsize=32)
def _mark(path: str) -> str:
    found = finders.find(path)
    return f"{int(Path(str(found)).stat().st_mtime):x}" if found else ""


@register.simple_tag
def weekday_name(place: int) -> str:
    """一 … 日; in English Mon … Sun."""
    return dates.weekday_name(place, english=english())


@register.simple_tag
def reading_english() -> bool:
    return english()


@register.simple_tag
def demonstration() -> bool:
    """Whether this installation is the demonstration and has to say so."""
    return bool(settings.DEMONSTRATION)


@register.simple_tag
def now_local() -> datetime:
    """The moment, on the centre's own clock."""
    return clock.local(clock.now())


@register.simple_tag(takes_context=True)
def elder(context: template.Context) -> bool:
    """Whether this reader asked for larger print (cookie ``elder``)."""
    request = context.get("request")
    return request is not None and request.COOKIES.get("elder") == "1"


@register.simple_tag
def page_stood_on(request: HttpRequest) -> str:
    """The page the reader stands on, to come back to: this one, or where an answer to a button is shown, the page with the button."""
    return page_of(request)
