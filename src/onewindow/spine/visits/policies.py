"""What may be done in a visit."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

SIT = Permission("visits.sit", Words("接待办事人", "serve a visitor"))
VERIFY = Permission("visits.verify", Words("核对证件", "check a visitor's document"))
