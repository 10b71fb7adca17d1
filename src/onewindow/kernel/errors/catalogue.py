"""Writing, importing and publishing items."""

from __future__ import annotations

from onewindow.kernel.errors.refusal import Refusal


class FieldTaken(Refusal):
    """Two editors changed the same field of a draft at once: the later one chooses. `theirs` is in the draft, `yours` on the page."""

    code = "field-taken"
    status = 409
    zh = "“{field}”刚被{who}在 {at} 改为“{theirs}”，您写的“{yours}”还没有存，也没有丢。两份都在这一项下面，请选用一份。"
    en = "{who} changed “{field}” at {at} to “{theirs}”; your “{yours}” is not saved yet and not lost. Both stand below the field: please choose one."


class OwnDraft(Refusal):
    """Who wrote in a draft neither reviews nor approves it (编审分离)."""

    code = "own-draft"
    status = 403
    zh = "这份草稿您自己改过，不能由您{verb}，未作任何改动。请由没有参与编写的同事办理。"
    en = "You wrote in this draft yourself, so you may not {verb} it; nothing was changed. Please leave it to a colleague who did not."


class DraftUnsound(Refusal):
    """A draft with faults is neither submitted nor approved; `count` says how many, `first` what the first is."""

    code = "draft-unsound"
    status = 422
    zh = "还有 {count} 处要改，没有{verb}。第一处：{first} 每一处都写在对应的栏目旁边，请改好后再办。"
    en = "{count} thing(s) still need mending, so this was not done ({verb}). The first: {first} Each stands beside its field; please mend them and try again."


class DraftOutdated(Refusal):
    """The version a draft began from is no longer in force: it has to be brought up to the new one first."""

    code = "draft-outdated"
    status = 409
    zh = "起草以后事项已有新的版本（第 {version} 版），没有批准，以免盖掉别人的修改。请退回编写，由编写人并入新版本后再提交。"
    en = "Version {version} of the item was published since; to overwrite nobody's work nothing was approved. Please send the draft back to be brought up to date."


class ImportRefused(Refusal):
    """An import brings in everything or nothing, and something in this file is refused."""

    code = "import-refused"
    status = 409
    zh = "文件里还有 {count} 处不能导入，什么也没有写入。请照报告逐行改正后重新导入。"
    en = "{count} thing(s) in the file cannot be imported, so nothing was written. Please correct them row by row as the report says and import again."


class ImportStale(Refusal):
    """The catalogue changed between the dry run and the import."""

    code = "import-stale"
    status = 409
    zh = "预演之后事项清单又有变化，报告已不作准，什么也没有写入。请看重新做的报告，再确认一次。"
    en = "The catalogue has changed since the dry run, so its report no longer holds and nothing was written. Please look at the new report and confirm again."
