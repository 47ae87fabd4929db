"""Public ids made of other texts: of the dataset's id and a row's, of names, of web addresses."""

import re

from events.importing.drafts import digest_of
from events.importing.problems import Rejected

NOT_A_SLUG = re.compile(r"[^a-z0-9]+")


def address_of(dataset: str, external_id: str) -> str:
    """The address of a row's event. Other letters than a to z are lost in it: there a number tells ids apart.

    Raises Rejected where id or address are longer than the record keeps.
    """
    slug = slug_of(f"{dataset}-{external_id}")
    if not external_id.isascii():
        slug += f"-{number_of(external_id)}"
    if len(external_id) > 200 or len(slug) > 120:
        raise Rejected(f"The id {external_id!r} is too long: with the dataset's it has at most 119 characters.")
    return slug


def number_of(text: str) -> str:
    """Eight digits, hexadecimal, that the same *text* always has, and hardly another one."""
    return f"{digest_of(text) & (2**32 - 1):08x}"


def slug_of(text: str) -> str:
    return NOT_A_SLUG.sub("-", text.lower()).strip("-")
