"""What `catalogue check` refuses, as lint tells it: each of its rules has a code here, and none is written twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onewindow.foundation.catalogue.definition.findings import Finding
from onewindow.foundation.catalogue.definition.lint import articles
from onewindow.foundation.catalogue.definition.lint.rulebook import entered
from onewindow.foundation.catalogue.definition.model import Definition, StatuteSource
from onewindow.foundation.catalogue.definition.rules import faults
from onewindow.foundation.catalogue.definition.sourcing import misquoted
from onewindow.foundation.catalogue.definition.statutes import Statute
from onewindow.kernel.words import Words

SHAPE = "OW-L001"  # a file that is no definition at all; what else is wrong with it cannot be seen
OTHER = "OW-L700"  # a number of the nation's that does not check: the reason is the number's own

# rule of `check`: lint's code, what it is called, what to do, the articles behind it
_CARRIED: dict[str, tuple[str, Words, Words, tuple[StatuteSource, ...]]] = {
    "promise-too-long": (
        "OW-L101", Words("承诺时限长于法定时限", "The promise is longer than the statute"),
        Words("把承诺时限改到法定时限以内。", "Bring the promise down to the statutory limit or below."), (articles.WITHIN_THE_LIMIT,),
    ),
    "steps-too-long": (
        "OW-L102", Words("各环节天数之和超过承诺时限", "The steps take longer than the promise"),
        Words("减少环节天数，或者让环节并行（同一序号）。", "Take days off the steps, or let them run side by side (the same order)."),
        (articles.WITHIN_THE_LIMIT,),
    ),
    "not-on-the-spot": (
        "OW-L103", Words("即办件却有办结天数或多个环节", "Done on the spot, yet with days or several steps"),
        Words("改为承诺件，或者把承诺改为 0 天、环节减到两个以内。", "Make it a committed item, or promise 0 days and keep at most two steps."),
        (articles.ON_THE_SPOT,),
    ),
    "two-at-a-visit": (
        "OW-L104", Words("现场核查不足两人", "Fewer than two people at a site visit"),
        Words("把 staff 改为 2 或以上。", "Set `staff` to 2 or more."), (articles.TWO_PEOPLE,),
    ),
    "order-broken": ("OW-L105", Words("环节序号不连续", "The steps are not numbered in order"),
        Words("从 1 起连续编号，并行的同号。", "Number them 1, 2, 3 …; steps side by side share a number."), ()),
    "one-decision": ("OW-L106", Words("没有或不止一个“决定”环节", "Not exactly one decision step"),
        Words("只留一个总是适用的“决定”环节。", "Keep one decision step that always applies."), ()),
    "decision-alone": ("OW-L107", Words("“决定”与其他环节并行", "Something runs beside the decision"),
        Words("给“决定”单独的序号。", "Give the decision an order of its own."), ()),
    "decision-by-approver": ("OW-L108", Words("“决定”不由审批人员作出", "The decision is not taken by an approver"),
        Words("把 role 改为 approver。", "Set `role` to approver."), ()),
    "not-by-the-calendar": ("OW-L109", Words("证照有效期不按日、月、年计", "A licence's time is not by the calendar"),
        Words("改用日、月或年，且大于零。", "Use days, months or years, more than zero."), ()),
    "catch-all": (
        "OW-L201", Words("兜底条款", "An open-ended clause"),
        Words("逐项写明需要什么；写不出来的就删去。", "Name each thing that is needed; leave out what cannot be named."),
        (articles.NOT_OPEN_ENDED, articles.NOTHING_UNRELATED),
    ),
    "field-unknown": ("OW-L202", Words("要点与表单字段对不上", "A point does not fit a form field"),
        Words("“与表单一致”的要点写 field，其他不写。", "Name `field` on points that match, and on no other."), ()),
    "specimen-without-mistake": ("OW-L203", Words("样本没有示范常见错误", "A specimen shows no mistake"),
        Words("至少给一行加上 wrong 和 why。", "Give at least one line `wrong` and `why`."), ()),
    "mistake-unexplained": ("OW-L204", Words("样本的错误没有说明原因", "A mistake is not explained"),
        Words("wrong 和 why 一起写或一起删。", "Write `wrong` and `why` together, or neither."), ()),
    "point-unknown": ("OW-L205", Words("样本指向不存在的要点", "A specimen names no point"),
        Words("改成这份材料的受理要点代码。", "Name one of the material's acceptance points."), ()),
    "question-idle": (
        "OW-L301", Words("什么也不改变的问题", "A question that changes nothing"),
        Words("删去这个问题，或者让材料、表单、环节、收费取决于它。", "Leave the question out, or let a material, field, step or fee depend on it."),
        (articles.FEWER_AND_FASTER,),
    ),
    "never-applies": (
        "OW-L302", Words("任何回答都到不了的情形", "A situation no answer reaches"),
        Words("核对 when 里的问题和选项，能同时选到才写在一组里。",
            "Check the questions and answers in `when`: one group holds only what can be answered together."), (),
    ),
    "condition-empty": ("OW-L303", Words("空的条件", "An empty condition"), Words("总是适用就删去 when。", "Leave `when` out when the part always applies."), ()),
    "question-unknown": ("OW-L304", Words("条件引用了不存在的问题", "A condition names no question"),
        Words("改成存在的问题代码。", "Name a question that exists."), ()),
    "question-later": ("OW-L305", Words("问题取决于后面的问题", "A question depends on a later one"),
        Words("把被引用的问题移到前面。", "Move the question it depends on before it."), ()),
    "answer-unknown": ("OW-L306", Words("条件引用了不存在的选项", "A condition names no answer"), Words("改成存在的选项代码。", "Name an answer that exists."), ()),
    "exit-among-many": ("OW-L307", Words("多选题里有“不需要办理”", "An exit among many answers"),
        Words("把 kind 改为 one，或者另设一个单选题。", "Set `kind` to one, or ask it in a question of its own."), ()),
    "basis-not-statute": (
        "OW-L401", Words("设定依据不是法律、法规条文", "The legal basis is not a statute"),
        Words("在 legal_basis 里写条文依据的名称。", "Name statute citations in `legal_basis`."), (articles.NO_ADDED_CONDITION,),
    ),
    "misquoted": ("OW-L402", Words("引文与条文不一致", "A quotation is not in its article"),
        Words("从条文原文逐字复制引文。", "Copy the quotation from the article, word for word."), ()),
    "article-missing": ("OW-L403", Words("法律文本里没有这一条", "There is no such article"), Words("核对条号。", "Check the number of the article."), ()),
    "statute-missing": ("OW-L404", Words("没有法律文本", "There is no text of the statute"),
        Words("把法律文本放入 docs/law/statutes。", "Put the text under docs/law/statutes."), ()),
    "no-source": ("OW-L405", Words("没有注明依据", "A fact without a source"),
        Words("在 sources 里给出依据；一时没有文本的写 unverified 并说明。", "Name a source; where the text is not at hand, an unverified one with a note."), ()),
    "citation-unknown": ("OW-L406", Words("引用了不存在的依据", "A citation that is not there"),
        Words("在 citations 里补上，或者改名称。", "Add it to `citations`, or mend the name."), ()),
    "citation-unused": ("OW-L407", Words("没有用到的依据", "A citation nothing rests on"),
        Words("删去，或者在 sources 里引用。", "Leave it out, or rest a fact on it."), ()),
    "source-for-everything": ("OW-L408", Words("一个依据指向全部内容", "One source for everything"), Words("逐段注明依据。", "Name the source of each section."), ()),
    "source-for-nothing": ("OW-L409", Words("依据指向的地址没有内容", "A source for nothing"),
        Words("改成存在的地址，或者删去。", "Name an address that exists, or leave it out."), ()),
    "fees-disagree": ("OW-L410", Words("是否收费与收费项目不一致", "Charged or not, the fees disagree"),
        Words("收费就列项目，不收费就不列。", "List fees exactly when something is charged."), (articles.NO_FEE,)),
    "quantity-disagrees": ("OW-L411", Words("数量限制与数量不一致", "The quantity limit and its number disagree"),
        Words("有限制写 n，没有就不写。", "State `n` exactly when the quantity is limited."), ()),
    "condition-unknown": ("OW-L412", Words("审查要点引用了不存在的条件", "A review point names no condition"),
        Words("改成存在的条件代码。", "Name a condition that exists."), ()),
    "choices-wrong": ("OW-L601", Words("选择题与选项不符", "Choices do not fit the field"),
        Words("choice 至少两个选项，其他类型没有。", "Two or more choices for a choice, none for any other kind."), ()),
    "check-wrong": ("OW-L602", Words("校验规则与字段不符", "A check does not fit its field"),
        Words("按字段类型改规则和规则值。", "Fit rule and value to the field's kind."), ()),
    "reference-unknown": ("OW-L603", Words("证照模板引用了不存在的内容", "The licence refers to nothing"),
        Words("改成存在的字段、回答或证照内容。", "Refer to a field, an answer or a licence fact that exists."), ()),
    "number-pattern": ("OW-L604", Words("编号规则不对", "The number pattern is wrong"),
        Words("只用 {region}、{year} 和一个 {serial:N}。", "Use {region}, {year} and exactly one {serial:N}."), ()),
    "department-differs": ("OW-L701", Words("实施编码不是这个部门的", "The code is another department's"),
        Words("前 18 位写实施主体的统一社会信用代码。", "Begin with the department's credit code."), ()),
    "level-differs": ("OW-L702", Words("实施编码与行使层级不一致", "The code's level differs"),
        Words("第 19 位写行使层级。", "Make character 19 the exercise level."), ()),
    "type-differs": ("OW-L703", Words("基本编码与事项类型不一致", "The code's type differs"),
        Words("基本编码第 3、4 位写事项类型。", "Make characters 3 and 4 of the basic code the item type."), ()),
    "code-repeated": ("OW-L704", Words("同一列表里代码重复", "A code used twice in its list"),
        Words("给每个部分不同的代码。", "Give each part a code of its own."), ()),
}  # fmt: skip

CODES: dict[str, str] = {name: code for name, (code, *_) in _CARRIED.items()}

for _code, _title, _fix, _basis in _CARRIED.values():
    entered(_code, "error", _title, _fix, *_basis)
entered(
    SHAPE, "error", Words("不是事项定义的样子", "Not the shape of a definition"),
    Words("按字段的地址改正；写法见 definition/model.py。", "Mend the field at the address; the shape stands in definition/model.py."),
)  # fmt: skip
entered(OTHER, "error", Words("代码校验不通过", "A number does not check"), Words("核对号码的每一位。", "Check the number, character by character."))


def refused(definition: Definition, texts: Mapping[str, Statute] | None) -> Iterator[tuple[str, Finding]]:
    """Every fault that `check` finds, with lint's code; quotations only where the texts are given."""
    for finding in [*faults(definition), *(misquoted(definition, texts) if texts is not None else ())]:
        yield CODES.get(finding.rule, OTHER), finding
