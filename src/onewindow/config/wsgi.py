"""The web process's entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
application = get_wsgi_application()

from onewindow.kernel.pulses.beating import in_a_thread  # noqa: E402

in_a_thread("web")
