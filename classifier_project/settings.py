"""Settings, from the environment alone; docs/settings.md lists every variable."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from classifier.conf import SETTINGS, Conf
from classifier.process.addresses import LOOPBACK, is_loopback, lan_addresses
from classifier_project.env import SQLITE, Environment, Variables, database, mail, script_name, secret_key, time_zone
from classifier_project.logs import logging_config
from classifier_project.storages import storage

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
env.read_env(BASE_DIR / ".env")

DEVELOPMENT = env.read(Variables.DEBUG)
HOST = env.read(Variables.HOST)
PORT = env.read(Variables.PORT)
BEHIND_TLS_PROXY = env.read(Variables.BEHIND_TLS_PROXY)
# A developer's server that this machine alone can reach.
OWN_MACHINE = DEVELOPMENT and is_loopback(HOST) and not BEHIND_TLS_PROXY
DEBUG = (
    False  # whoever meets an error gets a page of ours; classifier.api.technical_pages shows staff what Django knows
)
DATA_DIR = BASE_DIR / env.read(Variables.DATA_DIR)
SECRET_KEY = secret_key(env.read(Variables.SECRET_KEY), debug=DEVELOPMENT, data_dir=DATA_DIR)
PLAIN_HTTP = env.read(Variables.PLAIN_HTTP, debug=DEVELOPMENT and not BEHIND_TLS_PROXY)
ALLOWED_HOSTS = [*env.read(Variables.ALLOWED_HOSTS)]
if DEVELOPMENT or PLAIN_HTTP:
    ALLOWED_HOSTS += LOOPBACK
    if not is_loopback(HOST):
        ALLOWED_HOSTS += lan_addresses()

_application = {row.name: env.value_of(row) for row in SETTINGS}
vars().update(_application)  # what the application reads through classifier.conf, and checks

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "knox",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",
    "classifier",  # before rest_framework, whose pages it names; after those whose desks it takes away
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
]
MIDDLEWARE = [
    "classifier.server.request_log.RequestLog",
    "classifier.api.middleware.NoStore",
    "classifier.api.middleware.HttpsOnly",
    "django.middleware.security.SecurityMiddleware",
    "classifier.web.csp.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "classifier.api.language.LanguageOfPages",
    "classifier.api.middleware.HostChecked",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "classifier.web.local_time.LocalTime",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "classifier.web.refused.RefusedPages",
]
ROOT_URLCONF = "classifier_project.urls"
WSGI_APPLICATION = "classifier_project.wsgi.application"
ASGI_APPLICATION = "classifier_project.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASE_MAX_CONNECTIONS = env.read(Variables.DATABASE_MAX_CONNECTIONS)
_database = database(env.read(Variables.DATABASE_URL), data_dir=DATA_DIR)
if _database["ENGINE"] == SQLITE:
    # Durable and fit for many writers: a transaction takes the write lock when it begins, and waits for it.
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # Closing the last connection to SQLite writes its whole journal back: a lone client would wait for that each time.
    _database["CONN_MAX_AGE"] = None
else:
    # A thread has a connection from the pool for as long as a request takes; one that died is never handed out.
    _database["CONN_MAX_AGE"], _database["CONN_HEALTH_CHECKS"] = 0, True
    _pool = {"min_size": 1, "max_size": DATABASE_MAX_CONNECTIONS, "timeout": 3.0}
    _database["OPTIONS"] = {**_database.get("OPTIONS", {}), "pool": _pool}
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FORCE_SCRIPT_NAME = script_name(env.read(Variables.FORCE_SCRIPT_NAME))
_below = FORCE_SCRIPT_NAME or ""
STATIC_URL = f"{_below}/static/"
WHITENOISE_STATIC_PREFIX = "/static/"  # without what the proxy takes away
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_ROOT = DATA_DIR / "media"
STORAGE_URL = env.read(Variables.STORAGE_URL)
if STORAGE_URL:
    vars()[Conf.x_accel_prefix.name] = ""  # nginx has no folder to send from
STORAGES: dict[str, dict[str, Any]] = {
    "default": storage(STORAGE_URL),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
WHITENOISE_AUTOREFRESH = OWN_MACHINE  # a file that was edited is served as it is now
WHITENOISE_MAX_AGE = 0 if OWN_MACHINE else 60
# A multipart body has the photo, its headers and a few short fields; the photo's own limit is checked by its reader.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # larger photos wait for their turn on the disk
FILE_UPLOAD_HANDLERS = [
    "classifier.storage.upload_handlers.BoundedUploadHandler",
    "classifier.storage.upload_handlers.NamelessUploadHandler",
]

PASSWORD_HASHERS = ["classifier.accounts.hashing.PooledHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",  # any characters will do: what is easy to guess is on its list
    )
] + [{"NAME": "classifier.accounts.passwords.SignsEverythingOut"}]
# Codes for new passwords go by mail: without a mail server, into development's terminal, and nowhere in production.
EMAIL_URL = env.read(Variables.EMAIL_URL)
MAIL_IS_SENT = bool(EMAIL_URL) or DEVELOPMENT
vars().update(mail(EMAIL_URL))
DEFAULT_FROM_EMAIL = env.read(Variables.DEFAULT_FROM_EMAIL)
OTP_TOTP_ISSUER = "Image classifier"  # what the app on the phone calls it
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # each in its own words
LOCALE_PATHS = [BASE_DIR / "classifier" / "locale"]  # first of all: Django's own words for the same may be others
FORMAT_MODULE_PATH = "classifier.locale"
TIME_ZONE = time_zone(env.read(Variables.TIME_ZONE))
USE_TZ = True

SESSION_ENGINE = "classifier.accounts.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
_prefix = "" if PLAIN_HTTP else "__Host-"  # browsers take such a cookie over https alone, from this very host
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_prefix}sessionid", f"{_prefix}csrftoken"
LANGUAGE_COOKIE_NAME, LANGUAGE_COOKIE_SECURE = f"{_prefix}language", not PLAIN_HTTP
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_AGE = True, "Lax", 365 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # Django's own choice is one more cookie
SECURE_SSL_REDIRECT = not PLAIN_HTTP and env.read(Variables.SECURE_SSL_REDIRECT)
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else env.read(Variables.SECURE_HSTS_SECONDS)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_REDIRECT_EXEMPT = [rf"^{re.escape(_below.removeprefix('/'))}/?(livez|readyz)$"]
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# What classifier.checks tells itself, in one line: weak keys, no hosts, and for PLAIN_HTTP all that it switches off.
SILENCED_SYSTEM_CHECKS = ["security.W009", "security.W020"]
if PLAIN_HTTP:
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]
CSRF_TRUSTED_ORIGINS = [*env.read(Variables.CSRF_TRUSTED_ORIGINS)]
X_FRAME_OPTIONS = "DENY"
CORS_ALLOWED_ORIGINS = [*env.read(Variables.CORS_ALLOWED_ORIGINS)]
if CORS_ALLOWED_ORIGINS:  # by token alone: no other page acts as whoever is signed in here
    INSTALLED_APPS += ["corsheaders"]
    MIDDLEWARE.insert(2, "corsheaders.middleware.CorsMiddleware")
    CORS_URLS_REGEX = r"^/(api|compat)/"
    CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "content-digest", "idempotency-key"]
    CORS_EXPOSE_HEADERS = ["Retry-After", "WWW-Authenticate", "Idempotency-Replayed", "Location", "X-Request-ID"]
    CORS_EXPOSE_HEADERS += ["Content-Disposition", "ETag", "Accept-Ranges", "Content-Range"]  # of files

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "classifier.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "rest_framework.renderers.BrowsableAPIRenderer",
    ],
    "DEFAULT_PARSER_CLASSES": [
        "classifier.api.parsers.BoundedJSONParser",
        "rest_framework.parsers.FormParser",
        "classifier.api.parsers.FormWithFilesParser",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "classifier.api.negotiation.FirstAtOnce",
    "DEFAULT_SCHEMA_CLASS": "classifier.api.schema.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MIGRATION_MODULES = {"knox": None}  # its migrations would make the table of its own token model, which is not used
KNOX_TOKEN_MODEL = "classifier.DeviceToken"  # noqa: S105  # a model, not a token
REST_KNOX = {
    "TOKEN_TTL": timedelta(days=env.read(Conf.token_ttl_days)),
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "classifier.api.errors.Handler",
    "EXCEPTION_FORMATTER_CLASS": "classifier.api.errors.Formatter",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Image classifier",
    "DESCRIPTION": "Send a photo, get its labels; every prediction is kept and can be browsed.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SERVERS": [{"url": FORCE_SCRIPT_NAME}] if FORCE_SCRIPT_NAME else [],
}
LOG_FORMAT = env.read(Variables.LOG_FORMAT, debug=DEVELOPMENT)
LOGGING = logging_config(level=env.read(Variables.LOG_LEVEL), as_json=LOG_FORMAT == "json")
