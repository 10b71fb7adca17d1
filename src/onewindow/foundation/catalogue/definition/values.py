"""What the values of a definition's fields are called, in both languages, by ``Part.field`` and value."""

from __future__ import annotations

from onewindow.kernel.identifiers.implementation_code import ITEM_TYPES
from onewindow.kernel.words import Words

VALUES: dict[str, dict[str, Words]] = {
    "Definition.schema": {"onewindow.item/1": Words("onewindow.item/1", "onewindow.item/1")},
    "Definition.item_type": {code: Words(name.zh, name.en) for code, name in ITEM_TYPES.items()},
    "Definition.level": dict(zip("1234567", (
        Words("国家级", "national"), Words("省级", "provincial"), Words("市级", "city"), Words("县（区）级", "district"),
        Words("镇（乡、街道）级", "town or street"), Words("村（社区）级", "village or community"), Words("分级管理", "at several levels"),
    ), strict=True)),
    "Definition.power_source": dict(zip("123456", (
        Words("法定本级行使", "by law its own"), Words("上级下放", "passed down"), Words("上级授权", "granted from above"), Words("同级授权", "granted by a peer"),
        Words("上级委托", "entrusted from above"), Words("同级委托", "entrusted by a peer"),
    ), strict=True)),
    "Definition.handling_type": {"1": Words("即办件", "done on the spot"), "2": Words("承诺件", "promised by a day")},
    "Definition.handling_mode": {
        "1": Words("自办件", "handled alone"), "2": Words("初审件", "first review"), "3": Words("联办件", "handled jointly"), "4": Words("转报件", "passed on"),
    },
    "Definition.service_objects": {
        "1": Words("自然人", "natural persons"), "2": Words("企业法人", "companies"), "3": Words("事业法人", "public institutions"),
        "4": Words("社会组织法人", "social organisations"), "5": Words("行政机关", "public bodies"), "6": Words("其他组织", "other organisations"),
    },
    "Definition.life_events": dict(zip(
        ("birth", "schooling", "work", "housing", "marriage", "moving", "ageing", "illness", "death",
         "founding", "premises", "hiring", "operating", "changing", "closing"),
        (Words("出生", "birth"), Words("上学", "schooling"), Words("就业", "work"), Words("住房", "housing"), Words("婚姻", "marriage"), Words("落户", "moving"),
         Words("养老", "ageing"), Words("就医", "illness"), Words("身后", "death"), Words("企业开办", "founding"), Words("经营场所", "premises"), Words("用工", "hiring"),
         Words("经营", "operating"), Words("变更", "changing"), Words("注销", "closing")), strict=True)),
    "Department.nature": {
        "1": Words("法定机关", "body set up by law"), "2": Words("授权组织", "authorised organisation"), "3": Words("受委托组织", "entrusted organisation"),
        "9": Words("其他", "other"),
    },
    "Limit.unit": {
        "working-day": Words("工作日", "working days"), "calendar-day": Words("自然日", "days"), "month": Words("个月", "months"), "year": Words("年", "years"),
    },
    "Fee.due": {"delivery": Words("领结果之前", "before the result is handed over"), "decision": Words("作出决定之前", "before the decision")},
    "Question.kind": {"one": Words("单选", "one answer"), "many": Words("可多选", "any number")},
    "Material.kind": {"1": Words("证件证书证明", "licence or proof"), "2": Words("申请表格文书", "form or paper of one's own"), "3": Words("其他", "other")},
    "Material.need": {"1": Words("必要", "necessary"), "2": Words("非必要", "if there is one"), "3": Words("容缺后补", "may follow later")},
    "Material.form": {"1": Words("纸质", "paper"), "2": Words("电子", "file"), "3": Words("纸质或者电子", "paper or file")},
    "Material.origin": {"10": Words("申请人自备", "the applicant's own"), "20": Words("政府部门核发", "issued by a public body"), "99": Words("其他", "other")},
    "SampleFile.kind": {
        "jpeg": Words("照片（JPEG）", "photo (JPEG)"), "png": Words("图片（PNG）", "picture (PNG)"), "webp": Words("图片（WebP）", "picture (WebP)"),
        "pdf": Words("PDF 文件", "PDF file"),
    },
    "AcceptancePoint.check": {
        "look": Words("看内容", "content"), "complete": Words("是否填全", "complete"), "seal": Words("盖章", "seal"), "signature": Words("签字", "signature"),
        "in-date": Words("有效期", "in date"), "matches": Words("与表单一致", "agrees with the form"),
    },
    "FormField.kind": {
        "text": Words("文字", "text"), "number": Words("数字", "number"), "date": Words("日期", "date"), "choice": Words("选择", "choice"),
        "id-number": Words("身份证号码", "ID number"), "credit-code": Words("统一社会信用代码", "credit code"), "phone": Words("电话", "phone"),
        "address": Words("地址", "address"),
    },
    "FormField.prefill": {
        "applicant.name": Words("申请人名称", "applicant's name"), "applicant.credit-code": Words("申请人信用代码", "applicant's credit code"),
        "applicant.id-number": Words("申请人身份证号", "applicant's ID number"), "applicant.legal-person": Words("法定代表人", "legal representative"),
        "applicant.address": Words("申请人地址", "applicant's address"), "applicant.phone": Words("申请人电话", "applicant's phone"),
        "agent.name": Words("经办人姓名", "agent's name"), "agent.id-number": Words("经办人身份证号", "agent's ID number"),
        "agent.phone": Words("经办人电话", "agent's phone"),
    },
    "FieldCheck.rule": {
        "minimum": Words("不小于", "at least"), "maximum": Words("不大于", "at most"), "pattern": Words("格式", "pattern"), "past": Words("今天以前", "in the past"),
        "future": Words("今天以后", "in the future"),
    },
    "Step.kind": {
        "review": Words("审查", "review"), "site-visit": Words("现场核查", "site visit"), "expert-review": Words("专家评审", "expert review"),
        "hearing": Words("听证", "hearing"), "consultation": Words("征求意见", "consultation"), "publicity": Words("公示", "publicity"),
        "decision": Words("决定", "decision"), "issuing": Words("制证", "issuing"),
    },
    "Step.role": {
        "clerk": Words("综窗人员", "window clerk"), "specialist": Words("中台专业支撑", "specialist"), "approver": Words("后台审批", "approver"),
        "handover": Words("出件窗口", "delivery clerk"),
    },
    "Result.kind": {"10": Words("证照", "licence"), "20": Words("批文", "official reply"), "30": Words("其他", "other")},
    "Service.channels": {
        "1": Words("窗口", "window"), "2": Words("电脑端", "computer"), "3": Words("移动端", "phone"), "4": Words("快递", "courier"), "9": Words("其他", "other"),
    },
    "Service.hall": {"A": Words("A 厅（法人事项）", "hall A (companies)"), "B": Words("B 厅（个人事项）", "hall B (individuals)")},
    "Service.street": {"none": Words("不办", "not there"), "forward": Words("收件转送", "received and forwarded"), "direct": Words("直接受理", "accepted there")},
    "StatuteSource.kind": {"statute": Words("法律条文", "statute"), "unverified": Words("待核对", "unverified"), "demo": Words("演示", "demo")},
    "UnverifiedSource.kind": {"unverified": Words("待核对", "unverified")}, "DemoSource.kind": {"demo": Words("演示", "demo")},
    "Definition.special_procedures": {
        "extension": Words("延长审批", "extension"), "hearing": Words("听证", "hearing"), "tender": Words("招标", "tender"), "auction": Words("拍卖", "auction"),
        "inspection": Words("检验", "inspection"), "testing": Words("检测", "testing"),
        "quarantine": Words("检疫", "quarantine"), "appraisal": Words("鉴定", "appraisal"),
        "expert-review": Words("专家评审", "expert review"),
    },
    "Service.range": {"nation": Words("跨省", "nation"), "city": Words("全市", "city"), "district": Words("全区", "district"), "town": Words("街镇", "town")},
}  # fmt: skip
