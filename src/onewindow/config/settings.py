"""Django settings: read from the environment, with defaults that run on a laptop.

`DATABASE_URL` names the database of the running role (the command line sets it for the embedded
one); `ONEWINDOW_HOME` the folder for keys and logs.
"""

from __future__ import annotations

import os
import secrets

from django.utils.translation import gettext_lazy as _

from onewindow.config import places_on_disk
from onewindow.config.database import django_database


def _secret() -> str:
    path = places_on_disk.secret_key()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        scratch = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        try:
            with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
                stream.write(secrets.token_urlsafe(48))
                stream.flush()
                os.fsync(stream.fileno())
            os.link(scratch, path)  # whole or not at all, whatever the disk does; fails if another process was first
        except FileExistsError:
            pass
        finally:
            scratch.unlink(missing_ok=True)
    return path.read_text()


SECRET_KEY = os.environ.get("ONEWINDOW_SECRET_KEY") or _secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ONEWINDOW_HOSTS", "127.0.0.1,localhost,testserver").split(",")

# Blocking threads of a process = its pool size (decision 16): a request never waits for a connection.
WEB_THREADS = int(os.environ.get("ONEWINDOW_WEB_THREADS", "4"))
# A database that is away is told to the reader in two seconds; the pool keeps no growing pause, so that pages are back as
# soon as the database is.
POOL = {"min_size": 1, "max_size": WEB_THREADS, "timeout": 2, "reconnect_timeout": 1} if os.environ.get("ONEWINDOW_POOL") else None
DATABASES = {"default": django_database(os.environ.get("DATABASE_URL", ""), pool=POOL)}
APP_ROLE = os.environ.get("ONEWINDOW_APP_ROLE", "onewindow_app")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "onewindow.kernel.counting",
    "onewindow.kernel.attempts",
    "onewindow.kernel.pulses",
    "onewindow.kernel.ledger",
    "onewindow.kernel.relay",
    "onewindow.look",
    "onewindow.foundation.places",
    "onewindow.foundation.catalogue",
    "onewindow.foundation.catalogue.search",
    "onewindow.foundation.people",
    "onewindow.foundation.staff",
    "onewindow.spine.visits",
    "onewindow.spine.cases",
    "onewindow.spine.attachments",
    "onewindow.spine.together",
    "onewindow.spine.holidays",
    "onewindow.stages.queueing",
    "onewindow.stages.acceptance",
    "onewindow.stages.approval",
    "onewindow.stages.delivery",
    "onewindow.stages.notices",
    "onewindow.stages.outage",
    "onewindow.stages.payment",
    "onewindow.stages.publication",
    "onewindow.desks.portal",
    "onewindow.desks.reception",
    "onewindow.desks.counter",
    "onewindow.desks.approver",
    "onewindow.desks.handover",
    "onewindow.desks.board",
    "onewindow.oversight.insight",
    "onewindow.oversight.evaluation",
    "onewindow.desks.evaluator",
    "onewindow.desks.registry",
    "onewindow.oversight.health",
    "onewindow.desks.manager",
    "onewindow.desks.devices",
    "onewindow.desks.tour",
    "onewindow.desks.outage",
    "onewindow.desks.guide",
    "onewindow.desks.office",
    "onewindow.desks.cashier",
    "onewindow.desks.permits",
    "onewindow.desks.editor",
    "onewindow.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onewindow.config.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "onewindow.config.uploads.Uploads",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "onewindow.config.middleware.Refusals",
]

ROOT_URLCONF = "onewindow.config.urls"
WSGI_APPLICATION = "onewindow.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
            "builtins": ["onewindow.look.templatetags.look"],
        },
    }
]

AUTH_USER_MODEL = "staff.Staff"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "/signin/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 8 * 3600
# Behind a proxy that ends TLS, ONEWINDOW_TLS=on: cookies travel encrypted only.
TLS = os.environ.get("ONEWINDOW_TLS", "off") == "on"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "onewindow.config.failures.csrf"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# In a signed cookie: a sentence shown once is not worth a write of the session.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [str(places_on_disk.PACKAGE / "config" / "locale")]

STATIC_URL = "/static/"
STATICFILES_DIRS: list[str] = []
STATIC_ROOT = None  # files are served from where they lie; nothing is collected
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STREAMS_ORIGIN = os.environ.get("ONEWINDOW_STREAMS", "http://127.0.0.1:8001")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own lines carry paths, and with them query codes; what went wrong is logged by config/failures.
    "loggers": {"onewindow": {"level": "INFO"}, "django.request": {"level": "CRITICAL"}, "django.security": {"level": "CRITICAL"}},
}

