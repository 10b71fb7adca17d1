"""From a bundle, its members' definitions and answers to one questionnaire, one form, and every paper once. Pure.

A member's question is named ``item.question`` among the merged answers and its own field ``item.field`` among the merged form's.
A member published anew since the bundle was written is met with care: what the bundle says of a question, field or material that
is there no more is passed over, and what is new is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onewindow.foundation.catalogue.definition.bundles.merged import (
    Arriving,
    Asked,
    Merged,
    MergedField,
    MergedPaper,
    MergedSection,
    Taking,
    Use,
    Wanted,
)
from onewindow.foundation.catalogue.definition.bundles.model import Bundle, Member, Settled, SharedField, SharedPaper
from onewindow.foundation.catalogue.definition.findings import AnswersWrong, Finding
from onewindow.foundation.catalogue.definition.model import Definition, FieldCheck, FormField, Question
from onewindow.foundation.catalogue.definition.parts import Text
from onewindow.foundation.catalogue.definition.resolving import Given, holds, not_needed, resolve

Answers = dict[str, tuple[str, ...]]


def merge(bundle: Bundle, definitions: Mapping[str, Definition], given: Given) -> Merged:
    """What the bundle comes to for these answers.

    `definitions` holds every member's definition by its code. Raises `AnswersWrong` for an answer to what is not asked, or that is none.
    """
    answers: Answers = {code: (value,) if isinstance(value, str) else tuple(value) for code, value in given.items()}
    asked, remaining, stop = _own(bundle, answers)
    members: list[Taking] = []
    of_item: dict[str, Answers] = {}
    if stop is None and not remaining:
        own = {one.code: answers[one.code] for one in asked}
        for member in in_order(bundle):
            definition = definitions[member.code]
            if not holds(member.when, own):
                members.append(Taking(definition, False, member.otherwise))
                continue
            questions, found = _answered(bundle, definition, own, answers)
            asked += questions
            of_item[member.code] = found
            remaining += [one for one in questions if one.code not in answers]
            done = all(one.code in answers for one in questions)
            reason = not_needed(definition, found)
            members.append(Taking(definition, reason is None, reason, resolve(definition, found) if done else None))
    _no_strangers(answers, asked)
    whole = stop is None and not remaining
    needed = [member for member in members if member.needed] if whole else []
    arriving = _arriving(bundle, needed)
    return Merged(
        bundle=bundle, answers=answers, questions=tuple(asked), remaining=tuple(remaining), not_needed=stop, members=tuple(members),
        of_item=of_item, form=tuple(_form(bundle, needed, arriving)), papers=tuple(_papers(bundle, needed, arriving)), arriving=arriving,
    )  # fmt: skip


def in_order(bundle: Bundle) -> list[Member]:
    """The members, each after those it comes after; otherwise as they are listed. What goes round in a circle comes last, as listed."""
    waiting, done = list(bundle.members), list[Member]()
    while waiting:
        ready = {member.code for member in done}
        free = next((member for member in waiting if all(code in ready or code not in bundle.items for code in member.after)), waiting[0])
        waiting.remove(free)
        done.append(free)
    return done


def _own(bundle: Bundle, answers: Answers) -> tuple[list[Asked], list[Asked], Text | None]:
    """The bundle's own questions that apply, those without an answer yet, and why an answer ends the matter."""
    asked: list[Asked] = []
    remaining: list[Asked] = []
    for question in bundle.questions:
        if not holds(question.when, answers):
            continue
        asked.append(Asked(question.code, question))
        if question.code not in answers:
            remaining.append(asked[-1])
            continue
        _sound(question.code, question, answers[question.code])
        for answer in question.answers:
            if answer.not_needed is not None and answer.code in answers[question.code]:
                return asked, [], answer.not_needed
    return asked, remaining, None


def _answered(bundle: Bundle, definition: Definition, own: Answers, answers: Answers) -> tuple[list[Asked], Answers]:
    """The questions of one member that must be asked of the person, and every answer there is to its questions so far."""
    settled = {one.question: one for one in bundle.settled if one.item == definition.code}
    asked: list[Asked] = []
    found: Answers = {}
    for question in definition.questions:
        if not holds(question.when, found):
            continue
        given = _settled(settled.get(question.code), question, own)
        if given is None:
            name = f"{definition.code}.{question.code}"
            asked.append(Asked(name, question, definition.code))
            if name not in answers:
                continue
            _sound(name, question, answers[name])
            given = answers[name]
        found[question.code] = given
        if not_needed(definition, found) is not None:
            break
    return asked, found


def _settled(one: Settled | None, question: Question, own: Answers) -> tuple[str, ...] | None:
    """The answer nobody need be asked for; None when they must be."""
    if one is None:
        return None
    known = [answer.code for answer in question.answers]
    wanted = one.always if one.always is not None else _by(one, own)
    if wanted is None or not set(wanted) <= set(known) or (question.kind == "one" and len(wanted) != 1):
        return None
    return tuple(code for code in known if code in wanted)


