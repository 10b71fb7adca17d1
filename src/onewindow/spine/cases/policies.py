"""What may be done to a case, each under the permission of the stage that does it."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

RECEIVE = Permission("acceptance.receive", Words("收件", "receive an application"))
CHECK = Permission("acceptance.check", Words("核对材料", "check materials"))
ACCEPT = Permission("acceptance.accept", Words("受理", "accept"))
CORRECT = Permission("acceptance.correct", Words("一次性告知补正", "give the one-time correction notice"))
REFUSE = Permission("acceptance.refuse", Words("不予受理", "refuse acceptance"))
VOID = Permission("acceptance.void", Words("撤回误受理", "void a wrong acceptance"))
VOID_ANY = Permission("acceptance.void-any", Words("撤回他人的误受理", "void an acceptance made by somebody else"))
REISSUE = Permission("cases.reissue", Words("补发文书", "reissue a document"))
BRING = Permission("acceptance.bring", Words("转入同办结果", "bring in what another case of the same filing gave"))
DECIDE = Permission("approval.decide", Words("审批决定", "decide"))
RECOMPUTE = Permission("cases.recompute", Words("重算期限", "recompute deadlines"))
SET_ASIDE = Permission("approval.set-aside", Words("办理特别程序", "carry out a special procedure"))
HAND_OVER = Permission("delivery.hand-over", Words("发放结果", "hand over results"))
