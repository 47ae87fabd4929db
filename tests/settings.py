"""Chancery's settings as the tests have them, whatever the environment and a machine's own .env say.

DATABASE_URL alone is taken from outside: it says on which database they run.
"""

import os

os.environ |= {
    "DEVELOPMENT": "true",
    "SECRET_KEY": "for-tests-only",
    "ALLOWED_HOSTS": "",
    "CSRF_TRUSTED_ORIGINS": "",
    "HTTPS": "false",
    "TRUSTED_PROXY": "false",
    "SECOND_PAIR_OF_EYES": "false",
}
os.environ.setdefault("DATABASE_URL", "")

from config.settings import *  # noqa: F403
from config.settings import BASE_DIR, DATABASES, STORAGES

# What makes guessing dear is Django's own to test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# From the apps' own folders, as a collection of an earlier day would lack what was added since.
STATIC_ROOT = None
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
# Looked for when asked for: listing them all would take each test's client longer than its first question.
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # To a database in memory the threads of a server share one connection; to a file each has its own, as in earnest.
    (BASE_DIR / "build").mkdir(exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(BASE_DIR / "build" / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"  # no test pulls the plug
