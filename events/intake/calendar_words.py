"""The English words for dates, as tables and as pieces of patterns."""

from events.edtf.phrases import MONTHS as MONTH_NAMES

MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {
    name: number
    for number, names in enumerate((
        "monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri", "saturday sat",
        "sunday sun",
    ))
    for name in names.split()
}  # fmt: skip
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
PARTS_OF_YEAR = {
    "first quarter": 33, "second quarter": 34, "third quarter": 35, "fourth quarter": 36, "last quarter": 36,
    "first half": 40, "second half": 41,
}  # fmt: skip
_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
NUMBERS = {name: number for number, name in enumerate(_ONES, 1)} | {
    "a": 1, "an": 1, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 100,
}  # fmt: skip
_FIRST_TEN = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_TEENS = "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
ORDINALS = {name: number for number, name in enumerate([*_FIRST_TEN, *_TEENS, "twentieth"], 1)}
ORDINALS |= {f"twenty-{name}": 20 + number for number, name in enumerate(_FIRST_TEN[:9], 1)}
ORDINALS |= {"thirtieth": 30, "thirty-first": 31}
TENS = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
        "nineties": 9}  # fmt: skip


def _any_of(words) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


#: Month names begin with a capital, or "may" would be one; abbreviated they may have a full stop.
MONTH = rf"(?:{'|'.join(MONTH_NAMES)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
ORDINAL = rf"(?:{_any_of(ORDINALS)})"
DAY = rf"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9:%]|[.,][0-9])|{ORDINAL}"
YEAR = r"(?:1[0-9]|20)[0-9]{2}(?![0-9%]|[.,][0-9]|-?(?:km|metre|meter|kilometre|kilometer|strong|seat|page)s?\b)"
NUMBER = rf"(?:[0-9]{{1,3}}|{_any_of(NUMBERS)})"
UNIT = r"(?:day|week|fortnight|month|year|decade|century|centurie)"
SEASON = rf"(?:{_any_of(SEASONS)})"
PART_OF_YEAR = rf"(?:{_any_of(PARTS_OF_YEAR)})"
TIME_OF_DAY = r"(?:morning|afternoon|evening|night|midday|noon|midnight)"
#: What makes a month or a year coarser than it looks, or no finer: "late March" is some day of March.
PART = (
    r"(?:(?:the )?(?:very )?(?:early|late|mid|middle|end|beginning|start|close|first days|last days|first weeks|"
    r"last weeks|first half|second half|final days|final weeks|opening days|latter part|course|month|months|year)"
    r"(?:[- ]+(?:in|of(?: the)?|part of))?[- ]+)"
)


def month_number(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def day_number(word: str) -> int:
    digits = word.rstrip("sthndr") if word[0].isdigit() else ""
    return int(digits) if digits else ORDINALS[word.lower()]


def number_of(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]
