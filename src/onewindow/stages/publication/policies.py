"""What may be done about published permits."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

PUBLISH = Permission("publication.publish", Words("公示行政许可", "publish granted permits"))
MARK = Permission("publication.mark", Words("标注许可失效", "mark a permit as ended"))
ASK = Permission("publication.ask", Words("申请不公开", "ask that something is not published"))
DECIDE = Permission("publication.decide", Words("决定是否公开", "decide what is not published"))
