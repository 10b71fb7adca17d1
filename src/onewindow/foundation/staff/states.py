"""The lives of a department, a member of staff and an authorisation."""

from onewindow.foundation.staff.policies import APPOINT, AUTHORISE
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
        Move("suspend", frozenset({"active"}), "suspended", APPOINT, "staff.suspended", Words("停用", "suspend")),
        Move("reinstate", frozenset({"suspended"}), "active", APPOINT, "staff.reinstated", Words("恢复", "reinstate")),
    ],
)

AUTHORISATION = Machine(
    "authorisation",
    Words("授权", "Authorisation"),
    [State("valid", Words("有效", "valid"), "go"), State("withdrawn", Words("收回", "withdrawn"), "stop")],
    [
        Move("authorise", frozenset({NEW}), "valid", AUTHORISE, "staff.authorised", Words("授权", "authorise")),
        Move("withdraw", frozenset({"valid"}), "withdrawn", AUTHORISE, "staff.authorisation_withdrawn", Words("收回授权", "withdraw")),
    ],
)
