"""What sheets and columns are called, and the words of the codes in them: the national fields' names where there is one (GB/T 39046, 前置库)."""

from __future__ import annotations

SHEETS = {
    "": "事项", "aliases": "别名", "conditions": "受理条件", "prohibitions": "禁止性要求", "rights": "申请人权利", "duties": "申请人义务",
    "questions": "情形", "questions.answers": "答案", "materials": "材料", "materials.acceptance_points": "受理要点",
    "materials.specimen.lines": "样本", "form": "表单", "form.fields": "表单项", "form.fields.choices": "选项", "steps": "环节",
    "steps.points": "审查要点", "fees.items": "收费", "result.template.lines": "证照版面", "citations": "依据", "sources": "来源",
}  # fmt: skip
REGISTER, LEGEND = "事项目录", "说明"
ITEM = "事项代码"  # the first column of every sheet: the item's code in this house

# The column that names the row a line belongs to, by the sheet of that row.
KEYS = {
    "questions": "情形代码", "materials": "材料代码", "form": "分组代码", "form.fields": "表单项代码", "steps": "环节代码", "citations": "依据代码", "sources": "地址",
}  # fmt: skip

_WHEN, _TEXT = "适用情形", "内容"
_CLAUSE = {"code": "代码", "text": _TEXT, "when": _WHEN}
_LIMITS = {
    "statutory": "法定办结时限", "promised": "承诺办结时限", "extension": "延长期限", "correction": "一次告知期限", "supplement": "补正期限", "delivery": "送达期限",
}  # fmt: skip
_REMEDIES = {"reconsideration": "行政复议", "lawsuit": "行政诉讼"}

COLUMNS: dict[str, dict[str, str]] = {
    "": {
        "implementation_code": "实施编码", "name": "事项名称", "summary": "事项简介", "life_events": "服务主题", "item_type": "事项类型", "level": "行使层级",
        "power_source": "权力来源", "handling_type": "办件类型", "handling_mode": "办件方式", "service_objects": "服务对象",
        "department.code": "部门代码", "department.name": "实施主体", "department.credit_code": "实施主体编码", "department.nature": "实施主体性质",
        "acting_body": "受理机构", "deciding_body": "决定机构", "legal_basis": "设定依据", "quantity_limit.limited": "是否有数量限制",
        "quantity_limit.n": "限制数量", "quantity_limit.text": "数量限制",
        **{f"limits.{name}.n": words for name, words in _LIMITS.items()}, **{f"limits.{name}.unit": f"{words}单位" for name, words in _LIMITS.items()},
        "fees.charged": "是否收费", "fees.text": "收费说明",
        "result.name": "审批结果名称", "result.kind": "审批结果类型", "result.type_code": "证照类型代码", "result.validity.n": "证照有效期",
        "result.validity.unit": "证照有效期单位", "result.recheck.n": "复核周期", "result.recheck.unit": "复核周期单位",
        "result.number_pattern": "证照编号规则", "result.template.title": "证照版面标题",
        "service.channels": "办理形式", "service.online_depth": "网上办理深度", "service.hall": "办理大厅", "service.visits": "到办事现场次数",
        "service.city_wide": "是否全市通办", "service.kiosk": "是否支持自助终端办理", "service.street": "街镇办理",
        "service.appointment": "是否支持预约办理", "service.post": "是否支持物流快递", "service.tolerance": "是否容缺受理", "service.commitment": "是否告知承诺",
        **{f"remedies.{name}.body": f"{words}机关" for name, words in _REMEDIES.items()},
        **{f"remedies.{name}.within.n": f"{words}期限" for name, words in _REMEDIES.items()},
        **{f"remedies.{name}.within.unit": f"{words}期限单位" for name, words in _REMEDIES.items()},
        **{f"remedies.{name}.text": f"{words}说明" for name, words in _REMEDIES.items()},
    },
    "aliases": {"": "别名"},
    "conditions": _CLAUSE, "prohibitions": _CLAUSE, "rights": _CLAUSE, "duties": _CLAUSE,
    "questions": {"code": "情形代码", "text": "情形问题", "help": "填写帮助", "kind": "选择方式", "when": _WHEN},
    "questions.answers": {"code": "答案代码", "text": "答案", "not_needed": "不需办理的原因"},
    "materials": {
        "code": "材料代码", "name": "材料名称", "kind": "材料类型", "need": "材料必要性", "form": "材料形式", "copies.originals": "原件份数",
        "copies.duplicates": "复印件份数", "origin": "来源渠道", "issuer": "出具机构", "sample": "示例样表", "specimen.title": "样本标题",
        "exemption.licence": "免交的电子证照", "exemption.type_code": "电子证照类型代码", "exemption.how": "免交方式", "when": _WHEN,
    },
    "materials.acceptance_points": {"code": "要点代码", "text": "受理标准", "check": "核对方式", "field": "核对的表单项"},
    "materials.specimen.lines": {"code": "行代码", "label": "栏目", "value": "填写", "wrong": "常见错误", "why": "错误原因", "point": "不符的受理要点"},
    "form": {"code": "分组代码", "title": "分组标题"},
    "form.fields": {
        "code": "表单项代码", "label": "表单项", "kind": "填写类型", "required": "是否必填", "max_length": "最多字数", "prefill": "预填",
        "check.rule": "校验规则", "check.value": "校验值", "check.message": "校验提示", "help": "填写帮助", "when": _WHEN,
    },
    "form.fields.choices": {"code": "选项代码", "text": "选项"},
    "steps": {
        "code": "环节代码", "name": "环节名称", "kind": "环节类型", "role": "办理岗位", "order": "顺序", "days": "办理天数", "staff": "最少人数",
        "task": "办理内容", "when": _WHEN,
    },
    "steps.points": {"code": "要点代码", "text": "审查内容", "condition": "对应的受理条件"},
    "fees.items": {"code": "收费代码", "name": "收费项目名称", "amount": "收费标准（元）", "per": "计费单位", "when": _WHEN},
    "result.template.lines": {"code": "行代码", "label": "栏目", "value": "填写"},
    "citations": {"kind": "依据种类", "law": "法律法规", "article": "条", "quote": "原文", "note": "说明"},
    "sources": {"": "依据代码"},
}  # fmt: skip

