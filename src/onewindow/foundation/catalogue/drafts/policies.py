"""What may be done to a draft. Each department writes and reviews its own items; the centre's chief editor approves."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

DRAFT = Permission("catalogue.draft", Words("编写事项", "write an item's definition"))
REVIEW = Permission("catalogue.review", Words("审核本部门事项", "review an item of the own department"))
APPROVE = Permission("catalogue.approve", Words("批准事项", "approve an item for publication"))
