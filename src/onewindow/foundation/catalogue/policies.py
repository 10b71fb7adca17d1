"""What may be done to the catalogue."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

IMPORT = Permission("catalogue.import", Words("导入事项清单", "import the catalogue"))
KEEP_REGISTER = Permission("catalogue.register", Words("维护事项目录", "keep the register of items"))
PUBLISH = Permission("catalogue.publish", Words("发布事项", "publish an item"))
WITHDRAW = Permission("catalogue.withdraw", Words("撤下事项", "withdraw an item"))
