"""Where a form's token is refused, which a login in another window does to every form that was open before it."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.csrf import csrf_failure

from events.logins.typed import FIELD, Typed


def failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Do nothing of what was sent; but where it came from a page of this desk, give it back to whoever typed it.

    A browser says from where a form is sent, and Django has compared that with this server before it looks at the
    token: where it was said and the token was refused all the same, no foreign page has sent the form.
    """
    is_ours = "HTTP_ORIGIN" in request.META and not reason.startswith("Origin")
    if not is_ours or not request.path.startswith(reverse("admin:index")):
        return csrf_failure(request, reason)
    at_login = request.path == reverse("admin:login")
    if not request.user.is_authenticated:
        return csrf_failure(request, reason) if at_login else admin.site.login_again(request)
    typed = Typed.unpack(request.POST.get(FIELD, "")) if at_login else Typed.of(request)
    if typed is None:
        return HttpResponseRedirect(reverse("admin:index"))
    typed.put(request)
    return HttpResponseRedirect(typed.path)
