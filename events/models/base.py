"""What every record has in common: the guard on writing, the version, the public address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from events.batched import batched
from events.folding import fold, fold_names
from events.recording import current_recording

SLUG = RegexValidator(r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z", "Lower-case letters, digits and single hyphens only.")

AT_ONCE = 1_000  #: public ids that are looked up together


class RecordQuerySet(models.QuerySet):
    """Writes in bulk, too, happen inside a recording and are noted by it."""

    def update(self, **values: Any) -> int:
        unit = current_recording(self.model)
        unit.foresee(self)
        before = list(self)
        changed = super().update(**values)
        # A row may belong to another record now: both look different.
        for record in (*before, *self.model._base_manager.filter(pk__in=[record.pk for record in before])):
            unit.note(record)
        return changed

    def bulk_create(self, objs: Iterable[models.Model], *args: Any, **kwargs: Any) -> list[models.Model]:
        unit = current_recording(self.model)
        objs = list(objs)
        unit.foresee(objs)
        self.model.guard_all([(record, None) for record in objs])
        created = super().bulk_create(objs, *args, **kwargs)
        for record in created:
            unit.note_new(record)
        return created


class RecordModel(models.Model):
    """A record: written inside ``recording(user, reason)`` only.

    ``version`` counts its changes; saving an older one raises StaleRecord instead of undoing another's work.
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None:
            update_fields = {*update_fields, "version"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def touches(self) -> Iterable[tuple[type[models.Model], int]]:
        """The records, by model and key, that look different when this one changes."""
        yield type(self), self.pk

    @classmethod
    def guard_all(cls, written: Sequence[tuple[RecordModel, RecordModel | None]]) -> None:
        """Guard records of this model, each with its present row, before they are written."""
        for record, stored in written:
            record.guard(stored)

    def guard(self, stored: RecordModel | None) -> None:
        """Refuse, before it is written, what the database cannot refuse by itself; *stored* is the present row."""

    def guard_deletion(self) -> None:
        """Refuse a deletion that would break a promise."""

    def differs_from(self, stored: RecordModel) -> bool:
        return any(
            field.value_to_string(self) != field.value_to_string(stored)
            for field in self._meta.concrete_fields
            if field.name != "version"
        )


class PublicRecord(RecordModel):
    """A record with an address of its own, which is public for ever once it was published."""

    resource: ClassVar[str]  #: the collection's name in the API
    address_field: ClassVar[str] = "slug"
    name_field: ClassVar[str] = "name"  #: what it is called

    class Meta:
        abstract = True

    @property
    def public_id(self) -> str:
        return getattr(self, self.address_field)

    @property
    def is_public(self) -> bool:
        return True

    def clean(self) -> None:
        super().clean()
        self.check_addresses([self])

    @classmethod
    def check_addresses(cls, records: Iterable[PublicRecord]) -> None:
        """Raise ValidationError where a public id of *records* has ever belonged to another record."""
        from events.models.redirects import Address

        given = Address.objects.filter(resource=cls.resource)
        for some in batched(records, AT_ONCE):
            keys = dict(given.filter(slug__in={record.public_id for record in some}).values_list("slug", "key"))
            for record in some:
                if keys.get(record.public_id, record.pk) != record.pk:
                    raise ValidationError({
                        cls.address_field: ValidationError(
                            "“%(slug)s” was published before as the address of something else; choose another.",
                            code="taken",
                            params={"slug": record.public_id},
                        )
                    })

    @classmethod
    def guard_all(cls, written: Sequence[tuple[PublicRecord, PublicRecord | None]]) -> None:
        super().guard_all(written)
        cls.check_addresses(
            record for record, stored in written if stored is None or stored.public_id != record.public_id
        )


class NamedQuerySet(RecordQuerySet):
    def called(self, name: str) -> NamedQuerySet:
        """Those of which one name, an alias counting as much, is *name*, whatever its case, accents and hyphens."""
        folded = fold(name)
        if not folded:
            return self.none()
        return self.filter(
            Q(names_folded=folded)
            | Q(names_folded__startswith=f"{folded}\n")
            | Q(names_folded__endswith=f"\n{folded}")
            | Q(names_folded__contains=f"\n{folded}\n")
        )


class NamedRecord(PublicRecord):
    """A public record that people look for by its names."""

    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, blank=True, help_text="Other names under which people look for it.")
    names_folded = models.TextField(editable=False, blank=True, default="")

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def all_names(self) -> list[str]:
        return [self.name, *self.aliases]

    def clean(self) -> None:
        super().clean()
        if not isinstance(self.aliases, list) or not all(isinstance(name, str) and name for name in self.aliases):
            raise ValidationError({"aliases": "A list of names, one a line."})

    def guard(self, stored: RecordModel | None) -> None:
        super().guard(stored)
        self.names_folded = fold_names(self.all_names())
