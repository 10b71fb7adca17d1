"""What was entered, brought or asked for, and cannot be taken as it is."""

from __future__ import annotations

from onewindow.kernel.errors.refusal import Refusal


class NotFound(Refusal):
    """There is no such thing, or the reader may not know that there is."""

    code = "not-found"
    status = 404
    zh = "没有找到您要的内容。请核对编号或网址后重试；如仍找不到，请到咨询台或拨打中心电话。"
    en = "We could not find what you asked for. Please check the number or the address; if it still cannot be found, ask at the information desk."


class InvalidInput(Refusal):
    """A value does not pass its check; `field` names it and `reason` says why, in both languages."""

    code = "invalid-input"
    status = 422
    zh = "“{field}”有误：{reason_zh}。其他内容已保留，请改正这一项后重新提交。"
    en = "“{field}” is not right: {reason_en}. Everything else is kept; please correct this one and submit again."

    def message(self, language: str = "zh-hans") -> str:
        # A reason may be a whole sentence of an item's definition; the sentence around it has its own full stop.
        return super().message(language).replace("。。", "。").replace(".. ", ". ")


class ReasonMissing(Refusal):
    """The law wants a reason and none was given."""

    code = "reason-missing"
    status = 422
    zh = "作出“{verb}”必须写明理由，未作任何改动。请填写理由后重新提交。"
    en = "“{verb}” needs a stated reason; nothing was changed. Please give the reason and submit again."


class UploadTooLarge(Refusal):
    """More was sent at once than is taken; it was cut off before it was read. `limit` is in megabytes."""

    code = "upload-too-large"
    status = 413
    zh = "一次上传的内容太大（一次最多 {limit} MB），没有接收，此前的内容都安全。请分几次上传，或者把文件缩小后再传。"
    en = "Too much was sent at once (at most {limit} MB), so it was not taken in; everything before it is safe. Please send it in parts, or make the files smaller."


class FileUnfit(Refusal):
    """A file handed in as a material is not one that can be taken; `why` says so of the file called `name`."""

    code = "file-unfit"
    status = 422
    zh = "没有收下“{name}”：{why}。其他材料都已保留。请换一份文件，或者直接拍摄。"
    en = "“{name}” was not taken in: {why}. Everything else is kept. Please choose another file, or photograph the paper here."


class AlreadyEvaluated(Refusal):
    """One sitting, one evaluation; one case, one evaluation."""

    code = "already-evaluated"
    status = 409
    zh = "这次服务已经评价过，没有重复登记。谢谢您；还想反映别的，请到咨询台，或者告诉大厅经理。"
    en = "This service was evaluated already; nothing was entered twice. Thank you; if there is more to say, please tell the information desk or the hall manager."


class CannotMerge(Refusal):
    """Two records cannot become one, or one that was merged cannot be split off; `why` says it, in both languages."""

    code = "cannot-merge"
    status = 409
    zh = "没有合并或分开：{why_zh}。两份记录都没有变化，请核对后再办。"
    en = "Nothing was merged or split: {why_en}. Both records are as they were; please check and try again."