FIELD_KEYS = str(places_on_disk.field_keys())
SEAL_KEY = str(places_on_disk.seal_key())
ANCHOR = str(places_on_disk.anchor())
VIRTUAL_PHONES = str(places_on_disk.virtual_phones())
VIRTUAL_TREASURY = str(places_on_disk.virtual_treasury())
TRAY = str(places_on_disk.tray())

# Virtual devices, the demonstration district and the 演示 mark on documents; a real centre says "off".
# How often a process looks whether a holiday notice was published, in seconds; "inf": never by itself.
CALENDAR_RENEW_S = float(os.environ.get("ONEWINDOW_CALENDAR_RENEW", "2"))
DEMONSTRATION = os.environ.get("ONEWINDOW_DEMONSTRATION", "on") != "off"

# What carries messages to phones: virtual, http or none. Read and checked by config/notices/gateway.
GATEWAY = os.environ.get("ONEWINDOW_GATEWAY") or ("virtual" if DEMONSTRATION else "none")
GATEWAY_URL = os.environ.get("ONEWINDOW_GATEWAY_URL", "")
GATEWAY_ACCOUNT = os.environ.get("ONEWINDOW_GATEWAY_ACCOUNT", "")
GATEWAY_KEY = os.environ.get("ONEWINDOW_GATEWAY_KEY") or str(places_on_disk.gateway_key())
GATEWAY_SIGNATURE = os.environ.get("ONEWINDOW_GATEWAY_SIGNATURE") or "sm3"
GATEWAY_TIMEOUT = os.environ.get("ONEWINDOW_GATEWAY_TIMEOUT") or "10"
GATEWAY_CA = os.environ.get("ONEWINDOW_GATEWAY_CA", "")

# Who collects fees: virtual, http or none. Read and checked by config/payments.
PAYMENTS = os.environ.get("ONEWINDOW_PAYMENTS") or ("virtual" if DEMONSTRATION else "none")
PAYMENTS_URL = os.environ.get("ONEWINDOW_PAYMENTS_URL", "")
PAYMENTS_ACCOUNT = os.environ.get("ONEWINDOW_PAYMENTS_ACCOUNT", "")
PAYMENTS_KEY = os.environ.get("ONEWINDOW_PAYMENTS_KEY") or str(places_on_disk.payments_key())
PAYMENTS_SIGNATURE = os.environ.get("ONEWINDOW_PAYMENTS_SIGNATURE") or "sm3"
PAYMENTS_TIMEOUT = os.environ.get("ONEWINDOW_PAYMENTS_TIMEOUT") or "10"
PAYMENTS_CA = os.environ.get("ONEWINDOW_PAYMENTS_CA", "")

# Where papers come out: virtual, none or an ipp(s) address. Read and checked by instruments/printing/installed.
PRINTER = os.environ.get("ONEWINDOW_PRINTER") or ("virtual" if DEMONSTRATION else "none")
TICKET_PRINTER = os.environ.get("ONEWINDOW_TICKET_PRINTER") or ("virtual" if DEMONSTRATION else "none")
PRINTER_TIMEOUT = os.environ.get("ONEWINDOW_PRINTER_TIMEOUT") or "8"
PRINTER_CA = os.environ.get("ONEWINDOW_PRINTER_CA", "")
# The address people reach this centre under, for the codes on papers; else the one the page was asked for under.
PUBLIC_ADDRESS = os.environ.get("ONEWINDOW_PUBLIC_ADDRESS", "").rstrip("/")

# What is taken in at once, in megabytes: one file, all files of one form, and a form that takes none.
UPLOAD_FILE_MB = int(os.environ.get("ONEWINDOW_UPLOAD_MB") or 20)
UPLOAD_REQUEST_MB, UPLOAD_FORM_MB = 3 * UPLOAD_FILE_MB, 3
FILE_UPLOAD_HANDLERS = ["onewindow.config.uploads.InMemory"]

# A monitor asks /office/health.json with this as its bearer token; without one only staff of the IT office may.
HEALTH_TOKEN = os.environ.get("ONEWINDOW_HEALTH_TOKEN", "")

# Pages of exactly these origins may open a stream.
STREAM_ORIGINS = os.environ.get("ONEWINDOW_ORIGINS", "http://127.0.0.1:8000").split(",")
CSRF_TRUSTED_ORIGINS = STREAM_ORIGINS
