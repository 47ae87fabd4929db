"""What is answered to OPTIONS, anywhere."""

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request


class OptionsInAllow:
    """What may be done at an address is in the header ``Allow``; the rest is in the schema.

    REST framework itself would describe the view, in whatever the view answers in: a page has no words for that.
    """

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(status=204)
