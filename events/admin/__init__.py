"""The desk: every record in the Django admin."""

from django.contrib import admin

from events.admin import (
    articles,
    countries,
    events,
    importing,
    imports,
    kinds,
    leaders,
    logins,
    organizations,
    sources,
)

admin.site.site_header = admin.site.site_title = "Chancery"
admin.site.index_title = "The record"
admin.site.index_template = "admin/overview.html"

__all__ = [
    "articles", "countries", "events", "importing", "imports", "kinds", "leaders", "logins", "organizations", "sources",
]  # fmt: skip
