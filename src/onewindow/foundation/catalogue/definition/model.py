"""The shape of one item definition, schema ``onewindow.item/1``: written once, read by every channel.

The portal reads questions and form, the counter materials and acceptance points, the approver steps,
the printer and the licence template the result, the clock the limits. Everything here is frozen and
refuses unknown names; a rule that spans several fields stands in ``rules``.

Facts and where they come from are kept apart so that both stay readable: the body says what is so,
``citations`` names each source once, and ``sources`` says which address rests on which citations.
An *address* is a JSON pointer in which a list's element goes by its ``code`` (``/materials/layout/name``).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from onewindow.foundation.catalogue.definition.codes import (
    Address,
    BodyNature,
    Channel,
    Code,
    FieldKind,
    FieldRule,
    Hall,
    HandlingMode,
    HandlingType,
    ItemType,
    Level,
    LifeEvent,
    Line,
    PowerSource,
    Prefill,
    Range,
    ResultKind,
    ServiceObject,
    SpecialProcedure,
    StepKind,
    StepRole,
    StreetService,
    Unit,
)
from onewindow.foundation.catalogue.definition.materials import Material
from onewindow.foundation.catalogue.definition.parts import Part, Source, StatuteSource, Text, When

SCHEMA = "onewindow.item/1"

class Department(Part):
    """The department whose power is exercised (实施主体)."""

    code: Code
    name: Text
    credit_code: Annotated[str, Field(pattern=r"^[0-9A-HJ-NP-RTUWXY]{18}$")]
    nature: BodyNature


class Clause(Part):
    """One condition, prohibition, right or duty."""

    code: Code
    text: Text
    when: When | None = None


class QuantityLimit(Part):
    """Whether only so many may be granted (数量限制); with a limit, order of acceptance decides."""

    limited: bool
    n: Annotated[int, Field(ge=1)] | None = None
    text: Text


class Limit(Part):
    """A length of time: working days (without statutory holidays), natural days, or months and years from day to day; 0 is the same day."""

    n: Annotated[int, Field(ge=0, le=3650)]
    unit: Unit


class Limits(Part):
    """The item's times: what the law gives, what is promised, and the three around them."""

    statutory: Limit  # acceptance -> decision
    promised: Limit  # acceptance -> decision, as published
    extension: Limit | None = None  # once, with a responsible person's approval
    correction: Limit  # receipt -> one-time notice
    supplement: Limit  # one-time notice -> corrections brought; a reasonable time, told in the notice
    delivery: Limit  # decision -> delivery
    statutory_note: Text | None = None  # 法定办结时限说明
    promised_note: Text | None = None  # 承诺办结时限说明


class Choice(Part):
    """One of several to choose from."""

    code: Code
    text: Text


class Answer(Choice):
    """One answer to a question; `not_needed` says that whoever answers so needs no such item, and why."""

    not_needed: Text | None = None


class Question(Part):
    """One question of the situation (情形); asked only when `when` holds for the answers before it."""

    code: Code
    text: Text
    help: Text | None = None
    kind: Literal["one", "many"]
    answers: Annotated[tuple[Answer, ...], Field(min_length=2)]
    when: When | None = None


class FieldCheck(Part):
    """A rule beyond the field's kind; `value` is the bound or the pattern."""

    rule: FieldRule
    value: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    message: Text


class FormField(Part):
    """One field of the form; a `confidential` one (trade secret, personal privacy) is masked wherever a granted permit is published."""

    code: Code
    label: Text
    kind: FieldKind
    required: bool
    max_length: Annotated[int, Field(ge=1, le=2000)]
    choices: tuple[Choice, ...] = ()
    prefill: Prefill | None = None
    check: FieldCheck | None = None
    help: Text | None = None
    confidential: Literal[True] | None = None
    when: When | None = None


class FormSection(Part):
    """Fields that belong together: one page on a phone, one block on paper."""

    code: Code
    title: Text
    fields: Annotated[tuple[FormField, ...], Field(min_length=1)]


class ReviewPoint(Part):
    """One thing the approver looks at (审查要点); with a `condition` of the item, looked at where that condition applies."""

    code: Code
    text: Text
    condition: Code | None = None


class Step(Part):
    """One step of the approval; `staff` is the least number of people who must take part. Steps of the same `order` run side by side."""

    code: Code
    name: Text
    kind: StepKind
    role: StepRole
    order: Annotated[int, Field(ge=1, le=20)]
    days: Annotated[int, Field(ge=0, le=365)]
    staff: Annotated[int, Field(ge=1, le=10)]
    task: Text
    points: tuple[ReviewPoint, ...] = ()
    when: When | None = None


class Fee(Part):
    """One thing charged; `amount` in yuan with two decimals, for each of what the form's number field `quantity` says (else for one).

    `due` ``decision`` only where the item's own law wants it paid before the decision; else it is paid before the result is handed over.
    """

    code: Code
    name: Text
    amount: Annotated[str, Field(pattern=r"^(0|[1-9]\d{0,9})\.\d{2}$")]
    per: Text
    reduction: Text | None = None  # 允许减免: for whom, by what
    quantity: Code | None = None
    due: Literal["delivery", "decision"] | None = None
    when: When | None = None


class Fees(Part):
    """What it costs; `charged` false says that nothing is, and `sources` says why."""

    charged: bool
    text: Text
    items: tuple[Fee, ...] = ()


