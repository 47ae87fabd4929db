"""What stands before the names of people and tells their office: “President Assad”."""

#: Words that stand before a name and tell the office, folded. Who is called so held such an office on that day.
TITLES = (
    "acting president", "vice president", "president elect", "president", "deputy prime minister", "prime minister",
    "foreign minister", "defence minister", "defense minister", "premier", "chancellor", "chairman",
    "general secretary", "secretary general", "secretary of state", "secretary", "minister", "supreme leader", "leader",
    "king", "queen", "emperor", "empress", "crown prince", "prince", "princess", "sultan", "shah", "emir", "amir",
    "grand duke", "pope", "general", "marshal", "ambassador",
)  # fmt: skip


#: By their first word, the longest first.
BY_FIRST_WORD = {
    first: sorted((title for title in TITLES if title.split()[0] == first), key=len, reverse=True)
    for first in {title.split()[0] for title in TITLES}
}


def without_title(name: str) -> tuple[str, str]:
    """The folded *name* without the title before it, and the title, or ""."""
    for title in BY_FIRST_WORD.get(name.partition(" ")[0], ()):
        if name.startswith(f"{title} "):
            return name.removeprefix(f"{title} "), title
    return name, ""
