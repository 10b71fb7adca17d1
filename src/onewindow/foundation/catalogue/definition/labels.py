"""What the fields of a definition and their values are called, in both languages: for the editor and for differences in plain words.

A label stands under the field's name, or under ``Part.field`` where the same name means another thing elsewhere.
"""

from __future__ import annotations

from onewindow.foundation.catalogue.definition.fields import Field
from onewindow.foundation.catalogue.definition.values import VALUES
from onewindow.kernel.words import Words

PARTS = {
    "facts": Words("基本信息", "Facts"), "limits": Words("期限", "Time limits"), "questions": Words("情形", "Situations"),
    "materials": Words("材料", "Materials"), "form": Words("申请表", "Form"), "steps": Words("环节", "Steps"), "fees": Words("收费", "Fees"),
    "result": Words("结果", "Result"), "service": Words("服务与救济", "Service and remedies"), "sources": Words("依据", "Sources"),
}  # fmt: skip

# Which fields of a definition belong to which part of the editor.
FIELDS_OF_PART: dict[str, tuple[str, ...]] = {
    "facts": (
        "name", "summary", "aliases", "life_events", "implementation_code", "local_code", "handling_code", "item_type", "level", "power_source",
        "handling_type", "handling_mode", "service_objects", "department", "acting_body", "deciding_body", "entrusted_by", "joint_bodies",
        "special_procedures", "special", "conditions", "prohibitions", "rights", "duties", "quantity_limit",
    ),
    "limits": ("limits",), "questions": ("questions",), "materials": ("materials",), "form": ("form",), "steps": ("steps",), "fees": ("fees",),
    "result": ("result",), "service": ("service", "enquiries", "complaints", "faq", "intermediaries", "remedies"), "sources": ("legal_basis", "citations", "sources"),
}  # fmt: skip

