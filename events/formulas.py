"""Texts that a spreadsheet would take for formulas: with an apostrophe in front, its own mark, they stay texts."""

import re

from events.edtf import EDTFDate, InvalidEDTF

#: How they begin. One with an apostrophe in front gets another, so that taking one away gives back what there was.
FORMULA = re.compile(r"\A'*[=+\-@\t\r]")
ESCAPED = re.compile(r"\A'(?='*[=+\-@\t\r])")
#: Numbers, and days before year 0 and after 9999 as answers have them: -000043-03-15.
HARMLESS = re.compile(r"-?[0-9]+(?:\.[0-9]+)?|[+-][0-9]{6}-[0-9]{2}-[0-9]{2}(?:T[0-9:]{8})?")


def escaped(text: str) -> str:
    """*text*, with an apostrophe before what a spreadsheet would calculate: not before numbers and dates like -0752."""
    return f"'{text}" if FORMULA.match(text) and not is_harmless(text) else text


def unescaped(text: str) -> str:
    """*text* without the apostrophe that ``escaped`` has put there."""
    return ESCAPED.sub("", text)


def is_harmless(text: str) -> bool:
    if HARMLESS.fullmatch(text):
        return True
    try:
        EDTFDate.parse(text)
    except InvalidEDTF:
        return False
    return True
