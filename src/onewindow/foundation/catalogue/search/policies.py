"""What may be done about searches that found nothing."""

from onewindow.kernel.permissions import Permission
from onewindow.kernel.words import Words

KEEP_WORDS = Permission("catalogue.words", Words("维护事项的说法", "keep what items are called"))
