"""What a dry run notes of a row that it would have stored, so that it decides about the same row in a later file as if
it had: what the row says or, where it joined another row's event, what it tells.
"""

from events.bulk import WholeEvent
from events.importing.contents import content_of
from events.importing.drafts import Draft, digest_of
from events.importing.updating import tellings_of

Key = tuple[str, str]  #: dataset and external id


def as_reworded(key: Key) -> int:
    """Under what the digest is noted of a row that would have been found to say the same in other words."""
    return hash(("reworded", *key))


def as_said(key: Key) -> int:
    return hash(("says", *key))


def as_joined(key: Key) -> int:
    return hash(("joined", *key))


def as_fingerprint(key: Key) -> int:
    return hash(("fingerprint", *key))


def said_of(whole: WholeEvent) -> int:
    """64 bits over what *whole* says. Its sources, which may not be stored, count by their public ids."""
    claims = sorted(
        str((each.source.slug, each.stance, each.date and each.date.edtf, each.figures, each.locator, each.note))
        for each in whole.claims
    )
    return digest_of(content_of(whole.event, whole.participations, ()), claims)


def told_of(draft: Draft, whole: WholeEvent) -> int:
    """64 bits over which event *draft* joins, and with which claims."""
    return digest_of(draft.fingerprint, sorted(tellings_of(whole.claims)))