def _by(one: Settled, own: Answers) -> tuple[str, ...] | None:
    chosen = own.get(one.by or "")
    if chosen is None or not set(chosen) <= one.gives.keys():
        return None
    return tuple(dict.fromkeys(code for answer in chosen for code in one.gives[answer]))


def _sound(name: str, question: Question, given: Sequence[str]) -> None:
    known = {answer.code for answer in question.answers}
    if not set(given) <= known or len(set(given)) != len(given) or (question.kind == "one" and len(given) != 1):
        raise AnswersWrong(
            [Finding(f"/questions/{name}", "answer-unknown", f"问题“{name}”的回答不是它的选项。", f"the answer to “{name}” is none of its answers.")]
        )


def _no_strangers(answers: Answers, asked: Iterable[Asked]) -> None:
    strangers = sorted(answers.keys() - {one.code for one in asked})
    if strangers:
        raise AnswersWrong(
            Finding(f"/questions/{code}", "question-not-asked", f"此情形不问“{code}”。", f"“{code}” is not asked in this situation.") for code in strangers
        )


def _arriving(bundle: Bundle, needed: Sequence[Taking]) -> tuple[Arriving, ...]:
    by_code = {member.code: member for member in needed}
    found: list[Arriving] = []
    for arrival in bundle.arrivals:
        taker = by_code.get(arrival.item)
        if arrival.giver not in by_code or taker is None or taker.resolved is None:
            continue
        material = next((one for one in taker.resolved.materials if one.code == arrival.material), None)
        if material is not None:
            found.append(Arriving(arrival, material))
    return tuple(found)


def _form(bundle: Bundle, needed: Sequence[Taking], arriving: Sequence[Arriving]) -> Iterable[MergedSection]:
    """The shared sections first, then what each member alone asks for; what arrives is not asked."""
    comes = {(one.arrival.item, code) for one in arriving for code in one.arrival.fields}
    open_: dict[Use, FormField] = {
        Use(member.code, field.code): field
        for member in needed
        if member.resolved is not None
        for field in member.resolved.fields
        if (member.code, field.code) not in comes
    }
    for section in bundle.form:
        merged = []
        for shared in section.fields:
            uses = [use for use in open_ if use in set(uses_of(shared))]
            if uses:
                merged.append(merged_field(shared, uses, [open_.pop(use) for use in uses]))
        if merged:
            yield MergedSection(section.code, section.title, "", tuple(merged))
    for member in needed:
        for own in member.resolved.form if member.resolved is not None else ():
            left = [field for field in own.fields if Use(member.code, field.code) in open_]
            if left:
                fields = tuple(_own_field(member.code, field) for field in left)
                yield MergedSection(f"{member.code}.{own.code}", own.title, member.code, fields)


def _own_field(item: str, field: FormField) -> MergedField:
    renamed = field.model_copy(update={"code": f"{item}.{field.code}"})
    return MergedField(renamed, (Use(item, field.code),), (field.check,) if field.check else ())


def merged_field(shared: SharedField, uses: Sequence[Use], fields: Sequence[FormField]) -> MergedField:
    """One field for several: required when any requires it, as short as the shortest, every rule kept."""
    checks: dict[tuple[str, str | None], FieldCheck] = {}
    for field in fields:
        if field.check is not None:
            checks.setdefault((field.check.rule, field.check.value), field.check)
    first = fields[0]
    strict = first.model_copy(update={
        "code": shared.code, "label": shared.label, "when": None, "required": any(field.required for field in fields),
        "max_length": min(field.max_length for field in fields), "check": next(iter(checks.values()), None),
        "prefill": _prefill(shared, fields),
        "help": shared.help or next((field.help for field in fields if field.help), None),
    })  # fmt: skip
    return MergedField(strict, tuple(uses), tuple(checks.values()))


def _prefill(shared: SharedField, fields: Sequence[FormField]) -> str | None:
    if shared.prefill is not None:
        return None if shared.prefill == "none" else shared.prefill
    return next((field.prefill for field in fields if field.prefill), None)


def uses_of(shared: SharedField | SharedPaper) -> list[Use]:
    """Every field or material that a shared one stands for, in no order: what is stored as JSON keeps none."""
    return [Use(item, code) for item, codes in shared.uses.items() for code in codes]


def _papers(bundle: Bundle, needed: Sequence[Taking], arriving: Sequence[Arriving]) -> Iterable[MergedPaper]:
    """Shared papers first, then each member's own, in the members' order; what arrives is brought by nobody."""
    comes = {(one.arrival.item, one.arrival.material) for one in arriving}
    open_ = {
        Use(member.code, material.code): Wanted(member.code, material)
        for member in needed
        if member.resolved is not None
        for material in member.resolved.materials
        if (member.code, material.code) not in comes
    }
    for shared in bundle.papers:
        uses = [use for use in open_ if use in set(uses_of(shared))]
        if uses:
            yield MergedPaper(shared.code, shared.name, tuple(open_.pop(use) for use in uses))
    for use, wanted in open_.items():
        yield MergedPaper(f"{use.item}.{use.code}", wanted.material.name, (wanted,))
