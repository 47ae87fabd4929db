"""What stands before the names of people and tells their office: “President Assad”."""

#: Words that stand before a name and tell the office, folded. Who is called so held such an office on that day.
TITLES = (
    "acting president", "vice president", "president elect", "president", "deputy prime minister", "prime minister",
    "foreign minister", "defence minister", "defense minister", "premier", "chancellor", "chairman",
    "general secretary", "secretary general", "secretary of state", "secretary", "minister", "supreme leader", "leader",
    "king", "queen", "emperor", "empress", "crown prince", "prince", "princess", "sultan", "shah", "emir", "amir",
    "grand duke", "pope", "general", "marshal", "ambassador",
)  # fmt: skip


LONGEST_FIRST = sorted(TITLES, key=len, reverse=True)


def without_title(name: str) -> tuple[str, str]:
    """The folded *name* without the title before it, and the title, or ""."""
    for title in LONGEST_FIRST:
        if name.startswith(f"{title} "):
            return name.removeprefix(f"{title} "), title
    return name, ""
