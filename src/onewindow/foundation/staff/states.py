"""The lives of a department, a member of staff and an authorisation."""

from onewindow.foundation.staff.policies import APPOINT, AUTHORISE, OWN_PASSWORD
from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words

DEPARTMENT = Machine(
    "department",
    Words("部门", "Department"),
    [State("active", Words("在册", "active"), "go")],
    [Move("enter", frozenset({NEW}), "active", APPOINT, "staff.department_entered", Words("进驻", "enter"))],
)

STAFF = Machine(
    "staff",
    Words("工作人员", "Member of staff"),
    [State("active", Words("在岗", "active"), "go"), State("suspended", Words("停用", "suspended"), "stop")],
    [
        Move("appoint", frozenset({NEW}), "active", APPOINT, "staff.appointed", Words("任用", "appoint")),
        Move("reassign", frozenset({"active"}), "active", APPOINT, "staff.reassigned", Words("调整岗位", "reassign")),
        Move(
            "reset-password", frozenset({"active"}), "active", APPOINT, "staff.password_reset", Words("重设密码", "reset the password"),
        ),
        Move(
            "change-password", frozenset({"active"}), "active", OWN_PASSWORD, "staff.password_changed",
            Words("修改密码", "change the own password"),
        ),
        Move("sign-in", frozenset({"active"}), "active", OWN_PASSWORD, "staff.signed_in", Words("登录", "sign in")),
        Move("suspend", frozenset({"active"}), "suspended", APPOINT, "staff.suspended", Words("停用", "suspend")),
        Move("reinstate", frozenset({"suspended"}), "active", APPOINT, "staff.reinstated", Words("恢复", "reinstate")),
    ],
)  # fmt: skip

# Why an account is closed or opened again: a closed list, so that the ledger keeps it and no words about a person.
SUSPENDED_BECAUSE = {
    "left": Words("离职", "left the service"),
    "moved": Words("调离本中心", "moved elsewhere"),
    "leave": Words("长期休假", "on long leave"),
    "security": Words("账号安全", "security of the account"),
    "discipline": Words("按单位决定停用", "by decision of the office"),
}
REINSTATED_BECAUSE = {
    "back": Words("返岗", "back at work"),
    "cleared": Words("核实无误", "found in order"),
    "mistake": Words("误停用", "suspended by mistake"),
}

AUTHORISATION = Machine(
    "authorisation",
    Words("授权", "Authorisation"),
    [State("valid", Words("有效", "valid"), "go"), State("withdrawn", Words("收回", "withdrawn"), "stop")],
    [
        Move("authorise", frozenset({NEW}), "valid", AUTHORISE, "staff.authorised", Words("授权", "authorise")),
        Move("withdraw", frozenset({"valid"}), "withdrawn", AUTHORISE, "staff.authorisation_withdrawn", Words("收回授权", "withdraw")),
    ],
)
