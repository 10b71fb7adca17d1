"""What may be done to a case, each under the permission of the stage that does it."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

RECEIVE = Permission("acceptance.receive", Words("收件", "receive an application"))
CHECK = Permission("acceptance.check", Words("核对材料", "check materials"))
ACCEPT = Permission("acceptance.accept", Words("受理", "accept"))
CORRECT = Permission("acceptance.correct", Words("一次性告知补正", "give the one-time correction notice"))
REFUSE = Permission("acceptance.refuse", Words("不予受理", "refuse acceptance"))
REISSUE = Permission("cases.reissue", Words("补发文书", "reissue a document"))
DECIDE = Permission("approval.decide", Words("审批决定", "decide"))
RECOMPUTE = Permission("cases.recompute", Words("重算期限", "recompute deadlines"))
HAND_OVER = Permission("delivery.hand-over", Words("发放结果", "hand over results"))
