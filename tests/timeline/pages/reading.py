"""What a page says, read off its HTML."""

import re
from html import unescape

from django.http import HttpResponse

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def words(html: str) -> str:
    """The text of *html*, its blanks made single."""
    return " ".join(unescape(TAG.sub(" ", html)).split())


def heading(answer: HttpResponse) -> str:
    return words(re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)[1])


def links(answer: HttpResponse) -> dict[str, str]:
    """Words of each link → where it leads."""
    return {words(inner): unescape(address) for address, inner in LINK.findall(answer.content.decode())}


def titles(answer: HttpResponse) -> list[str]:
    """Titles of the events that are listed in words, in order."""
    return [words(found) for found in re.findall(r'<p class="title">(.*?)</p>', answer.content.decode(), re.DOTALL)]


def field(answer: HttpResponse, name: str) -> str:
    """The HTML of the field of the form that sends *name*, from its label to the next field."""
    page = answer.content.decode()
    begin = page.index(f'name="{name}"')
    return page[page.rindex('class="field"', 0, begin) : page.find('class="field"', begin)]
