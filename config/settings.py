"""Every setting of Chancery. What differs between machines comes from the environment; docs/operating.md lists it.

A file `.env` beside manage.py is read first; real environment variables win over it.
"""

import re
import sys
from datetime import timedelta
from pathlib import Path

from corsheaders.defaults import default_headers
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

from config.database import database_of

BASE_DIR = Path(__file__).resolve().parent.parent
#: Hosts as Django compares them: a name, one with all below it, an address, or whatever is asked for.
HOST = re.compile(r"\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]|\*")
NEW_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"

env = Env(expand_vars=False)
env.read_env(BASE_DIR / ".env", recurse=False)
problems: list[str] = []


def read_bool(name: str, default: bool) -> bool:
    """A switch from the environment; blank counts as not set. A word that is neither true nor false is a problem."""
    if not env.str(name, "").strip():
        return default
    try:
        return env.bool(name)
    except EnvError:
        problems.append(f"{name} is {env.str(name)!r}: write true or false.")
        return default


def read_list(name: str) -> list[str]:
    """Words separated by commas, without the blanks around them; none when the variable is blank or not set."""
    return [word.strip() for word in env.list(name, []) if word.strip()]


def read_secret_key() -> str:
    """The key under which sessions are signed. Only development mode may go without one of its own."""
    key = env.str("SECRET_KEY", "")
    if DEVELOPMENT:
        return key or "development-only-and-the-same-on-every-machine"
    if not key:
        problems.append(f"SECRET_KEY is missing: set it to 50 random characters or more, as made by: {NEW_KEY}")
    elif len(key) < 50 or len(set(key)) < 5:
        problems.append(f"SECRET_KEY is too short or too plain: 50 random characters or more, as made by: {NEW_KEY}")
    return key


def read_hosts() -> list[str]:
    """The names under which this server answers."""
    hosts = read_list("ALLOWED_HOSTS")
    for host in hosts:
        if not HOST.fullmatch(host):
            problems.append(
                f"ALLOWED_HOSTS holds {host!r}: write hosts alone, without scheme or port, as in "
                "chancery.example.org,127.0.0.1; .example.org is that with all below it."
            )
    if not hosts and not DEVELOPMENT:
        problems.append("ALLOWED_HOSTS is missing: set it to the server's names, separated by commas.")
    return hosts or ["localhost", "127.0.0.1", "[::1]"]


def read_origins() -> list[str]:
    """The origins whose forms are trusted, beyond this server's own."""
    origins = read_list("CSRF_TRUSTED_ORIGINS")
    for origin in origins:
        if not origin.startswith(("http://", "https://")):
            problems.append(f"CSRF_TRUSTED_ORIGINS holds {origin!r}: write the scheme too, as in https://{origin}.")
        elif not re.fullmatch(r"https?://[^/;\s]+", origin):
            problems.append(
                f"CSRF_TRUSTED_ORIGINS holds {origin!r}: write scheme, host and port alone, without a path or a slash "
                "at the end, as in https://chancery.example.org."
            )
    return origins


# Read from the environment

DEVELOPMENT = read_bool("DEVELOPMENT", False)
HTTPS = read_bool("HTTPS", not DEVELOPMENT)
TRUSTED_PROXY = read_bool("TRUSTED_PROXY", False)
SECOND_PAIR_OF_EYES = read_bool("SECOND_PAIR_OF_EYES", False)
SECRET_KEY = read_secret_key()
ALLOWED_HOSTS = read_hosts()
CSRF_TRUSTED_ORIGINS = read_origins()
DATABASES = {"default": database_of(env.str("DATABASE_URL", ""), BASE_DIR / "chancery.sqlite3", problems)}

if problems:
    raise ImproperlyConfigured("Chancery cannot start.\n" + "\n".join(f"  {problem}" for problem in problems))

# The application

# Never on: its error pages would stand in for the problem details that the API promises, and its query log grows.
DEBUG = False
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "config.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "config.apps.LoginsConfig",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "events",
    "timeline",
]

MIDDLEWARE = [
    "timeline.api.policy.content_security_policy",
    "timeline.pages.errors.problems_as_pages",
    "timeline.api.caps.cap_url",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "timeline.api.unavailable.DatabaseDownMiddleware",
    # Sessions and users are read only where a view asks for them: an anonymous reader costs no query here.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Logins: the fifth wrong password locks the account from everywhere, and its address for every account, for a quarter
# of an hour. The first of these backends decides that, before the second hashes anything.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "events.logins.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "events.logins.locking.lockout_response"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False  # events.admin.logins has a page of our own
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["typed"]  # what was typed of the record is nothing to keep beside it; names go to the log
CSRF_FAILURE_VIEW = "events.logins.forgery.failed"

# The page of a long article is one form, of some fifteen fields a proposal.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = "UTC"

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# Names with hashes need the manifest that collectstatic writes; a fresh clone does without, from the apps' own folders.
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() or "collectstatic" in sys.argv
WHITENOISE_USE_FINDERS = not COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "timeline.static_files.StaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Security

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# Probes come from inside, without a proxy and so without its header.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY else None

# Anyone's page may read the API; nothing can be written through it.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = [*default_headers, "if-none-match"]  # of a page that keeps answers itself
CORS_EXPOSE_HEADERS = ["ETag", "Link", "Retry-After", "Snapshot"]

# The API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "timeline.api.problems.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Chancery",
    "DESCRIPTION": "A record of diplomatic events: who did what with whom, when, and according to whom.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "timeline.api.schema.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        "Role": "events.vocabulary.roles.Role",
        "Stance": "events.vocabulary.stances.Stance",
        "Occurrence": "events.vocabulary.status_terms.Occurrence",
        "Verification": "events.vocabulary.status_terms.Verification",
        "QuadClass": "events.vocabulary.plover.QuadClass",
        "PloverCategory": "events.vocabulary.plover.PloverCategory",
        "OrganizationKind": "events.models.organizations.OrganizationKind",
        "SourceKind": "events.models.sources.SourceKind",
        "Effect": "events.vocabulary.plover.Effect",
        "RelationState": "timeline.relations.steps.RelationState",
    },
}

# To the terminal or the journal: errors with their traceback; a client's mistake is no news.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
