"""The sources that claims cite, with publishers and chains: found in the record, or made where it lacks them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q

from events.edtf import OPEN_END, OPEN_START, EDTFDate, InvalidEDTF
from events.importing.addresses import number_of, slug_of
from events.importing.drafts import Draft, SourceDraft
from events.importing.matching import Names
from events.importing.problems import Rejected
from events.importing.spellings import folded
from events.importing.stored import Stored
from events.models import Address, Claim, Organization, Source
from events.models.base import SLUG
from events.models.organizations import OrganizationKind
from events.models.sources import SourceKind

MOST_KEPT = 20_000  #: in memory, between batches
KINDS = frozenset(SourceKind.values)
TEXTS = {name: Source._meta.get_field(name) for name in ("title", "language", "url", "archive_url")}
TEXTS["publisher_name"] = Organization._meta.get_field("name")


class Sources:
    """Sources by public id. What a batch needs is looked up at once; what the record lacks is made with the batch, and
    known from the row on that is taken in with it: whichever batch the next one falls into.
    """

    def __init__(self, names: Names, stored: Stored) -> None:
        self._names = names
        self._stored = stored
        self._known: dict[str, Source] = {}
        self._keys: dict[str, tuple[int, int]] = {}  #: of sources that may be made, and of their publishers
        self._new: tuple[list[Source], list[Organization]] = [], []  #: made, and not written yet
        self._gone: set[tuple[str, str]] = set()  #: resource and id of what was deleted, or is called otherwise now

    def look_up(self, drafts: Iterable[Draft]) -> None:
        """Read the sources of *drafts* that the record has, with their chains: a few queries."""
        if len(self._known) > MOST_KEPT:
            self._known.clear()
        claims = (claim for draft in drafts for claim in draft.claims)
        sources = {each.id: self._settled(each) for claim in claims for each in chain_of(claim.source)}
        wanted = sources.keys() - self._known.keys()
        if not wanted:
            return
        self._known |= self._stored.sources(wanted)
        lacking = wanted - self._known.keys()
        publishers = {sources[slug].publisher for slug in wanted} - self._names.organizations.keys()
        for made in Organization.objects.select_related("country").filter(slug__in=publishers):
            self._names.add_organization(made)  # by somebody else, since the names were read
            publishers.remove(made.slug)
        keys = (self._stored.keys(model, len(lacking)) for model in (Source, Organization))
        self._keys = dict(zip(lacking, zip(*keys, strict=True), strict=True))
        gone = Q(resource=Source.resource, slug__in=lacking) | Q(resource=Organization.resource, slug__in=publishers)
        self._gone = set(Address.objects.filter(gone).values_list("resource", "slug"))

    def find(self, draft: SourceDraft, made: dict[str, Source]) -> Source:
        """The source that *draft* names; one that the record lacks is unsaved, and among those *made* for the same row.

        Raises Rejected.
        """
        return self._known.get(draft.id) or made.get(draft.id) or self._make(self._settled(draft), made)

    def _settled(self, draft: SourceDraft) -> SourceDraft:
        """*draft* with the id of its publisher, where it only has a name."""
        if draft.publisher or not draft.publisher_name:
            return draft
        name = draft.publisher_name
        named = self._names.organizations_named.get(folded(name), [])
        made = slug_of(name)[:100] or f"publisher-{number_of(name)}"
        return replace(draft, publisher=named[0].slug if len(named) == 1 else made)

    def _make(self, draft: SourceDraft, made: dict[str, Source]) -> Source:
        if not draft.title:
            raise Rejected(
                f"The record has no source {draft.id!r}, and the row tells no more of it: "
                "add the source first, or import NDJSON, which carries sources."
            )
        via = self.find(draft.via, made) if draft.via else None
        published, accessed = dates_of(draft)
        for resource, public_id in ((Source.resource, draft.id), (Organization.resource, draft.publisher)):
            if (resource, public_id) in self._gone:
                raise Rejected(f"{resource}/{public_id} was deleted, or is called otherwise now; write its present id.")
        made[draft.id] = Source(
            pk=self._keys[draft.id][0], slug=draft.id, title=draft.title, publisher=self._publisher(draft, made),
            kind=draft.kind, language=draft.language, url=draft.url, archive_url=draft.archive_url, published=published,
            accessed=accessed, via=via,
        )  # fmt: skip
        return made[draft.id]

    def _publisher(self, draft: SourceDraft, made: dict[str, Source]) -> Organization:
        known = self._names.organizations.get(draft.publisher)
        of_this_row = (source.publisher for source in made.values() if source.publisher.slug == draft.publisher)
        return known or next(of_this_row, None) or Organization(
            pk=self._keys[draft.id][1], slug=draft.publisher, name=draft.publisher_name or draft.publisher,
            kind=OrganizationKind.PUBLISHER,
        )  # fmt: skip

    def take_in(self, claims: Iterable[Claim]) -> None:
        """Let the sources of *claims*, of a row that is to be stored, be known to the next one, with their publishers:
        those are organizations like others, and may be its parties.
        """
        sources, publishers = self._new
        for claim in claims:
            source: Source | None = claim.source
            while source is not None and source.slug not in self._known:
                self._known[source.slug] = source
                sources.append(source)
                if source.publisher.slug not in self._names.organizations:
                    self._names.add_organization(source.publisher)
                    publishers.append(source.publisher)
                source = source.via

    def taken_in(self) -> tuple[list[Source], list[Organization]]:
        """Sources that are to be written, and publishers before them: those that were taken in since this was asked."""
        new, self._new = self._new, ([], [])
        return new


def chain_of(draft: SourceDraft | None) -> Iterator[SourceDraft]:
    while draft is not None:
        yield draft
        draft = draft.via


def dates_of(draft: SourceDraft) -> tuple[EDTFDate | None, date | None]:
    """When a source that *draft* would make was published and accessed. Raises Rejected where none can be made of it,
    whatever the record has.
    """
    for public_id in (draft.id, draft.publisher):
        if not SLUG.regex.match(public_id) or len(public_id) > 120:
            raise Rejected(f"{public_id!r} is no id of a source or publisher: {SLUG.message}")
    if draft.kind not in KINDS:
        raise Rejected(f"The source {draft.id!r} is of the kind {draft.kind!r}, which is none of {sorted(KINDS)}.")
    if not (draft.published or draft.accessed or draft.via):
        raise Rejected(f"The source {draft.id!r} has no date: say when it was published or, else, accessed.")
    _check_texts(draft)
    return _published(draft), _accessed(draft)


def _published(draft: SourceDraft) -> EDTFDate | None:
    if not draft.published:
        return None
    try:
        found = EDTFDate.parse(draft.published)
    except InvalidEDTF as error:
        raise Rejected(f"The source {draft.id!r}, published: {error}") from None
    if found.earliest_start <= OPEN_START or found.latest_end >= OPEN_END:
        raise Rejected(f"The source {draft.id!r} is published {found}; a publication date has no open end.")
    return found


def _accessed(draft: SourceDraft) -> date | None:
    try:
        return date.fromisoformat(draft.accessed) if draft.accessed else None
    except ValueError:
        raise Rejected(f"The source {draft.id!r} was accessed {draft.accessed!r}; write a day: 2026-11-24.") from None


def _check_texts(draft: SourceDraft) -> None:
    for name, field in TEXTS.items():
        value = getattr(draft, name)
        if "\0" in value:
            raise Rejected(f"{name} of the source {draft.id!r} holds a NUL character; take it out.")
        try:
            field.run_validators(value)
        except ValidationError as error:
            why = " ".join(error.messages)
            raise Rejected(f"{name} of the source {draft.id!r} is {value[:40]!r}: {why}") from None
