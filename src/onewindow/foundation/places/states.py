"""The lives of a site and of a window."""

from onewindow.foundation.places.policies import ESTABLISH, STAND
from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words

SITE = Machine(
    "site",
    Words("中心", "Site"),
    [State("open", Words("开放", "open"), "go")],
    [
        Move("establish", frozenset({NEW}), "open", ESTABLISH, "places.site_established", Words("设立", "establish")),
        Move("amend", frozenset({"open"}), "open", ESTABLISH, "places.site_amended", Words("变更", "amend")),
        Move("reschedule", frozenset({"open"}), "open", ESTABLISH, "places.hours_changed", Words("调整开放时间", "change the opening hours")),
        Move("rename-hall", frozenset({"open"}), "open", ESTABLISH, "places.hall_renamed", Words("大厅改名", "rename a hall")),
        Move("recount", frozenset({"open"}), "open", ESTABLISH, "places.former_windows_recounted", Words("登记原部门专窗", "record the former windows")),
    ],
)

WINDOW = Machine(
    "window",
    Words("窗口", "Window"),
    [State("closed", Words("未开", "closed")), State("open", Words("开放", "open"), "go"), State("out", Words("暂停服务", "out of service"), "stop")],
    [
        Move("install", frozenset({NEW}), "closed", ESTABLISH, "places.window_installed", Words("设置", "install")),
        Move("open", frozenset({"closed", "out"}), "open", STAND, "places.window_opened", Words("登录窗口", "open the window")),
        Move("pause", frozenset({"closed"}), "out", ESTABLISH, "places.window_paused", Words("暂停窗口", "take out of service")),
        Move("resume", frozenset({"out"}), "closed", ESTABLISH, "places.window_resumed", Words("恢复窗口", "put back into service")),
        Move("vacate", frozenset({"open"}), "closed", ESTABLISH, "places.window_vacated", Words("收回窗口", "clear the window")),
        Move("close", frozenset({"open"}), "closed", STAND, "places.window_closed", Words("离开窗口", "leave the window")),
    ],
)
