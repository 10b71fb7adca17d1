"""What is wrong with a bundle: names of nothing, answers that do not exist, things that cannot be one, circles. Each yields findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from onewindow.foundation.catalogue.definition.bundles.merging import merge, uses_of
from onewindow.foundation.catalogue.definition.bundles.model import Arrival, Bundle, Settled, SharedField, SharedPaper
from onewindow.foundation.catalogue.definition.findings import AnswersWrong, Finding
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.parts import StatuteSource, When
from onewindow.foundation.catalogue.definition.sourcing import covers, leaves, prefixes, uncovered

Items = Mapping[str, Definition]


def bundle_faults(bundle: Bundle, items: Items) -> list[Finding]:
    """Every broken rule, by address. What rests on an unknown item is told once, at the member."""
    found = [*_codes(bundle), *_members(bundle, items), *_conditions(bundle), *_sources(bundle)]
    for settled in bundle.settled:
        found += _settled(bundle, settled, items)
    for section in bundle.form:
        for field in section.fields:
            found += _field(bundle, f"/form/{section.code}/fields/{field.code}", field, items)
    for paper in bundle.papers:
        for item, code in uses_of(paper):
            at = f"/papers/{paper.code}/uses/{item}"
            if item not in bundle.items:
                found.append(_stranger(at, item))
            elif item in items and code not in {material.code for material in items[item].materials}:
                found.append(_nothing(at, "材料", "material", item, code))
        found += _alone(f"/papers/{paper.code}/uses", paper)
    for arrival in bundle.arrivals:
        found += _arrival(bundle, arrival, items)
    found += _twice(bundle)
    if not found:
        found += _usual(bundle, items)
    return sorted(found)


def _codes(bundle: Bundle) -> Iterator[Finding]:
    lists = [
        ("/members", [part.code for part in bundle.members]),
        ("/questions", [part.code for part in bundle.questions]),
        ("/settled", [part.code for part in bundle.settled]),
        ("/form", [part.code for part in bundle.form]),
        ("/form/*/fields", [part.code for part in bundle.fields]),
        ("/papers", [part.code for part in bundle.papers]),
        ("/arrivals", [part.code for part in bundle.arrivals]),
    ]
    lists += [(f"/questions/{q.code}/answers", [answer.code for answer in q.answers]) for q in bundle.questions]
    for place, codes in lists:
        for code, count in Counter(codes).items():
            if count > 1:
                yield Finding(f"{place}/{code}", "code-repeated", f"代码“{code}”出现了 {count} 次。", f"the code “{code}” is used {count} times.")


def _members(bundle: Bundle, items: Items) -> Iterator[Finding]:
    for member in bundle.members:
        at = f"/members/{member.code}"
        if member.code not in items:
            yield Finding(f"{at}/code", "item-unknown", f"没有事项“{member.code}”。", f"there is no item “{member.code}”.")
        if (member.when is None) != (member.otherwise is None):
            yield Finding(
                f"{at}/otherwise", "reason-missing",
                "有条件的成员要写明不满足时为什么不用办；没有条件的不写。", "a member with a condition says why it is not needed otherwise; one without says nothing.",
            )  # fmt: skip
        for code in member.after:
            if code not in bundle.items:
                yield _stranger(f"{at}/after", code)
        if _reaches(bundle, member.code, member.code):
            yield Finding(f"{at}/after", "circle", "先后关系成了循环。", "the order goes round in a circle.")


def _reaches(bundle: Bundle, start: str, target: str) -> bool:
    """Whether `target` stands somewhere before `start`."""
    after = {member.code: member.after for member in bundle.members}
    waiting, seen = list(after.get(start, ())), set[str]()
    while waiting:
        code = waiting.pop()
        if code == target:
            return True
        if code not in seen:
            seen.add(code)
            waiting += after.get(code, ())
    return False


def _conditions(bundle: Bundle) -> Iterator[Finding]:
    order = [question.code for question in bundle.questions]
    placed: list[tuple[str, When | None, list[str]]] = [
        (f"/questions/{question.code}/when", question.when, order[: order.index(question.code)]) for question in bundle.questions
    ]
    placed += [(f"/members/{member.code}/when", member.when, order) for member in bundle.members]
    answers = {question.code: {answer.code for answer in question.answers} for question in bundle.questions}
    for at, when, earlier in placed:
        for group in when or ():
            for code, wanted in group.items():
                if code not in earlier:
                    yield Finding(at, "question-unknown", f"条件引用了前面没有的问题“{code}”。", f"the condition names no question before it: “{code}”.")
                elif strange := sorted(set(wanted) - answers[code]):
                    yield _no_answer(at, code, strange[0])
    used = {code for _, when, _ in placed for group in when or () for code in group} | {one.by for one in bundle.settled}
    for question in bundle.questions:
        if question.code not in used and not any(answer.not_needed for answer in question.answers):
            yield Finding(f"/questions/{question.code}", "question-idle", "没有任何内容取决于这个问题。", "nothing depends on this question.")


def _settled(bundle: Bundle, one: Settled, items: Items) -> Iterator[Finding]:
    at = f"/settled/{one.code}"
    if one.item not in bundle.items:
        yield _stranger(f"{at}/item", one.item)
        return
    if one.item not in items:
        return
    question = next((q for q in items[one.item].questions if q.code == one.question), None)
    if question is None:
        yield _nothing(f"{at}/question", "问题", "question", one.item, one.question)
        return
    if (one.always is None) == (one.by is None) or (one.by is None and one.gives):
        yield Finding(at, "settled-how", "要么总是一个回答，要么由综合问题给出。", "it is answered either always alike or by a question of the bundle.")
        return
    known = {answer.code for answer in question.answers}
    if one.always is not None:
        yield from _gives(at, one.question, one.always, known, question.kind)
        return
    asked = next((q for q in bundle.questions if q.code == one.by), None)
    if asked is None:
        yield Finding(f"{at}/by", "question-unknown", f"没有综合问题“{one.by}”。", f"the bundle has no question “{one.by}”.")
        return
    if asked.kind == "many" and question.kind == "one":
        yield Finding(f"{at}/by", "kinds-differ", "多选的问题不能回答单选的问题。", "a question with several answers cannot answer one that takes one.")
    for answer in sorted(one.gives.keys() - {answer.code for answer in asked.answers}):
        yield _no_answer(f"{at}/gives", asked.code, answer)
    for answer, given in one.gives.items():
        yield from _gives(f"{at}/gives/{answer}", one.question, given, known, question.kind)


def _gives(at: str, question: str, given: tuple[str, ...], known: set[str], kind: str) -> Iterator[Finding]:
    for strange in sorted(set(given) - known):
        yield _no_answer(at, question, strange)
    if kind == "one" and len(given) != 1:
        yield Finding(at, "answer-one-only", f"问题“{question}”只能有一个回答。", f"question “{question}” takes exactly one answer.")


def _field(bundle: Bundle, at: str, shared: SharedField, items: Items) -> Iterator[Finding]:
    found = []
    yield from _alone(f"{at}/uses", shared)
    for item, code in uses_of(shared):
        if item not in bundle.items:
            yield _stranger(f"{at}/uses/{item}", item)
        elif item in items:
            field = next((one for one in items[item].fields if one.code == code), None)
            if field is None:
                yield _nothing(f"{at}/uses/{item}", "表单字段", "form field", item, code)
            else:
                found.append(field)
    if len({field.kind for field in found}) > 1 or len({frozenset(choice.code for choice in field.choices) for field in found}) > 1:
        yield Finding(
            f"{at}/uses", "kinds-differ", "这些字段的类型或选项不同，不能合成一个。", "these fields differ in kind or choices and cannot be one."
        )
    bounds = {"minimum": max, "maximum": min}
    low, high = (
        bounds[rule]((float(field.check.value or 0) for field in found if field.check and field.check.rule == rule), default=None)
        for rule in ("minimum", "maximum")
    )
    if low is not None and high is not None and low > high:
        yield Finding(f"{at}/uses", "nothing-fits", "这些字段的规则没有一个值能同时满足。", "no value keeps the rules of all these fields.")
    if shared.prefill is None and len({field.prefill for field in found if field.prefill}) > 1:
        yield Finding(
            f"{at}/uses", "prefill-differs",
            "这些字段预填的内容不同，请写明是谁的事实（prefill）。", "these fields are filled in from different facts: say whose it is (prefill).",
        )  # fmt: skip


def _arrival(bundle: Bundle, arrival: Arrival, items: Items) -> Iterator[Finding]:
    at = f"/arrivals/{arrival.code}"
    for name, item in (("giver", arrival.giver), ("item", arrival.item)):
        if item not in bundle.items:
            yield _stranger(f"{at}/{name}", item)
    if arrival.item in bundle.items and not _reaches(bundle, arrival.item, arrival.giver):
        yield Finding(
            f"{at}/giver", "not-before", f"“{arrival.item}”没有写明在“{arrival.giver}”之后。", f"“{arrival.item}” is not said to come after “{arrival.giver}”."
        )
    if arrival.item not in items:
        return
    taker = items[arrival.item]
    if arrival.material not in {material.code for material in taker.materials}:
        yield _nothing(f"{at}/material", "材料", "material", arrival.item, arrival.material)
    fields = {field.code for field in taker.fields}
    for code in sorted(arrival.fields.keys() - fields):
        yield _nothing(f"{at}/fields/{code}", "表单字段", "form field", arrival.item, code)


def _twice(bundle: Bundle) -> Iterator[Finding]:
    """One field, one material, one question of a member stands in one place only."""
    placed = [(f"/form/*/fields/{f.code}/uses/{item}", f"f {item} {code}") for f in bundle.fields for item, code in uses_of(f)]
    placed += [(f"/papers/{p.code}/uses/{item}", f"m {item} {code}") for p in bundle.papers for item, code in uses_of(p)]
    placed += [(f"/settled/{s.code}", f"q {s.item} {s.question}") for s in bundle.settled]
    counted = Counter(thing for _, thing in placed)
    for at, thing in placed:
        if counted[thing] > 1:
            yield Finding(at, "used-twice", "同一内容合并了两次。", "the same thing is merged twice.")


def _usual(bundle: Bundle, items: Items) -> Iterator[Finding]:
    """The usual answers answer every question, and something is left to do together."""
    try:
        merged = merge(bundle, items, bundle.usual)
    except AnswersWrong as wrong:
        for finding in wrong.findings:
            yield Finding("/usual", finding.rule, finding.zh, finding.en)
        return
    if merged.next is not None:
        code = merged.next.code
        yield Finding("/usual", "answer-missing", f"通常情形没有回答“{code}”。", f"the usual case does not answer “{code}”.")
    elif len(merged.needed) < 2:
        yield Finding("/usual", "nothing-together", "通常情形应至少同办两件事。", "the usual case has two things or more to do together.")


def _sources(bundle: Bundle) -> Iterator[Finding]:
    facts = leaves(bundle)
    used = {name for names in bundle.sources.values() for name in names}
    for name in sorted(used - bundle.citations.keys()):
        yield Finding("/sources", "citation-unknown", f"没有名为“{name}”的依据。", f"there is no citation “{name}”.")
    for name in sorted(bundle.citations.keys() - used):
        yield Finding(f"/citations/{name}", "citation-unused", "这条依据没有被引用。", "nothing rests on this citation.")
    above = {prefix for fact in facts for prefix in prefixes(fact)}
    for place in bundle.sources:
        if place.startswith("/*") or (place not in above and not ("*" in place and any(covers(place, fact) for fact in facts))):
            yield Finding(f"/sources{place}", "source-for-nothing", "这个地址下没有内容。", "there is no fact at this address.")
    for address in uncovered(bundle):
        yield Finding(address, "no-source", "没有注明依据（statute、unverified 或 demo）。", "has no source (statute, unverified or demo).")
    if not any(isinstance(source, StatuteSource) for source in bundle.citations.values()):
        yield Finding("/citations", "no-statute", "至少一条依据应是法律、法规条文。", "one citation at least is a statute.")


def _alone(at: str, shared: SharedField | SharedPaper) -> Iterator[Finding]:
    if len(uses_of(shared)) < 2:
        yield Finding(at, "not-shared", "只用在一处，不必合并。", "it is used in one place only; there is nothing to merge.")


def _stranger(at: str, item: str) -> Finding:
    return Finding(at, "not-a-member", f"“{item}”不是本套事项的成员。", f"“{item}” is no member of the bundle.")


def _nothing(at: str, zh: str, en: str, item: str, code: str) -> Finding:
    return Finding(at, f"{en.split()[-1]}-unknown", f"事项“{item}”没有{zh}“{code}”。", f"item “{item}” has no {en} “{code}”.")


def _no_answer(at: str, question: str, answer: str) -> Finding:
    return Finding(at, "answer-unknown", f"问题“{question}”没有选项“{answer}”。", f"question “{question}” has no answer “{answer}”.")
