import os

# Set here, before Django reads its settings, so that a machine's own .env does not colour the tests.
# DATABASE_URL alone is taken from outside: it says on which database they run.
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEVELOPMENT": "true",
    "SECRET_KEY": "for-tests-only",
    "ALLOWED_HOSTS": "",
    "CSRF_TRUSTED_ORIGINS": "",
    "HTTPS": "false",
    "TRUSTED_PROXY": "false",
}
os.environ.setdefault("DATABASE_URL", "")


def pytest_configure() -> None:
    """Static files come from the apps' own folders: a collection of an earlier day would lack what was added since."""
    from django.conf import settings

    settings.STATIC_ROOT = None
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_USE_FINDERS = True