_FIELDS = {
    "schema": Words("格式", "format"), "code": Words("代码", "code"), "implementation_code": Words("实施编码", "implementation code"),
    "name": Words("名称", "name"), "aliases": Words("别名（老百姓的叫法）", "other names people use"), "life_events": Words("人生大事", "life events"),
    "summary": Words("一句话介绍", "summary"), "item_type": Words("事项类型", "item type"), "level": Words("行使层级", "level"),
    "power_source": Words("权力来源", "source of power"), "handling_type": Words("办件类型", "kind of handling"),
    "handling_mode": Words("办理方式", "mode of handling"), "service_objects": Words("服务对象", "for whom"),
    "department": Words("实施主体", "department"), "credit_code": Words("统一社会信用代码", "credit code"), "nature": Words("主体性质", "nature"),
    "acting_body": Words("受理机构", "acting body"), "deciding_body": Words("决定机构", "deciding body"), "legal_basis": Words("设定依据", "legal basis"),
    "conditions": Words("办理条件", "condition"), "prohibitions": Words("禁止性要求", "prohibition"), "rights": Words("申请人权利", "right"),
    "duties": Words("申请人义务", "duty"), "quantity_limit": Words("数量限制", "limit on numbers"), "limited": Words("有无数量限制", "limited in number"),
    "QuantityLimit.n": Words("数量", "how many"), "text": Words("内容", "wording"), "when": Words("适用情形", "applies when"),
    "limits": Words("期限", "time limits"), "statutory": Words("法定办结时限", "statutory limit"), "promised": Words("承诺办结时限", "promised limit"),
    "extension": Words("可延长", "extension"), "correction": Words("一次性告知期限", "time for the one-time notice"),
    "supplement": Words("补正期限", "time for corrections"), "delivery": Words("送达期限", "time for delivery"),
    "questions": Words("问题", "question"), "Question.text": Words("问题", "question"), "help": Words("说明", "help"),
    "Question.kind": Words("选法", "how it is answered"),
    "answers": Words("选项", "answer"), "not_needed": Words("不需要办理的理由", "why nothing is needed"),
    "materials": Words("材料", "material"), "Material.kind": Words("材料类型", "kind of material"), "need": Words("必要性", "need"),
    "Material.form": Words("材料形式", "on paper or as a file"), "copies": Words("份数", "copies"), "originals": Words("原件份数", "originals"),
    "duplicates": Words("复印件份数", "duplicates"), "origin": Words("来源渠道", "where it comes from"), "issuer": Words("核发机构", "issuer"),
    "acceptance_points": Words("受理要点", "acceptance point"), "AcceptancePoint.check": Words("看什么", "what is looked at"),
    "AcceptancePoint.field": Words("与哪个表单项一致", "form field it must match"), "sample": Words("范本说明", "what a good one looks like"),
    "specimen": Words("样本", "specimen"), "Specimen.lines": Words("样本的一行", "line of the specimen"), "SpecimenLine.value": Words("应当这样写", "as it should be"),
    "wrong": Words("常见的错误写法", "the usual mistake"), "why": Words("错在哪里", "why it is one"),
    "SpecimenLine.point": Words("不符合哪个受理要点", "acceptance point it fails"),
    "files": Words("样本文件", "sample file"), "SampleFile.kind": Words("文件种类", "kind of file"), "sm3": Words("文件指纹", "fingerprint"),
    "blank": Words("是空白表格（照着填），不是样本", "a blank form to fill in, no sample"),
    "exemption": Words("免交", "exemption"), "licence": Words("可代替的证照", "licence that stands in"), "type_code": Words("证照类型代码", "licence type code"),
    "how": Words("怎样免交", "how it is waived"), "title": Words("标题", "title"), "label": Words("名称", "label"),
    "form": Words("申请表的一栏", "section of the form"), "fields": Words("表单项", "form field"), "FormField.kind": Words("填什么", "kind of entry"),
    "required": Words("必填", "required"), "max_length": Words("最多字数", "longest"), "choices": Words("选项", "choice"),
    "prefill": Words("自动带出", "filled in from"), "confidential": Words("涉及秘密或者隐私，公示时遮盖", "masked where permits are published"),
    "FormField.check": Words("校验", "check"), "rule": Words("规则", "rule"), "FieldCheck.value": Words("规则的值", "bound or pattern"),
    "message": Words("提示语", "message"),
    "steps": Words("环节", "step"), "Step.kind": Words("环节类型", "kind of step"), "role": Words("由谁办", "who does it"), "order": Words("第几步", "order"),
    "days": Words("工作日数", "working days"), "staff": Words("至少几人", "least number of people"), "task": Words("做什么", "task"),
    "points": Words("审查要点", "review point"), "ReviewPoint.condition": Words("属于哪个办理条件", "condition it belongs to"),
    "fees": Words("收费", "fees"), "charged": Words("是否收费", "charged"), "items": Words("收费项目", "fee"), "amount": Words("金额（元）", "amount (yuan)"),
    "per": Words("计费单位", "per"), "quantity": Words("按哪个表单项的数收", "form field that says how many"), "due": Words("什么时候缴", "when it is due"),
    "result": Words("办理结果", "result"), "Result.kind": Words("结果类型", "kind of result"),
    "validity": Words("有效期", "validity"), "recheck": Words("复核周期", "recheck"), "number_pattern": Words("编号规则", "number pattern"),
    "template": Words("证照版面", "face of the licence"), "lines": Words("证照的一行", "line of the licence"), "value": Words("内容", "content"),
    "service": Words("办理方式与地点", "service"), "channels": Words("办理形式", "channels"), "online_depth": Words("网办深度（级）", "online depth (level)"),
    "hall": Words("大厅", "hall"), "visits": Words("到现场次数", "visits"), "city_wide": Words("全市通办", "city-wide"), "kiosk": Words("自助终端可办", "at a kiosk"),
    "street": Words("街镇中心", "street centres"), "appointment": Words("可以预约", "by appointment"), "post": Words("可以邮寄", "by post"),
    "tolerance": Words("容缺受理", "accepted with gaps"), "commitment": Words("告知承诺", "by commitment"),
    "remedies": Words("救济途径", "remedies"), "reconsideration": Words("行政复议", "reconsideration"), "lawsuit": Words("行政诉讼", "lawsuit"),
    "body": Words("机关", "body"), "within": Words("多久以内", "within"), "citations": Words("依据", "citation"),
    "StatuteSource.kind": Words("依据种类", "kind of source"),
    "law": Words("法律文本", "text of the law"), "article": Words("第几条", "article"), "quote": Words("引文", "quotation"), "note": Words("说明", "note"),
    "sources": Words("出处", "what it rests on"), "local_code": Words("地方基本编码", "local basic code"), "handling_code": Words("业务办理项编码", "handling code"),
    "entrusted_by": Words("委托部门", "entrusted by"), "joint_bodies": Words("联办机构", "jointly with"), "special": Words("特别法", "special law"),
    "silence": Words("“逾期不告知即受理”的依据", "who says that silence accepts"), "intermediaries": Words("中介服务", "service commissioned elsewhere"),
    "special_procedures": Words("特别程序", "special procedures"), "statutory_note": Words("法定办结时限说明", "note on the statutory limit"),
    "promised_note": Words("承诺办结时限说明", "note on the promised limit"), "origin_note": Words("来源渠道说明", "how to get it"),
    "paper_size": Words("纸质材料规格", "paper size"), "filling": Words("填报须知", "how to fill it in"), "reduction": Words("允许减免", "reduction"),
    "pay_online": Words("网上支付", "paid online"), "on_site_reason": Words("必须现场办理的原因", "why one has to come"), "range": Words("通办范围", "range"),
    "enquiries": Words("咨询方式", "enquiries"), "complaints": Words("监督投诉方式", "complaints"), "faq": Words("常见问题", "frequent question"),
    "question": Words("问题", "question"), "answer": Words("回答", "answer"),
}  # fmt: skip

UNITS = {
    "working-day": Words("个工作日", "working days"), "calendar-day": Words("日（自然日）", "days"), "month": Words("个月", "months"), "year": Words("年", "years"),
}  # fmt: skip
YES, NO = Words("是", "yes"), Words("否", "no")


def label_of(field: Field) -> Words:
    """What a field is called; by its own name where nobody has named it yet."""
    return _FIELDS.get(field.key) or _FIELDS.get(field.name) or Words(field.name, field.name)


def value_words(field: Field, value: object) -> Words:
    """What one of a field's values is called; the value itself where it has no name."""
    if isinstance(value, bool):
        return YES if value else NO
    return VALUES.get(field.key, {}).get(str(value)) or Words(str(value), str(value))


def named(field: Field) -> bool:
    """Whether every label a reader sees of the field has words."""
    known = field.key in _FIELDS or field.name in _FIELDS
    return known and all(choice in VALUES.get(field.key, {}) for choice in field.choices)
