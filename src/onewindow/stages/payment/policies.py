"""What may be done about fees."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

ISSUE = Permission("payment.issue", Words("开具缴款通知", "issue payment notices"))
REDUCE = Permission("payment.reduce", Words("减免收费", "reduce or waive a fee"))
TAKE = Permission("payment.take", Words("登记到账", "record a payment"))
ASK_REFUND = Permission("payment.ask-refund", Words("提出退付", "ask for a refund"))
APPROVE_REFUND = Permission("payment.approve-refund", Words("审批退付", "approve a refund"))
MAKE_REFUND = Permission("payment.make-refund", Words("办理退付", "make a refund"))
FIND = Permission("payment.find", Words("登记收款疑点", "record a difference about money"))
SETTLE = Permission("payment.settle", Words("对账和处理收款疑点", "reconcile, and settle differences about money"))
