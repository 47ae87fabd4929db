"""manage.py erase_event: remove an event's content for ever."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import OperationalError

from events.erasing import erase_event, with_merged
from events.forgetting import NOT_FORGOTTEN, forget
from events.management.record_command import RecordCommand
from events.models import Address, Event


class Command(RecordCommand):
    help = "Removes an event and all that was ever recorded of it: for a court order or a personal right only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("public_id", metavar="ID", help="The event's public id, or one that it once had.")
        parser.add_argument("--reason", required=True, help="Shown for ever where the event stood.")
        parser.add_argument("--yes", action="store_true", help="Do not ask.")

    def handle(self, *, public_id: str, reason: str, yes: bool, **options: Any) -> None:
        event = find(public_id)
        self.ask(event, yes)
        try:
            erased = erase_event(event, None, reason)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        try:
            forget()
        except OperationalError as error:
            raise CommandError(f"{NOT_FORGOTTEN} ({error})") from None
        self.stdout.write(
            f"Erased: {', '.join(erased)}. Backups, archived logs and copies that readers keep still hold it."
        )

    def ask(self, event: Event, yes: bool) -> None:
        """Say what will go and wait for consent; raises CommandError without it."""
        events = with_merged(event)
        self.stdout.write(f"“{event.title}” with {event.claims.count()} claims, and {len(events) - 1} merged events.")
        if yes:
            return
        if not sys.stdin.isatty():
            raise CommandError("Nobody to ask here: add --yes to erase it.")
        if input("Erase it for ever? Type its id: ") != event.slug:
            raise CommandError("Nothing was erased.")


def find(public_id: str) -> Event:
    """The event that has or had *public_id*; raises CommandError."""
    event = Event.objects.filter(slug=public_id).first() or Address.objects.holder(Event, public_id)
    if event is None:
        raise CommandError(f"No event “{public_id}” is in the record.")
    return event
