"""What each rule of `check` is called in lint, and what to do about it: sources, fees, form, licence, codes; and with them all."""

from __future__ import annotations

from onewindow.foundation.catalogue.definition.lint import articles
from onewindow.foundation.catalogue.definition.lint.carried_steps import PROCEDURE, Row
from onewindow.kernel.words import Words

CARRIED: dict[str, Row] = PROCEDURE | {
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
    "quantity-no-number": ("OW-L413", Words("计费数量不是数字项", "The quantity charged is no number"),
        Words("写表单里数字项的代码，或者不写。", "Name a number field of the form, or leave it out."), ()),
    "paid-first-without-law": ("OW-L414", Words("要求决定前缴清而没有依据", "Paid before the decision without a law"),
        Words("注明法律、行政法规依据，或者改为领取结果前缴清。", "Name the statute, or let it be paid before the result is handed over."), (articles.NO_FEE,)),
    "charged-without-law": ("OW-L415", Words("行政许可收费没有法律依据", "A permit charged for without a law"),
        Words("注明法律、行政法规依据，没有的不收。", "Name the law or administrative regulation; without one, charge nothing."), (articles.NO_FEE,)),
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
