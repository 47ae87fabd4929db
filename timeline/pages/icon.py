"""The site's icon, for pages that name none: the desk's, the documentation's, and JSON in a browser."""

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static


def icon(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(static("timeline/seal.svg"))
