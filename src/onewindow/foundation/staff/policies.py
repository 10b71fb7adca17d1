"""What may be done to departments, staff and authorisations."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

APPOINT = Permission("staff.appoint", Words("任用人员", "appoint staff"))
OWN_PASSWORD = Permission("staff.own-password", Words("登录和修改自己的密码", "sign in and change the own password"))
AUTHORISE = Permission("staff.authorise", Words("登记部门授权", "record a department's authorisation"))
