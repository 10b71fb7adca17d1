"""What may be done in the queue."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

TAKE = Permission("queueing.take", Words("取号", "take a ticket"))
CALL = Permission("queueing.call", Words("叫号", "call"))
WATCH = Permission("queueing.watch", Words("查看排队", "watch the queue"))
