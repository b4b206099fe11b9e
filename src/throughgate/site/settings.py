"""Django's settings: derived from `config`, never edited by an operator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from throughgate.site import config, database
from throughgate.vault import installation

THROUGHGATE = config.load()
PACKAGE = Path(__file__).parents[1]

DEBUG = False
# Derived from the installation key, which is known only once the server was opened.
SECRET_KEY: Any = SimpleLazyObject(installation.signing_key)
DEMO: Any = SimpleLazyObject(lambda: installation.exists(THROUGHGATE.home) and installation.read(THROUGHGATE.home).demo)

# Which hosts may be asked for is what the operator set as origin; without a proxy only this machine answers.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS: list[str] = []
if THROUGHGATE.origin:
    ALLOWED_HOSTS.append(THROUGHGATE.origin.split("://")[1].split(":")[0])
    CSRF_TRUSTED_ORIGINS.append(THROUGHGATE.origin)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "throughgate.vault",
    "throughgate.access",
    "throughgate.kit",
    "throughgate.codelists",
    "throughgate.people",
    "throughgate.custody",
    "throughgate.casework",
    "throughgate.exchange",
    "throughgate.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "throughgate.access.middleware.HeadersMiddleware",
    "throughgate.access.middleware.SmallPagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "throughgate.access.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "throughgate.access.middleware.ActingMiddleware",
]

ROOT_URLCONF = "throughgate.site.urls"
WSGI_APPLICATION = "throughgate.site.wsgi.application"
ROLE_TABLE = "throughgate.site.roles.TABLE"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "throughgate.kit.context.page",
                "throughgate.site.navigation.navigation",
            ],
        },
    }
]
FORM_RENDERER = "throughgate.kit.renderer.KitRenderer"

DATABASES = {
    "default": database.postgres(THROUGHGATE.database_url)
    if THROUGHGATE.database_url
    else database.embedded(THROUGHGATE.database_file)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Member"
AUTHENTICATION_BACKENDS = ["throughgate.access.signing_in.Backend"]
LOGIN_URL = "access:sign_in"
LOGIN_REDIRECT_URL = "/"
# A function that gives (sign-in name, passphrase, who) rows, shown on the sign-in page of a demo and nowhere else.
DEMO_SIGN_INS = "throughgate.site.demo.sign_ins"

# Cookies carry the __Host- prefix: this host, every path, TLS only (browsers treat loopback as such).
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "throughgate.kit.views.csrf_failure"
KEYS_COOKIE_NAME = "__Host-keys"
DEVICE_COOKIE_NAME = "__Host-device"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 31536000 if THROUGHGATE.origin.startswith("https://") else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Uploads never touch the disk unsealed: what does not fit here is refused (see the upload handler).
FILE_UPLOAD_HANDLERS = ["throughgate.vault.uploads.MemoryOnlyUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = THROUGHGATE.upload_max_mb * 1024 * 1024

LANGUAGE_CODE = THROUGHGATE.language
LANGUAGES = [("be", _("Belarusian")), ("ru", _("Russian")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = THROUGHGATE.time_zone
FORMAT_MODULE_PATH = "throughgate.site.formats"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

TASKS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

THROUGHGATE_IDLE_SECONDS = 15 * 60
THROUGHGATE_ARGON2_KIB = 65536
# Whoever has no second factor sets one up before anything else; never in a demo.
THROUGHGATE_SECOND_FACTOR = True
# What pages leave to a moment later: entries of openings, reading names into memory.
THROUGHGATE_AT_ONCE = False

# Where and what kind, never the text of an exception: it may quote a name (see `logs`).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "throughgate.site.logs.QuietFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers would print to the same place in another form, and mail errors to nobody.
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django_tasks": {"handlers": [], "level": "CRITICAL", "propagate": True},
    },
}
