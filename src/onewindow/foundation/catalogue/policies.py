"""What may be done to the catalogue."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

PUBLISH = Permission("catalogue.publish", Words("发布事项", "publish an item"))