_UNITS = {"working-day": "工作日", "calendar-day": "自然日", "month": "个月", "year": "年"}
CODES: dict[str, dict[str, str]] = {  # the words of a code, by the sheet and the field
    "item_type": {
        "01": "行政许可", "02": "行政处罚", "03": "行政强制", "04": "行政征收", "05": "行政给付", "06": "行政检查", "07": "行政确认", "08": "行政奖励",
        "09": "行政裁决", "10": "其他行政权力", "20": "公共服务",
    },
    "level": {"1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "镇（乡、街道）级", "6": "村（社区）级", "7": "分级管理"},
    "power_source": {"1": "法定本级行使", "2": "上级下放", "3": "上级授权", "4": "同级授权", "5": "上级委托", "6": "同级委托"},
    "handling_type": {"1": "即办件", "2": "承诺件"},
    "handling_mode": {"1": "自办件", "2": "初审件", "3": "联办件", "4": "转报件"},
    "service_objects": {"1": "自然人", "2": "企业法人", "3": "事业法人", "4": "社会组织法人", "5": "行政机关", "6": "其他组织"},
    "department.nature": {"1": "法定机关", "2": "授权组织", "3": "受委托组织", "9": "其他"},
    "service.channels": {"1": "窗口办理", "2": "电脑端", "3": "移动端", "4": "快递申请", "9": "其他"},
    "service.hall": {"A": "法人事项", "B": "个人事项"},
    "service.street": {"none": "不办", "forward": "收件转送", "direct": "直接受理"},
    "result.kind": {"10": "证照", "20": "批文", "30": "其他"},
    "life_events": {
        "birth": "出生", "schooling": "上学", "work": "就业", "housing": "住房", "marriage": "婚姻", "moving": "落户", "ageing": "养老", "illness": "就医",
        "death": "身后", "founding": "企业开办", "premises": "场所", "hiring": "用工", "operating": "经营", "changing": "变更", "closing": "注销",
    },
    "unit": _UNITS,
    "questions.kind": {"one": "单选", "many": "多选"},
    "materials.kind": {"1": "证件证书证明", "2": "申请表格文书", "3": "其他"},
    "materials.need": {"1": "必要", "2": "非必要", "3": "容缺后补"},
    "materials.form": {"1": "纸质", "2": "电子", "3": "纸质和电子"},
    "materials.origin": {"10": "申请人自备", "20": "政府部门核发", "99": "其他"},
    "materials.acceptance_points.check": {
        "look": "查看", "complete": "填写完整", "seal": "盖章", "signature": "签字", "in-date": "在有效期内", "matches": "与表单一致",
    },
    "form.fields.kind": {
        "text": "文字", "number": "数字", "date": "日期", "choice": "选择", "id-number": "身份证号码", "credit-code": "统一社会信用代码",
        "phone": "电话", "address": "地址",
    },
    "steps.kind": {
        "review": "审查", "site-visit": "现场核查", "expert-review": "专家评审", "hearing": "听证", "consultation": "征求意见", "publicity": "公示",
        "decision": "决定", "issuing": "制证",
    },
    "steps.role": {"clerk": "综窗人员", "specialist": "中台专业支撑", "approver": "后台审批", "handover": "出件窗口"},
    "citations.kind": {"statute": "法条原文", "unverified": "未核对", "demo": "演示"},
}  # fmt: skip


def codes_of(sheet: str, path: str) -> dict[str, str]:
    """The words of a field's codes; empty where a field has none."""
    if path.endswith("unit"):
        return CODES["unit"]
    return CODES.get(f"{sheet}.{path}" if sheet else path, {})
