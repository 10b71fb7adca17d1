"""What may be done to places, and under which permission."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

ESTABLISH = Permission("places.establish", Words("设立场所", "set up a site"))
STAND = Permission("places.stand", Words("登录窗口", "open a window"))
