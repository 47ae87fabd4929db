"""A text, plain or HTML → its paragraphs, numbered as an editor counts them: headline and dateline do not count."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "td", "th", "time", "tr", "ul",
})  # fmt: skip
HIDDEN = frozenset({"head", "noscript", "script", "style", "svg", "template"})
BLANK_LINES = re.compile(r"\n[ \t\r\f\v]*(?:\n[ \t\r\f\v]*)+")
MARKUP = re.compile(r"<(?:!doctype|html|body|article|div|p|br|h[1-6]|ul|table|section)\b", re.IGNORECASE)
ENDS_A_SENTENCE = re.compile(r"[.!?…:;][\"'”’)\]»]*$")
WRAPPED_AT = (50, 100)  #: characters; a text with hard line breaks has lines about as long as this


def paragraphs(text: str) -> list[str]:
    """The paragraphs of *text*, without what stands above the first that has a sentence (headline, time, byline).

    Where no line ends like a sentence, every line is one: a list of headlines is counted line by line.
    """
    found = all_blocks(text)
    for place, block in enumerate(found):
        if ENDS_A_SENTENCE.search(block):
            return found[place:]
    return found


def all_blocks(text: str) -> list[str]:
    """Headline and all, each without blanks around it and with single ones within."""
    if MARKUP.search(text):
        text = html_to_text(text)
    blocks = [line for block in BLANK_LINES.split(text.replace("\r\n", "\n")) for line in _lines(block)]
    return [block for block in (" ".join(each.split()) for each in blocks) if block]


def html_to_text(html: str) -> str:
    """What a reader of *html* sees, a blank line between blocks. Anything that is not markup is kept as it stands."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.pieces)


def _lines(block: str) -> list[str]:
    """The lines of *block* as paragraphs of their own, or the whole as one where its lines were only wrapped."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if len(lines) < 2:
        return lines
    *full, _ = map(len, lines)
    shortest, longest = WRAPPED_AT
    wrapped = max(full) <= longest * 1.3 and min(full) >= max(shortest, max(full) * 0.6)
    return [" ".join(lines)] if wrapped else lines


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self._hidden += 1
        elif tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            # Line breaks of the source mean nothing within a block.
            self.pieces.append(" ".join(data.split("\n")))
