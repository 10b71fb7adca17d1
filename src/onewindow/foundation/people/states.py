"""The lives of an applicant's record and of an agency."""

from onewindow.foundation.people.policies import ERASE, REGISTER
from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words

PARTY = Machine(
    "party",
    Words("办事人", "Applicant"),
    [State("known", Words("在册", "known"), "go"), State("erased", Words("已删除", "erased"), "stop")],
    [
        Move("register", frozenset({NEW}), "known", REGISTER, "people.registered", Words("登记", "register")),
        Move("amend", frozenset({"known"}), "known", REGISTER, "people.amended", Words("更正", "amend")),
        Move("erase", frozenset({"known"}), "erased", ERASE, "people.erased", Words("删除个人信息", "erase")),
    ],
)

AGENCY = Machine(
    "agency",
    Words("委托", "Agency"),
    [State("valid", Words("有效", "valid"), "go"), State("ended", Words("终止", "ended"), "stop")],
    [
        Move("appoint", frozenset({NEW}), "valid", REGISTER, "people.agent_appointed", Words("委托", "appoint an agent")),
        Move("end", frozenset({"valid"}), "ended", REGISTER, "people.agency_ended", Words("终止委托", "end the agency")),
    ],
)
