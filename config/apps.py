"""Other people's apps, as they are set up here."""

from axes.apps import AppConfig as AxesConfig
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "events.logins.site.DeskSite"


class LoginsConfig(AxesConfig):
    verbose_name = "Logins"
