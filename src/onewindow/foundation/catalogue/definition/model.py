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

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "onewindow.item/1"

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
Address = Annotated[str, Field(pattern=r"^(/[^/\s]+)+$", max_length=200)]
Line = Annotated[str, Field(min_length=1, max_length=2000)]

ItemType = Literal["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20"]  # GB/T 39046 A.1
Level = Literal["1", "2", "3", "4", "5", "6", "7"]  # A.2 行使层级
BodyNature = Literal["1", "2", "3", "9"]  # A.3 主体性质
ServiceObject = Literal["1", "2", "3", "4", "5", "6"]  # A.4 服务对象
Channel = Literal["1", "2", "3", "4", "9"]  # A.5 办理形式: 窗口, 电脑端, 移动端, 快递, 其他
HandlingType = Literal["1", "2"]  # A.6 即办件, 承诺件
PowerSource = Literal["1", "2", "3", "4", "5", "6"]  # 法定本级 … 同级委托
HandlingMode = Literal["1", "2", "3", "4"]  # 自办件, 初审件, 联办件, 转报件
Need = Literal["1", "2", "3"]  # 必要, 非必要, 容缺后补
MaterialForm = Literal["1", "2", "3"]  # 纸质, 电子, 两者
MaterialKind = Literal["1", "2", "3"]  # 证件证书证明, 申请表格文书, 其他
Origin = Literal["10", "20", "99"]  # 申请人自备, 政府部门核发, 其他
ResultKind = Literal["10", "20", "30"]  # 证照, 批文, 其他
Unit = Literal["working-day", "calendar-day", "month", "year"]
Hall = Literal["A", "B"]  # 法人事项, 个人事项
StepKind = Literal[
    "review", "site-visit", "expert-review", "hearing", "consultation", "publicity", "decision", "issuing",
]  # fmt: skip  # 审查, 现场核查, 专家评审, 听证, 征求意见, 公示, 决定, 制证
StreetService = Literal["none", "forward", "direct"]  # 街镇中心: 不办, 收件转送, 直接受理
LifeEvent = Literal[
    "birth", "schooling", "work", "housing", "marriage", "moving", "ageing", "illness", "death",
    "founding", "premises", "hiring", "operating", "changing", "closing",
]  # fmt: skip  # 出生, 上学, 就业, 住房, 婚姻, 落户, 养老, 就医, 身后; 企业: 开办, 场所, 用工, 经营, 变更, 注销
SpecialProcedure = Literal[
    "extension", "hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert-review",
]  # fmt: skip  # A.7 特别程序: 延长审批; 行政许可法 art 45 听证, 招标, 拍卖, 检验, 检测, 检疫, 鉴定, 专家评审
Range = Literal["nation", "city", "district", "town"]  # 通办范围: 跨省, 全市, 全区, 街镇
StepRole = Literal["clerk", "specialist", "approver", "handover"]
FieldKind = Literal[
    "text", "number", "date", "choice", "id-number", "credit-code", "phone", "address",
]  # fmt: skip
PointCheck = Literal["look", "complete", "seal", "signature", "in-date", "matches"]
FieldRule = Literal["minimum", "maximum", "pattern", "past", "future"]
Prefill = Literal[
    "applicant.name", "applicant.credit-code", "applicant.id-number", "applicant.legal-person",
    "applicant.address", "applicant.phone", "agent.name", "agent.id-number", "agent.phone",
]  # fmt: skip

# Any of the maps; in a map all of the questions; for a question any of the answers. None: always.
When = Annotated[
    tuple[dict[Code, Annotated[tuple[Code, ...], Field(min_length=1)]], ...], Field(min_length=1)
]


class Part(BaseModel):
    """What every part of a definition has in common: exact types, no unknown names, no change."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Text(Part):
    """A sentence or name in both languages; `en` is always our translation, and no statute vouches for it."""

    zh: Line
    en: Line


class StatuteSource(Part):
    """A fact read in a statute; `quote` stands word for word in that article of that text."""

    kind: Literal["statute"]
    law: Line  # file stem under docs/law/statutes
    article: Annotated[str, Field(pattern=r"^第[一二三四五六七八九十百零]+条$")]
    quote: Annotated[str, Field(min_length=4, max_length=1000)]

    @property
    def name(self) -> str:
        """The law as it is called, its version left out."""
        return self.law.partition("(")[0]


class UnverifiedSource(Part):
    """A fact believed to be true whose text was not at hand; the note says where it should stand."""

    kind: Literal["unverified"]
    note: Text


class DemoSource(Part):
    """A fact of the demonstration district only; the note says what a real centre puts instead."""

    kind: Literal["demo"]
    note: Text


Source = Annotated[StatuteSource | UnverifiedSource | DemoSource, Field(discriminator="kind")]


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


class AcceptancePoint(Part):
    """One thing the window looks at (受理要点); `field` is the form field it must match."""

    code: Code
    text: Text
    check: PointCheck
    field: Code | None = None


class Copies(Part):
    """How many of each on paper; both 0 when an electronic file alone is wanted."""

    originals: Annotated[int, Field(ge=0, le=20)]
    duplicates: Annotated[int, Field(ge=0, le=20)]


class Exemption(Part):
    """The paper need not be handed in when this licence can be fetched or shown electronically."""

    licence: Text
    type_code: Annotated[str, Field(min_length=1, max_length=30)] | None = None
    how: Text


class SpecimenLine(Part):
    """One line of a specimen: as it should be, and where people err, the usual mistake, why it is one, and the point it fails."""

    code: Code
    label: Text
    value: Line
    wrong: Line | None = None
    why: Text | None = None
    point: Code | None = None


class Specimen(Part):
    """A sample paper (样本), good and bad in one: a bad one shows `wrong` where a line has it. Invented by nature, and says so on its face."""

    title: Text
    lines: Annotated[tuple[SpecimenLine, ...], Field(min_length=2, max_length=30)]


class SampleFile(Part):
    """A picture or PDF of what a good one looks like, kept by the SM3 of its bytes."""

    code: Code
    name: Text
    kind: Literal["jpeg", "png", "webp", "pdf"]
    sm3: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Material(Part):
    """One thing to hand in."""

    code: Code
    name: Text
    kind: MaterialKind
    need: Need
    form: MaterialForm
    copies: Copies
    origin: Origin
    issuer: Text | None = None
    origin_note: Text | None = None  # 来源渠道说明: how to get it
    paper_size: Annotated[str, Field(min_length=1, max_length=40)] | None = None  # 纸质材料规格
    filling: Text | None = None  # 填报须知
    acceptance_points: Annotated[tuple[AcceptancePoint, ...], Field(min_length=1)]
    sample: Text
    specimen: Specimen | None = None
    files: Annotated[tuple[SampleFile, ...], Field(min_length=1, max_length=6)] | None = None  # none at all rather than an empty list: digests stay
    exemption: Exemption | None = None
    when: When | None = None


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
    """One field of the form."""

    code: Code
    label: Text
    kind: FieldKind
    required: bool
    max_length: Annotated[int, Field(ge=1, le=2000)]
    choices: tuple[Choice, ...] = ()
    prefill: Prefill | None = None
    check: FieldCheck | None = None
    help: Text | None = None
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
    """One thing charged; `amount` in yuan with two decimals."""

    code: Code
    name: Text
    amount: Annotated[str, Field(pattern=r"^(0|[1-9]\d{0,9})\.\d{2}$")]
    per: Text
    reduction: Text | None = None  # 允许减免: for whom, by what
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
