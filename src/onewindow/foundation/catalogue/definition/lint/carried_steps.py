"""What each rule of `check` is called in lint, and what to do about it: limits, steps, materials, questions."""

from __future__ import annotations

from onewindow.foundation.catalogue.definition.lint import articles
from onewindow.foundation.catalogue.definition.parts import StatuteSource
from onewindow.kernel.words import Words

Row = tuple[str, Words, Words, tuple[StatuteSource, ...]]

# rule of `check`: lint's code, what it is called, what to do, the articles behind it
PROCEDURE: dict[str, Row] = {
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
}  # fmt: skip
