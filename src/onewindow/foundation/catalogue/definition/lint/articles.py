"""The articles that lint rules rest on, word for word (a test compares them with docs/law/statutes)."""

from __future__ import annotations

from onewindow.foundation.catalogue.definition.lint.rulebook import law

_LICENSING, _BUSINESS, _SHANGHAI = "行政许可法(2019-04-23)", "优化营商环境条例(2019-10-22)", "上海市优化营商环境条例(2024-09-27)"

PUBLISHED = law(
    _LICENSING, "第三十条",
    "行政机关应当将法律、法规、规章规定的有关行政许可的事项、依据、条件、数量、程序、期限以及需要提交的全部材料的目录和申请书示范文本等在办公场所公示。",
)  # fmt: skip
NOTHING_UNRELATED = law(_LICENSING, "第三十一条", "行政机关不得要求申请人提交与其申请的行政许可事项无关的技术资料和其他材料。")
TOLD_ONCE = law(_LICENSING, "第三十二条", "应当当场或者在五日内一次告知申请人需要补正的全部内容")
TWO_PEOPLE = law(_LICENSING, "第三十四条", "行政机关应当指派两名以上工作人员进行核查。")
ON_THE_SPOT = law(_LICENSING, "第三十四条", "行政机关能够当场作出决定的，应当当场作出书面的行政许可决定。")
DELIVERED = law(_LICENSING, "第四十四条", "应当自作出决定之日起十日内向申请人颁发、送达行政许可证件")
NO_FEE = law(_LICENSING, "第五十八条", "不得收取任何费用。但是，法律、行政法规另有规定的，依照其规定。")
NO_ADDED_CONDITION = law(_BUSINESS, "第三十五条", "没有法律、法规、规章依据，不得增设政务服务事项的办理条件和环节。")
MEASURED = law(_BUSINESS, "第三十五条", "细化量化政务服务标准，压缩自由裁量权")
FEWER_AND_FASTER = law(_BUSINESS, "第三十五条", "按照减环节、减材料、减时限的要求")
WITHIN_THE_LIMIT = law(_BUSINESS, "第三十六条", "应当在规定的时限内尽快办结")
SHORTER_STILL = law(_BUSINESS, "第三十六条", "各地区可以在国家规定的政务服务事项办理时限内进一步压减时间，并应当向社会公开")
VISITS_IN_TIME = law(_BUSINESS, "第三十六条", "需要进行现场踏勘、现场核查、技术审查、听证论证的，应当及时安排、限时办结。")
PROOF_BY_LAW = law(_BUSINESS, "第四十四条", "证明事项应当有法律、法规或者国务院决定依据。")
NOT_OPEN_ENDED = law(_SHANGHAI, "第二十四条", "政务服务事项办理条件不得含有兜底条款，有关部门不得要求企业等经营主体提供办事指南规定之外的申请材料。")
NO_PAPER_TWICE = law(_SHANGHAI, "第二十四条", "已在线收取规范化电子材料的，不得要求申请人再提供纸质材料。")
GUIDE_SAYS = law(_SHANGHAI, "第二十四条", "编制政务服务办事指南，明确事项办理条件、办事材料、办理流程、容缺受理等内容")
SHARED = law("国务院关于在线政务服务的若干规定(2019-04-26)", "第七条", "政务服务机构通过数据共享能够获得的信息，不得要求行政相对人另行提供。")
RECONSIDERED = law("行政复议法(2023-09-01)", "第二十条", "可以自知道或者应当知道该行政行为之日起六十日内提出行政复议申请")
SUED = law("行政诉讼法(2017-06-27)", "第四十六条", "应当自知道或者应当知道作出行政行为之日起六个月内提出。")
