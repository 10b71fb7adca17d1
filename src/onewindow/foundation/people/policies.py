"""What may be done to the records of applicants."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

REGISTER = Permission("people.register", Words("登记办事人", "register an applicant"))
ERASE = Permission("people.erase", Words("删除个人信息", "erase personal data"))
MERGE = Permission("people.merge", Words("合并重复的办事人", "merge duplicate applicants"))
