"""What may be done with evaluations."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

GIVE = Permission("evaluation.give", Words("作出评价", "evaluate"))
READ = Permission("evaluation.read", Words("查看评价", "read evaluations"))
FOLLOW = Permission("evaluation.follow", Words("差评回访", "follow up bad evaluations"))
