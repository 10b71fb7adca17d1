"""What sheets and columns are called, and the words of the codes in them: the national fields' names where there is one (GB/T 39046, 前置库)."""

from __future__ import annotations

SHEETS = {
    "": "事项", "aliases": "别名", "conditions": "受理条件", "prohibitions": "禁止性要求", "rights": "申请人权利", "duties": "申请人义务",
    "questions": "情形", "questions.answers": "答案", "materials": "材料", "materials.acceptance_points": "受理要点",
    "materials.specimen.lines": "样本", "materials.files": "样本文件", "form": "表单", "form.fields": "表单项", "form.fields.choices": "选项", "steps": "环节",
    "steps.points": "审查要点", "intermediaries": "中介服务", "faq": "常见问题", "fees.items": "收费", "result.template.lines": "证照版面",
    "citations": "依据", "sources": "来源",
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
        "local_code": "地方基本编码", "handling_code": "业务办理项编码", "entrusted_by": "委托部门", "joint_bodies": "联办机构",
        "special.silence": "特别法（逾期视为受理）", "special_procedures": "特别程序", "limits.statutory_note": "法定办结时限说明",
        "limits.promised_note": "承诺办结时限说明", "service.pay_online": "是否支持网上支付", "service.on_site_reason": "必须现场办理原因说明",
        "service.range": "通办范围", "enquiries": "咨询方式", "complaints": "监督投诉方式", "acting_body": "受理机构",
        "deciding_body": "决定机构", "legal_basis": "设定依据", "quantity_limit.limited": "是否有数量限制",
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
        "origin_note": "来源渠道说明", "paper_size": "纸质材料规格", "filling": "填报须知",
        "exemption.licence": "免交的电子证照", "exemption.type_code": "电子证照类型代码", "exemption.how": "免交方式", "when": _WHEN,
    },
    "materials.acceptance_points": {"code": "要点代码", "text": "受理标准", "check": "核对方式", "field": "核对的表单项"},
    "materials.files": {"code": "文件代码", "name": "名称", "kind": "文件种类", "sm3": "文件指纹", "blank": "空白表格"},
    "materials.specimen.lines": {"code": "行代码", "label": "栏目", "value": "填写", "wrong": "常见错误", "why": "错误原因", "point": "不符的受理要点"},
    "form": {"code": "分组代码", "title": "分组标题"},
    "form.fields": {
        "code": "表单项代码", "label": "表单项", "kind": "填写类型", "required": "是否必填", "max_length": "最多字数", "prefill": "预填",
        "check.rule": "校验规则", "check.value": "校验值", "check.message": "校验提示", "help": "填写帮助", "confidential": "公示时遮盖", "when": _WHEN,
    },
    "form.fields.choices": {"code": "选项代码", "text": "选项"},
    "steps": {
        "code": "环节代码", "name": "环节名称", "kind": "环节类型", "role": "办理岗位", "order": "顺序", "days": "办理天数", "staff": "最少人数",
        "task": "办理内容", "when": _WHEN,
    },
    "steps.points": {"code": "要点代码", "text": "审查内容", "condition": "对应的受理条件"},
    "fees.items": {
        "code": "收费代码", "name": "收费项目名称", "amount": "收费标准（元）", "per": "计费单位", "reduction": "允许减免依据",
        "quantity": "按表单项计数", "due": "缴费时点", "when": _WHEN,
    },
    "intermediaries": {"code": "代码", "name": "中介服务", "text": "服务内容"}, "faq": {"code": "代码", "question": "问题", "answer": "回答"},
    "result.template.lines": {"code": "行代码", "label": "栏目", "value": "填写"},
    "citations": {"kind": "依据种类", "law": "法律法规", "article": "条", "quote": "原文", "note": "说明"},
    "sources": {"": "依据代码"},
}  # fmt: skip
