"""Years that East Asia counts from a beginning of its own, in our reckoning: 平成30年, 民國107年, Juche 107 (2018).

Their months and days are ours: Japan's since 1873, the 6th year of 明治, before which none is read.
"""

import re

#: The year before the first of each.
_BEFORE = {
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911, "中華民國": 1911,
    "juche": 1911, "주체": 1911, "チュチェ": 1911, "主体": 1911, "主體": 1911,
}  # fmt: skip
_FIRST = {"明治": 6}
_YEAR_OF = re.compile(
    rf"({'|'.join(sorted(_BEFORE, key=len, reverse=True))}) ?([0-9]{{1,3}}|元)(?: ?年)?(?: ?\(([0-9]{{4}})\))?(?!\d)",
    re.IGNORECASE,
)


def in_our_years(text: str) -> str:
    """*text* with such a year as ours; as it is where the two that stand there, as in Juche 107 (2018), differ."""

    def ours(found: re.Match[str]) -> str:
        era, number, beside = found.groups()
        count = 1 if number == "元" else int(number)
        year = _BEFORE[era.lower()] + count
        is_sure = count >= _FIRST.get(era, 1) and beside in (None, str(year))
        return f"{year}{'年' if '年' in found[0] else ''}" if is_sure else found[0]

    return _YEAR_OF.sub(ours, text)
