"""What the desk understands of a date, told while it is typed."""

from django.http import HttpRequest, JsonResponse

from events.edtf import EDTFDate, InvalidEDTF
from events.edtf.grammar import LONGEST
from events.edtf.words import meaning


def understand(request: HttpRequest) -> JsonResponse:
    """``?edtf=``: ``{"means"}`` or ``{"error", "suggestion"}``; nothing for nothing."""
    text = request.GET.get("edtf", "").strip()
    if not text:
        return JsonResponse({})
    try:
        return JsonResponse({"means": meaning(EDTFDate.parse(text[: LONGEST + 1]))})
    except InvalidEDTF as error:
        return JsonResponse({"error": f"Not a date: {error.expected}.", "suggestion": error.suggestion})