class TemplateLine(Part):
    """One line on the licence; `value` mixes text with references such as ``{form.premises}``."""

    code: Code
    label: Text
    value: Line


class Template(Part):
    """The face of the licence."""

    title: Text
    lines: Annotated[tuple[TemplateLine, ...], Field(min_length=1)]


class Result(Part):
    """What the applicant gets."""

    name: Text
    kind: ResultKind
    type_code: Annotated[str, Field(min_length=1, max_length=30)] | None = None
    validity: Limit | None = None
    recheck: Limit | None = None  # 复核: looked at again every so long
    number_pattern: Line
    template: Template


class Remedy(Part):
    """Whom to turn to against the decision, and until when."""

    body: Text
    within: Limit
    text: Text


class Remedies(Part):
    """The two remedies every decision names."""

    reconsideration: Remedy
    lawsuit: Remedy


class Service(Part):
    """How and where the item is offered."""

    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    online_depth: Annotated[int, Field(ge=1, le=8)]
    hall: Hall
    visits: Annotated[int, Field(ge=0, le=5)]  # 到办事现场次数
    city_wide: bool  # 全市通办
    kiosk: bool = False  # 自助终端可办
    street: StreetService = "none"
    appointment: bool
    post: bool
    tolerance: bool  # 容缺受理 offered
    commitment: bool  # 告知承诺 offered
    pay_online: bool = False  # 网上支付
    on_site_reason: Text | None = None  # 必须现场办理原因说明
    range: Range | None = None


class Faq(Part):
    """One thing people often ask (常见问题)."""

    code: Code
    question: Text
    answer: Text


class Intermediary(Part):
    """A service that must be commissioned elsewhere first (中介服务), and what for."""

    code: Code
    name: Text
    text: Text


class Special(Part):
    """Where the item's own law departs from the rules of its kind (特别法优于一般法): each by the name of the statute citation that says so."""

    silence: Code  # 逾期未告知的，视为受理


class Definition(Part):
    """One service item, whole."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)

    schema_id: Literal["onewindow.item/1"] = Field(alias="schema")
    code: Code
    implementation_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{31}$")]
    name: Text
    aliases: tuple[Line, ...] = ()
    life_events: tuple[LifeEvent, ...] = ()
    summary: Text
    item_type: ItemType
    level: Level
    power_source: PowerSource
    handling_type: HandlingType
    handling_mode: HandlingMode
    service_objects: Annotated[tuple[ServiceObject, ...], Field(min_length=1)]
    department: Department
    local_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{1,50}$")] | None = None  # 地方基本编码
    handling_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{1,50}$")] | None = None  # 业务办理项编码
    entrusted_by: Text | None = None  # 委托部门
    joint_bodies: Text | None = None  # 联办机构
    acting_body: Text
    deciding_body: Text
    legal_basis: Annotated[tuple[Code, ...], Field(min_length=1)]  # names of statute citations
    special: Special | None = None
    conditions: Annotated[tuple[Clause, ...], Field(min_length=1)]
    prohibitions: tuple[Clause, ...] = ()
    rights: tuple[Clause, ...] = ()
    duties: tuple[Clause, ...] = ()
    quantity_limit: QuantityLimit
    intermediaries: tuple[Intermediary, ...] = ()
    special_procedures: tuple[SpecialProcedure, ...] = ()
    limits: Limits
    questions: tuple[Question, ...] = ()
    materials: tuple[Material, ...]
    form: tuple[FormSection, ...]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    fees: Fees
    result: Result
    service: Service
    remedies: Remedies
    enquiries: Text | None = None  # 咨询方式
    complaints: Text | None = None  # 监督投诉方式
    faq: tuple[Faq, ...] = ()
    citations: dict[Code, Source]
    sources: dict[Address, Annotated[tuple[Code, ...], Field(min_length=1)]]

    @property
    def basic_code(self) -> str:
        """The twelve-character code of the item in the catalogue (基本编码)."""
        return self.implementation_code[19:]

    @property
    def basis(self) -> tuple[StatuteSource, ...]:
        """The statutes the item rests on (设定依据), in the order in which the guide shows them."""
        found = (self.citations[name] for name in self.legal_basis)
        return tuple(source for source in found if isinstance(source, StatuteSource))

    def statutes_of(self, address: Address) -> tuple[StatuteSource, ...]:
        """The statutes a fact rests on, by its address; none where it rests on something else."""
        found = (self.citations[name] for name in self.sources.get(address, ()))
        return tuple(source for source in found if isinstance(source, StatuteSource))

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Every form field, in order, whatever its section."""
        return tuple(field for section in self.form for field in section.fields)


class ResolvedItem(Part):
    """What applies to one situation: the item after its questions are answered."""

    code: Code
    digest: str
    answers: dict[Code, tuple[Code, ...]]
    not_needed: Text | None  # set: there is nothing to apply for, and the parts below are empty
    conditions: tuple[Clause, ...]
    prohibitions: tuple[Clause, ...]
    rights: tuple[Clause, ...]
    duties: tuple[Clause, ...]
    materials: tuple[Material, ...]
    form: tuple[FormSection, ...]
    steps: tuple[Step, ...]
    fees: tuple[Fee, ...]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Every form field that applies, in order."""
        return tuple(field for section in self.form for field in section.fields)
