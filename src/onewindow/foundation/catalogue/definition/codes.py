"""The codes and closed lists of an item definition: GB/T 39046-2020 annex A where it has one, ours elsewhere."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

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
