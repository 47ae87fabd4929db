"""What needs doing, on the admin's front page."""

from typing import Any

from django import template
from django.contrib import admin
from django.template import Context
from django.urls import reverse

from events.admin.dumping import may_dump
from events.admin.needs import NeedsFilter
from events.overview import CONCERNS, MOST_COUNTED, Concern

register = template.Library()


@register.inclusion_tag("admin/needs.html", takes_context=True)
def needs(context: Context) -> dict[str, Any]:
    """The concerns of records that the user may see: label, number, why, and the address of the list."""
    request = context["request"]
    shown = [
        {
            "label": concern.label,
            "why": concern.why,
            "count": counted(concern.count()),
            "address": address_of(concern),
        }
        for concern in CONCERNS
        if admin.site.get_model_admin(concern.model).has_view_permission(request)
    ]
    return {"concerns": shown, "may_dump": may_dump(request)}


def counted(count: int) -> str:
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else f"{count:,}" if count else ""


def address_of(concern: Concern) -> str:
    """The list of just those records."""
    opts = concern.model._meta
    query = {NeedsFilter.parameter_name: concern.name} if concern.filtered else {}
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist", query=query)
