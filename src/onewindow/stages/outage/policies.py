"""What may be done about an outage."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

DECLARE = Permission("outage.declare", Words("登记停机", "declare an outage"))
PRINT = Permission("outage.print", Words("印制备用凭证", "print reserve booklets"))
ENTER = Permission("outage.enter", Words("停机补录", "enter hand-written receipts"))
CONFIRM = Permission("outage.confirm", Words("核对补录", "confirm what was entered"))
