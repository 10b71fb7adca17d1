"""Who may look at how the installation is, and press a failed job once more."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

LOOK = Permission("health.look", Words("查看运行状况", "see how the installation is"))
RETRY = Permission("health.retry", Words("重试失败的任务", "retry a failed job"))
