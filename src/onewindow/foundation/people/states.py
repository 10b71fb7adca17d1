"""The lives of an applicant's record and of an agency."""

from onewindow.foundation.people.policies import ERASE, MERGE, REGISTER
from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words

PARTY = Machine(
    "party",
    Words("办事人", "Applicant"),
    [
        State("known", Words("在册", "known"), "go"),
        State("merged", Words("已并入另一份", "merged into another"), "done"),
        State("erased", Words("已删除", "erased"), "stop"),
    ],
    [
        Move("register", frozenset({NEW}), "known", REGISTER, "people.registered", Words("登记", "register")),
        Move("amend", frozenset({"known"}), "known", REGISTER, "people.amended", Words("更正", "amend")),
        Move("merge", frozenset({"known"}), "merged", MERGE, "people.merged", Words("并入另一份", "merge into another")),
        Move("absorb", frozenset({"known"}), "known", MERGE, "people.absorbed", Words("并进另一份", "take another in")),
        Move("split", frozenset({"merged"}), "known", MERGE, "people.split", Words("分开", "split off")),
        Move("release", frozenset({"known"}), "known", MERGE, "people.released", Words("分出另一份", "let another go")),
        Move("erase", frozenset({"known", "merged"}), "erased", ERASE, "people.erased", Words("删除个人信息", "erase")),
    ],
)

AGENCY = Machine(
    "agency",
    Words("委托", "Agency"),
    [State("valid", Words("有效", "valid"), "go"), State("ended", Words("终止", "ended"), "stop")],
    [
        Move("appoint", frozenset({NEW}), "valid", REGISTER, "people.agent_appointed", Words("委托", "appoint an agent")),
        Move("repoint", frozenset({"valid"}), "valid", MERGE, "people.agency_repointed", Words("改挂", "point to the record that remains")),
        Move("end", frozenset({"valid"}), "ended", REGISTER, "people.agency_ended", Words("终止委托", "end the agency")),
    ],
)
