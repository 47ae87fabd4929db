"""What stands before or behind the names of people: their office, as in “President Assad”, and words of respect."""

import re

from events.importing.spellings import folded

#: Words that tell the office, folded. Who is called so held such an office on that day.
TITLES = (
    "acting president", "vice president", "president elect", "president", "deputy prime minister", "prime minister",
    "foreign minister", "defence minister", "defense minister", "premier", "chancellor", "chairman",
    "general secretary", "secretary general", "secretary of state", "secretary", "minister", "supreme leader", "leader",
    "king", "queen", "emperor", "empress", "crown prince", "prince", "princess", "sultan", "shah", "emir", "amir",
    "grand duke", "pope", "general", "marshal", "ambassador",
)  # fmt: skip
#: Words that stand before a name and tell no office, folded; “he” is a name, too.
HONORIFICS = ("h e", "his excellency", "her excellency", "his majesty", "her majesty", "his royal highness",
              "her royal highness", "mr", "mrs", "ms", "dr", "prof", "sir")  # fmt: skip
_RESPECT = re.compile(rf"\A(?:(?:{'|'.join(HONORIFICS)}) )+")
_BEHIND = re.compile(r"(.+?)(?: ?\(([^()]+)\)|, ([^,()]+))")

#: By their first word, the longest first.
BY_FIRST_WORD = {
    first: sorted((title for title in TITLES if title.split()[0] == first), key=len, reverse=True)
    for first in {title.split()[0] for title in TITLES}
}


def without_title(text: str) -> tuple[str, str]:
    """The name in *text*, and folded the title before or behind it, or "": “H.E. President Assad”, “Lavrov (Foreign
    Minister)”. What has neither title nor words of respect is returned as it is.
    """
    behind = _BEHIND.fullmatch(text)
    if behind and (title := folded(behind[2] or behind[3])) in TITLES:
        return behind[1], title
    whole = folded(text)
    name = _RESPECT.sub("", whole)
    for title in BY_FIRST_WORD.get(name.partition(" ")[0], ()):
        if name.startswith(f"{title} "):
            return name.removeprefix(f"{title} "), title
    return (text if name == whole else name), ""
