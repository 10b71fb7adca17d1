"""The words of the codes in a workbook: GB/T 39046 annex A and the national tables where they have them, else our own."""

from __future__ import annotations

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
    "service.range": {"nation": "跨省", "city": "全市", "district": "全区", "town": "街镇"},
    "special_procedures": {
        "extension": "延长审批", "hearing": "听证", "tender": "招标", "auction": "拍卖", "inspection": "检验", "testing": "检测", "quarantine": "检疫",
        "appraisal": "鉴定", "expert-review": "专家评审",
    },
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
