"""Records for tests: each call names what its sentence needs, the factories fill in the rest."""

from collections.abc import Iterable
from typing import Any

import factory
from factory.django import DjangoModelFactory

from events.bulk import WholeEvent, create_events
from events.edtf import EDTFDate
from events.models import Claim, Country, Event, Kind, Leader, Office, Organization, Participation, Source
from events.recording import current_recording, recording


class RecordFactory(DjangoModelFactory):
    """Writes, with all that it is made of, inside a recording of its own, or inside the one that is open."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @classmethod
    def _generate(cls, strategy: str, params: dict[str, Any]) -> Any:
        if strategy != factory.CREATE_STRATEGY:
            return super()._generate(strategy, params)
        with recording(None, "made for a test"):
            return super()._generate(strategy, params)

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Any:
        record = super()._create(model_class, *args, **kwargs)
        if (model_class, record.pk) in current_recording(model_class).made:  # else it was read just now
            record.refresh_from_db()
        return record


def code(number: int) -> str:
    """AAA, AAB, …"""
    return "".join(chr(ord("A") + number // 26**place % 26) for place in (2, 1, 0))


class CountryFactory(RecordFactory):
    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = factory.Sequence(code)
    name = factory.LazyAttribute(lambda country: f"Country {country.code}")


class OrganizationFactory(RecordFactory):
    class Meta:
        model = Organization
        django_get_or_create = ("slug",)

    slug = factory.Sequence("organization-{}".format)
    name = factory.LazyAttribute(lambda organization: organization.slug.replace("-", " ").capitalize())
    kind = "news-agency"


class SourceFactory(RecordFactory):
    class Meta:
        model = Source
        django_get_or_create = ("slug",)

    slug = factory.Sequence("source-{}".format)
    title = factory.LazyAttribute(lambda source: source.slug.replace("-", " ").capitalize())
    publisher = factory.SubFactory(OrganizationFactory)
    kind = "article"
    published = "2018-06-04"


class LeaderFactory(RecordFactory):
    class Meta:
        model = Leader
        django_get_or_create = ("slug",)

    slug = factory.Sequence("leader-{}".format)
    name = factory.LazyAttribute(lambda leader: leader.slug.replace("-", " ").capitalize())


class OfficeFactory(RecordFactory):
    class Meta:
        model = Office

    leader = factory.SubFactory(LeaderFactory)
    title = "President"
    country = factory.SubFactory(CountryFactory)
    held = "2000/.."
    source = factory.SubFactory(SourceFactory)


class KindFactory(RecordFactory):
    class Meta:
        model = Kind
        django_get_or_create = ("slug",)

    slug = "talks"
    label = factory.LazyAttribute(lambda kind: kind.slug.capitalize())
    definition = "For tests."
    quad = "verbal-cooperation"


class EventFactory(RecordFactory):
    class Meta:
        model = Event

    slug = factory.Sequence("event-{}".format)
    title = factory.LazyAttribute(lambda event: event.slug.replace("-", " ").capitalize())
    kind = factory.SubFactory(KindFactory)
    date = "2018"
    review = "published"

    @classmethod
    def _generate(cls, strategy: str, params: dict[str, Any]) -> Event:
        event = super()._generate(strategy, params)
        if strategy == factory.CREATE_STRATEGY:
            event.refresh_from_db()  # with the status that was derived at the end of the recording
        return event

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Event:
        event = super()._create(model_class, *args, **kwargs)
        # A test names only the claims that it is about.
        current_recording(model_class).to_be_borne_out.clear()
        return event

    @factory.post_generation
    def between(self, create: bool, countries: Any, **kwargs: Any) -> None:
        """Codes of countries that are parties to it."""
        for alpha_3 in countries or ():
            ParticipationFactory(event=self, country=CountryFactory(code=alpha_3), role="party")

    @factory.post_generation
    def claimed(self, create: bool, stances: Any, **kwargs: Any) -> None:
        """Stances, each claimed by a source of its own."""
        for stance in stances or ():
            ClaimFactory(event=self, stance=stance)


class ParticipationFactory(RecordFactory):
    class Meta:
        model = Participation

    event = factory.SubFactory(EventFactory)
    role = "party"


class ClaimFactory(RecordFactory):
    class Meta:
        model = Claim

    event = factory.SubFactory(EventFactory)
    source = factory.SubFactory(SourceFactory)
    stance = "reports"
    locator = factory.Sequence("para. {}".format)


def make_many(events: Iterable[dict[str, Any]]) -> None:
    """Write *events*, by their values, at once: North Korea is a party, and a source that they share reports them."""
    kind, country, source = KindFactory(), CountryFactory(code="PRK"), SourceFactory()
    whole = [
        WholeEvent(
            EventFactory.build(kind=kind, **values | {"date": EDTFDate.parse(values["date"])}),
            [Participation(role="party", country=country)],
            [Claim(source=source, stance="reports")],
        )
        for values in events
    ]
    with recording(None, "made for a test") as unit:
        create_events(unit, whole)
