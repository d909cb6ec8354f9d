"""The one settings file: everything comes from the environment, closed by default.

The variables are listed in docs/operation.md. Importing this module starts no server:
`manage.py services start`, `manage.py demo` and the tests do.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from marketplace import oidc
from marketplace.embedded import postgres, valkey
from marketplace.schedule import SCHEDULE
from marketplace.secret import local_secret


def flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("MARKETPLACE_DATA", BASE_DIR / ".data" / "demo")).absolute()
DEMO = flag("DEMO")  # shows the banner "everything here is invented" and allows load_demo
HTTPS = flag("HTTPS", default=True)
DEBUG = flag("DEBUG")

DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
EMBEDDED = [name for name, url in (("postgres", DATABASE_URL), ("valkey", REDIS_URL)) if not url]
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if DATABASE_URL:
        raise ImproperlyConfigured("Set SECRET_KEY: every instance needs the same one.")
    SECRET_KEY = local_secret(DATA_DIR)

ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
NUM_PROXIES = int(os.environ.get("NUM_PROXIES", "0"))  # whose addresses are not the visitor's

INSTALLED_APPS = [
    "marketplace",
    "challenges",
    "criteria",
    "profiles",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "rest_framework",
    "simple_history",
]

MIDDLEWARE = [
    "challenges.applications.arrival.ArrivalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "profiles.accounts.middleware.SecondFactorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # that library is replaced on purpose
ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.l10n",  # numbers in attributes are for machines
                "marketplace.templatetags.constants",
            ],
            "libraries": {"i18n": "marketplace.templatetags.constants"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marketplace.context_processors.site",
                "profiles.organisations.active.switcher",
                "profiles.contact.inbox.unread_messages",
            ],
        },
    }
]

DATABASES = {
    "default": {
        **dj_database_url.parse(DATABASE_URL or "postgresql:///"),
        **({} if DATABASE_URL else postgres.connection(DATA_DIR)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

valkey_socket = valkey.socket(DATA_DIR)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ.get("CACHE_URL") or REDIS_URL or f"unix://{valkey_socket}?db=1",
        "KEY_PREFIX": "cache",
    }
}
CELERY_BROKER_URL = REDIS_URL or f"redis+socket://{valkey_socket}?virtual_host=0"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Berlin"
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")

EMBEDDINGS_URL = os.environ.get("EMBEDDINGS_URL", "")  # else the model within this process
EMBEDDINGS_KEY = os.environ.get("EMBEDDINGS_KEY", "")
EMBEDDINGS_MODEL = os.environ.get("EMBEDDINGS_MODEL", "intfloat/multilingual-e5-small")
EMBEDDINGS_PREFIX = os.environ.get("EMBEDDINGS_PREFIX", "query: ")

AUTH_USER_MODEL = "profiles.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
ALLAUTH_TRUSTED_PROXY_COUNT = NUM_PROXIES
ACCOUNT_ADAPTER = "profiles.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "profiles.accounts.forms.NamesForm"
ACCOUNT_SIGNUP_REDIRECT_URL = "account_welcome"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "GovTech-Marktplatz: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # by a link: it outlives slow mail and closed browsers
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up
ACCOUNT_CHANGE_EMAIL = True  # the old address counts until the new one is confirmed
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {  # docs/operation.md lists them; a limit ends by itself, and a mail lifts it
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/h/ip",
    "reset_password": "20/m/ip,5/h/key",
    "reauthenticate": "10/m/user",
    "confirm_email": "1/3m/key",
}

DEPLOYMENT_REQUESTS_PER_DAY = int(os.environ.get("DEPLOYMENT_REQUESTS_PER_DAY", "20"))
APPLICATION_GRACE_MINUTES = int(os.environ.get("APPLICATION_GRACE_MINUTES", "5"))
MESSAGES_PER_DAY = int(os.environ.get("MESSAGES_PER_DAY", "30"))
OCDS_PREFIX = os.environ.get("OCDS_PREFIX", "ocds-213czf")  # the specification's, for examples
OCDS_PUBLISHER = os.environ.get("OCDS_PUBLISHER", "GovTech-Marktplatz")
OCDS_LICENCE = os.environ.get("OCDS_LICENCE", "")

REQUIRE_MFA = flag("REQUIRE_MFA", default=not DEMO)  # of the administration and state agencies
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # so that addresses can change; nobody signs in by such a one
MFA_TOTP_ISSUER = "GovTech-Marktplatz"
MFA_TOTP_TOLERANCE = 1  # a clock may be 30 seconds off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

OIDC_APPS = oidc.apps(os.environ.get("OIDC_PROVIDERS", ""))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_APPS}}
SOCIALACCOUNT_ADAPTER = "profiles.accounts.social.SocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False  # a new person sees the names and the terms first
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
FORMAT_MODULE_PATH = "marketplace.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", DATA_DIR / "media"))  # no address of its own
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "challenges.applications.receiving.InMemoryHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "profiles.files.receiving.LimitedUploadHandler",
]
UPLOAD_MAX_BYTES = int(os.environ.get("UPLOAD_MAX_MB", "10")) * 1024 * 1024
UPLOAD_MAX_PIXELS = int(os.environ.get("UPLOAD_MAX_MEGAPIXELS", "40")) * 1_000_000
CLAMD_SOCKET = os.environ.get("CLAMD_SOCKET", "")
CLAMD_HOST = os.environ.get("CLAMD_HOST", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "profiles.mail.outbox.Outbox"
)
EMAIL_TIMEOUT = 30  # seconds; a worker waits no longer for a server that is silent
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "marktplatz@localhost")

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health$"]  # the container's own probe speaks plain HTTP
SECURE_REFERRER_POLICY = "same-origin"
if flag("BEHIND_PROXY"):  # the proxy must set or strip this header itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF, *oidc.origins(OIDC_APPS)],  # browsers check redirects, too
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],  # KERN draws its icons as data: SVG inside the style sheet
        "object-src": [NONE],
    }
}

REST_FRAMEWORK = {
    # Not HTTP Basic, by which passwords could be guessed past the limits of the sign-in page.
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "marketplace.api.Pagination",
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": os.environ.get("API_RATE_ANONYMOUS", "120/min"),
        "user": os.environ.get("API_RATE_SIGNED_IN", "600/min"),
    },
    "NUM_PROXIES": NUM_PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "GovTech-Marktplatz",
    "DESCRIPTION": "Read access to solutions, providers, criteria and the vocabulary they share.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "CriterionPhaseEnum": "criteria.models.CriterionPhase",
        "PhaseEnum": "profiles.models.Phase",
        "ProviderKindEnum": "profiles.models.Provider.Kind",
    },
}
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
