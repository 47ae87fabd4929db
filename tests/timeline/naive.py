"""What a reader should be told, worked out from the record in the plainest way there is."""

from events.edtf import EDTFDate
from events.models import Address, Event

DAYS = ("2018-01-10", "2018-02-20", "2018-03-30")
INSTANTS = ("2017-12-31", *DAYS, None)
#: Parameters by which records are named, and where those are.
NAMED = {"country": "countries", "leader": "leaders", "publisher": "organizations"}
STANCES = ("announces", "postpones", "cancels", "alleges", "reports", "denies", "retracts", "mentions")


def chain(claim):
    """Its source and those through which that was read."""
    source = claim.source
    while source is not None:
        yield source
        source = source.via


def known(claim):
    """The day on which it was known: the earliest of those on which the sources of its chain were published."""
    return min(source.published.edtf for source in chain(claim))


def status(claims):
    """The two tables of docs/status.md, word for word."""
    standing = []
    for claim in claims:
        if claim.stance == "retracts":
            standing = [c for c in standing if c.source.publisher_id != claim.source.publisher_id]
        else:
            standing.append(claim)
    happened = [c for c in standing if c.stance in ("reports", "alleges")]
    plans = [c for c in standing if c.stance in ("announces", "postpones", "cancels")]
    if happened:
        occurrence, support = "occurred", happened
    elif plans:
        occurrence = {"announces": "planned", "postpones": "postponed", "cancels": "cancelled"}[plans[-1].stance]
        support = []
        for claim in reversed(plans):
            if claim.stance != plans[-1].stance:
                break
            support.append(claim)
    else:
        occurrence, support = "unknown", []
    taken_back = [c for c in claims if c not in standing and c.stance not in ("denies", "retracts", "mentions")]
    return occurrence, verification(standing, support, taken_back), standing


def verification(standing, support, taken_back):
    firm = {c.source.publisher_id for c in support if c.stance != "alleges"}
    rows = (
        ("retracted", taken_back and not support),
        ("disputed", any(c.stance == "denies" for c in standing)),
        ("unsupported", not support),
        ("alleged", all(c.stance == "alleges" for c in support)),
        ("confirmed", len(firm) > 1),
        ("reported", True),
    )
    return next(name for name, holds in rows if holds)


def state(event, until):
    """What a reader should be told of *event* as of the day *until* (None: of all days), or None."""
    ordered = sorted(
        event.claims.select_related("source__via", "source__publisher"),
        key=lambda claim: (known(claim), STANCES.index(claim.stance), claim.pk),
    )
    then = [claim for claim in ordered if until is None or known(claim) <= until]
    if until is not None and not then:
        return None
    occurrence, borne_out, standing = status(then)
    dates = [claim.date.edtf for claim in standing if claim.date]
    date = dates[-1] if len(then) < len(ordered) and dates else event.date.edtf
    return {
        "id": event.slug,
        "title": event.title,
        "date": date,
        "occurrence": occurrence,
        "verification": borne_out,
        "importance": event.importance,
        "claims": sorted((claim.source.slug, claim.stance) for claim in then),
        "key": event.pk,
        "country": {p.country.code for p in event.participations.all() if p.country},
        "leader": {p.leader.slug for p in event.participations.all() if p.leader},
        "publisher": {source.publisher.slug for claim in then for source in chain(claim)},
    }


def answers():
    """What is to be told now: for each day, the states of all published events in order of date."""
    found = {}
    for until in INSTANTS:
        rows = [row for event in Event.objects.published() if (row := state(event, until))]
        found[until] = sorted(rows, key=place)
    return found


def place(row):
    date = EDTFDate.parse(row["date"])
    return date.position, date.coarseness, row["key"]


def asked(rows, question):
    """*rows* as *question* wants them; records that it names by all ids that they had."""
    for name in NAMED.keys() & question.keys():
        return [row for row in rows if question[name] & row[name]]
    if "q" in question:
        return [row for row in rows if "alpha" in row["title"] and "gamma" not in row["title"]]
    if "ordering" in question:
        return sorted(rows, key=lambda row: (row["importance"], *place(row)), reverse=True)
    return rows


def holders():
    """Whose each id of other records is now: resource and id → key."""
    addresses = Address.objects.filter(resource__in=NAMED.values())
    return {(resource, slug): key for resource, slug, key in addresses.values_list("resource", "slug", "key")}


def leads():
    """Where each id leads now: its own, another's, or None where it is gone."""
    found = {}
    for address in Address.objects.filter(resource="events"):
        event = Event.objects.filter(pk=address.key).first()
        while event is not None and event.merged_into:
            event = event.merged_into
        found[address.slug] = event.slug if event and event.review == "published" else None
    return found
