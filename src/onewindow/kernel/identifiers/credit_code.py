"""统一社会信用代码, GB 32100-2015 with amendment 1 of 2016.

Authority 1, category 1, region 6, organisation code 9 (itself checked, GB 11714), check 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.kernel.identifiers.checks import credit_check, organisation_check
from onewindow.kernel.identifiers.faults import Fault, fail
from onewindow.kernel.identifiers.organisation_code import OrganisationCode
from onewindow.kernel.identifiers.regions import REGISTRATION_REGIONS
from onewindow.kernel.identifiers.text import (
    CREDIT_CHARACTER,
    DIGIT,
    DIGIT_OR_X,
    Name,
    cleaned,
    require,
    runs,
)

NAME = Name("统一社会信用代码", "unified social credit code")
LENGTH = 18

AUTHORITIES: dict[str, Name] = {
    "1": Name("机构编制", "staffing office"),
    "2": Name("外交", "foreign affairs"),
    "3": Name("司法行政", "justice administration"),
    "4": Name("文化", "culture"),
    "5": Name("民政", "civil affairs"),
    "6": Name("旅游", "tourism"),
    "7": Name("宗教", "religious affairs"),
    "8": Name("工会", "trade union"),
    "9": Name("市场监管（原工商）", "market regulation"),
    "A": Name("中央军委改革和编制办公室", "military staffing office"),
    "N": Name("农业", "agriculture"),
    "Y": Name("其他", "other"),
}
"""Position 1. Letters not listed (new authorities are added by notice) are accepted without a name."""

_OTHER = Name("其他", "other")
CATEGORIES: dict[str, Name] = {
    "11": Name("机关", "state organ"),
    "12": Name("事业单位", "public institution"),
    "13": Name("编办直接管理机构编制的群众团体", "mass organisation"),
    "21": Name("外国常驻新闻机构", "resident foreign news agency"),
    "31": Name("律师执业机构", "law firm"),
    "32": Name("公证处", "notary office"),
    "33": Name("基层法律服务所", "local legal service office"),
    "34": Name("司法鉴定机构", "forensic institution"),
    "35": Name("仲裁委员会", "arbitration commission"),
    "41": Name("外国在华文化中心", "foreign cultural centre"),
    "51": Name("社会团体", "social association"),
    "52": Name("民办非企业单位", "private non-enterprise unit"),
    "53": Name("基金会", "foundation"),
    "61": Name("外国旅游部门常驻代表机构", "foreign tourism office"),
    "62": Name("港澳台地区旅游部门常驻代表机构", "tourism office of Hong Kong, Macao or Taiwan"),
    "71": Name("宗教活动场所", "place of worship"),
    "72": Name("宗教院校", "religious school"),
    "81": Name("基层工会", "local trade union"),
    "91": Name("企业", "enterprise"),
    "92": Name("个体工商户", "individual business"),
    "93": Name("农民专业合作社", "farmers' cooperative"),
    "A1": Name("军队事业单位", "military institution"),
    "N1": Name("组级集体经济组织", "collective of a villagers' group"),
    "N2": Name("村级集体经济组织", "collective of a village"),
    "N3": Name("乡镇级集体经济组织", "collective of a township"),
    "Y1": _OTHER,
    **{f"{authority}9": _OTHER for authority in "12345678AN"},
}
"""Positions 1–2. A pair not listed is accepted without a name; 0 is never used in either place."""


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A valid unified social credit code, in parts."""

    authority: str
    category: str
    region: str
    organisation: OrganisationCode

    @classmethod
    def parse(cls, text: str, *, on: date | None = None) -> CreditCode:
        """Read a code; raises `NotValid`. The organisation code inside must pass its own check too."""
        plain = cleaned(text, NAME, LENGTH)
        require(plain, CREDIT_CHARACTER)
        authority, category, region, organisation, check = runs(plain, 1, 1, 6, 9, 1)
        if authority == "0":
            raise fail(Fault.AUTHORITY, position=1)
        if category == "0":
            raise fail(Fault.CATEGORY, position=2)
        require(region, DIGIT, start=3)
        if region[:2] not in REGISTRATION_REGIONS:
            raise fail(Fault.REGION, first=3, last=4)
        require(organisation[8:], DIGIT_OR_X, start=17)
        if credit_check(plain[:17]) != check:
            raise fail(Fault.CHECK_CHARACTER, position=18)
        if organisation_check(organisation[:8]) != organisation[8]:
            raise fail(Fault.ORGANISATION_CHECK, first=9, last=17)
        return cls(authority, category, region, OrganisationCode(organisation[:8]))

    @classmethod
    def generate(
        cls, authority: str, category: str, region: str, organisation: OrganisationCode | str
    ) -> CreditCode:
        """The code of these parts; `organisation` is a code or its eight-character body."""
        inner = (
            organisation
            if isinstance(organisation, OrganisationCode)
            else OrganisationCode.generate(organisation)
        )
        body = cleaned(f"{authority}{category}{region}{inner}", NAME, LENGTH - 1)
        require(body, CREDIT_CHARACTER)
        return cls.parse(body + credit_check(body))

    @classmethod
    def demo(cls, serial: int, *, category: str = "91", region: str = "310104") -> CreditCode:
        """The `serial`-th demonstration code: its organisation code is of the never-assigned range."""
        return cls.generate(category[:1], category[1:], region, OrganisationCode.demo(serial))

    def __str__(self) -> str:
        return self._body + self.check

    @property
    def _body(self) -> str:
        return f"{self.authority}{self.category}{self.region}{self.organisation}"

    @property
    def check(self) -> str:
        return credit_check(self._body)

    @property
    def shown(self) -> str:
        return str(self)

    @property
    def authority_name(self) -> Name | None:
        return AUTHORITIES.get(self.authority)

    @property
    def category_name(self) -> Name | None:
        return CATEGORIES.get(self.authority + self.category)

    def parts(self) -> dict[str, object]:
        authority, category = self.authority_name, self.category_name
        region = REGISTRATION_REGIONS[self.region[:2]]
        return {
            "authority": self.authority,
            "authority_name": None if authority is None else {"zh": authority.zh, "en": authority.en},
            "category": self.category,
            "category_name": None if category is None else {"zh": category.zh, "en": category.en},
            "region": self.region,
            "province": {"zh": region.zh, "en": region.en},
            "organisation_code": str(self.organisation),
            "check": self.check,
        }
