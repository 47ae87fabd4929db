"""Other people's apps, as they are set up here."""

from axes.apps import AppConfig as AxesConfig
from django.contrib.admin.apps import SimpleAdminConfig


class DeskConfig(SimpleAdminConfig):
    """The admin's pages are loaded with the addresses, not in processes that answer nobody."""

    default_site = "events.logins.site.DeskSite"


class LoginsConfig(AxesConfig):
    verbose_name = "Logins"
