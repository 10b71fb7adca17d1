"""What may be done about the calendar."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

PUBLISH = Permission("holidays.publish", Words("公布放假通知", "publish a holiday notice"))
