"""Who may do what, and who it is that asks."""

from __future__ import annotations

from onewindow.kernel.errors.refusal import Refusal


class NotPermitted(Refusal):
    """The actor lacks the permission the verb asks for."""

    code = "not-permitted"
    status = 403
    zh = "您的岗位没有“{permission}”权限，未作任何改动。如工作需要，请联系大厅经理或信息管理员开通。"
    en = "Your post does not carry the permission “{permission}”; nothing was changed. If your work needs it, ask the hall manager or the IT office."


class NotAuthorised(Refusal):
    """No valid authorisation record lets this clerk act for this department (whose act it is)."""

    code = "not-authorised"
    status = 403
    zh = "{department}对“{item}”的{scope}授权不存在或已过期，暂不能办理。材料未受影响，请联系大厅经理补办授权后继续。"
    en = "{department} has given no valid authorisation to {scope} “{item}”. The materials are safe; ask the hall manager to have the authorisation renewed, then go on."


class SamePerson(Refusal):
    """The acceptor of a case may not decide it (收件审批分离)."""

    code = "same-person"
    status = 403
    zh = "该件由您受理，按“收件审批分离”不能再由您审批，未作任何改动。请转交本科室其他审批人员。"
    en = "You accepted this case, so you may not also decide it; nothing was changed. Please pass it to another approver of the section."


class SessionExpired(Refusal):
    """The session ended; what was saved is safe."""

    code = "session-expired"
    status = 401
    zh = "登录已过期，请重新登录。已提交的内容都已保存；登录后会回到刚才的页面。"
    en = "Your session has ended; please sign in again. Everything submitted is saved, and you will return to the page you were on."


class IdentityUnverified(Refusal):
    """Who sits here is only what a ticket says; nobody has compared their document yet."""

    code = "identity-unverified"
    status = 409
    zh = "还没有核对来人的证件，暂不能收件，未作任何改动。请看着证件原件输入号码后四位，再收件。"
    en = (
        "Nobody has checked this person's document yet, so nothing can be taken in; nothing was changed. "
        "Please look at the original, type the last four characters of its number, then go on."
    )


class TooManyAttempts(Refusal):
    """Wrong passwords or codes too often; `minutes` says how long to wait."""

    code = "too-many-attempts"
    status = 429
    zh = "输错次数太多，为保护信息已暂停尝试，没有作任何改动。请 {minutes} 分钟后再试；等不及时，请到窗口或找信息管理员。"
    en = (
        "There were too many wrong entries, so trying is paused to protect people's information; nothing was changed. "
        "Please try again in {minutes} min, or ask at a window or the IT office."
    )


class OwnAccount(Refusal):
    """Nobody suspends, promotes or resets themself: accounts are another's business."""

    code = "own-account"
    status = 403
    zh = "这是您自己的账号，不能由您自己{verb}，未作任何改动。请由另一位信息管理员办理。"
    en = "This is your own account, so you may not {verb} it; nothing was changed. Please ask another administrator."


class LastAdministrator(Refusal):
    """Without this account nobody could manage accounts any more."""

    code = "last-administrator"
    status = 409
    zh = "这是最后一位在岗的信息管理员，停用或调离后就没有人能管理账号了，未作任何改动。请先任用另一位信息管理员。"
    en = "This is the last active administrator; without it nobody could manage accounts. Nothing was changed. Please appoint another administrator first."


class AtWork(Refusal):
    """An account is not suspended under the hands of a clerk who has a visitor."""

    code = "at-work"
    status = 409
    zh = "{person}正在{window}接待 {ticket} 号，现在停用会打断这次办理，未作任何改动。请等这位群众办完，或请大厅经理先换人接手，再停用。"
    en = (
        "{person} is serving {ticket} at {window}; suspending now would cut the visit short, so nothing was changed. "
        "Please wait until it ends, or ask the hall manager to have somebody take over."
    )
