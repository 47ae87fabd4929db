"""What the record refuses to store, in sentences for the editor."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from events.recording import StaleRecord

#: What a write may end with without anybody having made a mistake in the code.
REFUSALS = (IntegrityError, ProtectedError, StaleRecord, ValidationError)


def sentences(error: Exception) -> list[str]:
    """What *error*, one of REFUSALS, means."""
    match error:
        case ValidationError():
            return error.messages
        case StaleRecord():
            return [str(error)]
        case ProtectedError():
            records = ", ".join(f"“{record}”" for record in sorted(map(str, error.protected_objects))[:5])
            return [f"Other records need this one: {records}."]
        case _:
            return [integrity_sentence(str(error))]


def integrity_sentence(message: str) -> str:
    """The sentence of the constraint that the database names in *message*."""
    for model in apps.get_app_config("events").get_models():
        for constraint in model._meta.constraints:
            if constraint.name in message:
                return str(constraint.get_violation_error_message())
    return "The database refused this: it breaks a rule of the record, or what it belongs to has just been deleted."
