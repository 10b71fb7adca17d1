"""How people find an item: aliases, events of life and business, and the ways that are open to them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from onewindow.foundation.catalogue.definition.lint import articles
from onewindow.foundation.catalogue.definition.lint.rulebook import Found, comparison, rule
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.kernel.words import Words


@rule(
    "OW-L505", "advice", Words("没有别名，或者别名就是事项名称", "No alias, or the name itself as one"),
    Words("写上老百姓平时的说法。", "Write what people call it."),
)  # fmt: skip
def aliases_are_everyday_words(definition: Definition) -> Iterator[Found]:
    if not definition.aliases:
        yield Found("/aliases", "没有别名，按平时的说法搜不到。", "there is no alias; everyday words do not find it.")
    names = {definition.name.zh, definition.name.en}
    for alias in definition.aliases:
        if alias in names:
            yield Found("/aliases", f"别名“{alias}”就是事项名称。", f"the alias “{alias}” is the item's own name.")


@rule(
    "OW-L506", "advice", Words("没有归入人生大事或企业全周期", "In no event of life or business"),
    Words("在 life_events 里写上至少一项。", "Name at least one in `life_events`."),
)  # fmt: skip
def events_are_named(definition: Definition) -> Iterator[Found]:
    if not definition.life_events:
        yield Found("/life_events", "按“一件事”浏览时找不到它。", "browsing by event does not lead to it.")


@rule(
    "OW-L507", "warning", Words("不用来却没有网上或邮寄渠道", "No visit, yet no way but a visit"),
    Words("加上网上渠道，或者改到现场次数。", "Add a channel online, or state how many visits it takes."), articles.GUIDE_SAYS,
)  # fmt: skip
def no_visit_has_a_way(definition: Definition) -> Iterator[Found]:
    service = definition.service
    if not service.visits and not {"2", "3"} & set(service.channels) and not service.post and not service.kiosk:
        yield Found("/service/visits", "写了不用来，只有窗口可办。", "no visit is said to be needed, yet only the window handles it.")


@comparison(
    "OW-L511", "warning", Words("别名是另一个事项的名称", "An alias is another item's name"),
    Words("换一个说法，或者删去。", "Choose other words, or leave it out."),
)  # fmt: skip
def no_alias_is_another_s_name(definitions: Sequence[Definition]) -> Iterator[tuple[str, Found]]:
    names = defaultdict(set)
    for definition in definitions:
        for name in {definition.name.zh, definition.name.en.lower(), re.sub(r"（.*?）", "", definition.name.zh)}:
            names[name].add(definition.code)
    for definition in definitions:
        for alias in definition.aliases:
            for other in sorted(names.get(alias.lower(), set()) - {definition.code}):
                yield definition.code, Found("/aliases", f"“{alias}”是“{other}”的名称。", f"“{alias}” is the name of “{other}”.")


@comparison(
    "OW-L512", "advice", Words("几个事项用了同一个别名", "Several items share an alias"),
    Words("写得更具体；确实都对的可以保留。", "Be more exact; where all of them are right, let it be."),
)  # fmt: skip
def aliases_tell_items_apart(definitions: Sequence[Definition]) -> Iterator[tuple[str, Found]]:
    users: dict[str, list[str]] = defaultdict(list)
    for definition in definitions:
        for alias in dict.fromkeys(alias.lower() for alias in definition.aliases):
            users[alias].append(definition.code)
    for alias, codes in users.items():
        for code in codes[1:]:
            yield code, Found("/aliases", f"别名“{alias}”也是“{codes[0]}”的。", f"the alias “{alias}” is also that of “{codes[0]}”.")
