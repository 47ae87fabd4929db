"""What the events of a benchmark are made of, each with how often it comes: realistic shapes, no real facts."""

from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

import yaml

from events import vocabulary

ROOT = Path(__file__).resolve().parents[2]

FIRST_YEAR, LAST_YEAR = 1900, 2025
#: How many times as many events the last year has as the first.
GROWTH = 40
PARTIES = 3
LEADERS, PUBLISHERS, BODIES = 300, 40, 30
#: Events to a source: a document tells of several.
EVENTS_PER_SOURCE = 40

PRECISIONS = {"day": 70, "month": 12, "year": 12, "years": 2, "interval": 2.5, "about": 1, "open": 0.5}

#: Those that come most often first; every other country of the record follows.
FREQUENT = (
    "USA RUS CHN GBR FRA DEU IND ISR IRN JPN TUR PAK UKR SAU KOR EGY SYR PRK IRQ ITA CAN AUS POL ESP BRA MEX AFG "
    "LBN JOR VNM IDN ZAF NGA GRC NLD BEL SWE CHE NOR CUB VEN COL ARG PSE YEM LBY SDN ETH KEN QAT ARE KWT GEO AZE ARM"
).split()

KINDS = {
    "statement": 16, "talks": 14, "official-visit": 10, "criticism": 7, "call": 5, "appeal": 4, "demand": 4,
    "agreement-signed": 4, "invitation": 3, "armed-clash": 3, "warning": 3, "cooperation": 3, "allegation": 3,
    "support-declared": 2, "summit": 2, "commitment": 2, "refusal": 2, "aid-provided": 2, "demonstration": 1.5,
    "sanctions-imposed": 1.5, "state-visit": 1, "arms-transfer": 1, "military-exercise": 1, "mediation": 1,
}  # fmt: skip
RARE = 0.2  # any kind that KINDS does not name

ROLES = {
    "talks": ("party", "party"), "summit": ("party", "party"), "call": ("party", "party"),
    "official-visit": ("visitor", "host"), "state-visit": ("visitor", "host"),
    "agreement-signed": ("signatory", "signatory"), "allegation": ("accuser", "accused"),
    "criticism": ("accuser", "accused"), "aid-provided": ("provider", "beneficiary"),
    "arms-transfer": ("provider", "beneficiary"), "armed-clash": ("initiator", "target"),
}  # fmt: skip

STANCES = {"reports": 86, "alleges": 8, "announces": 4, "mentions": 2}
#: How the story goes on where several sources tell of one event.
SEQUELS = {
    "reports": ("reports", "reports", "denies"), "alleges": ("reports", "denies", "alleges"),
    "announces": ("reports", "postpones", "cancels"), "mentions": ("reports", "reports", "mentions"),
}  # fmt: skip

TOPICS = (
    "security trade border peace energy defence oil nuclear economic military aid water refugees sanctions grain "
    "fisheries investment gas migration arms climate railway steel missile ceasefire loans tariffs debt shipping "
    "hostages pipeline airspace visas elections minorities islands coal cotton wheat extradition customs transit "
    "telegraph quotas reparations mandate canal prisoners embargo partition currency copyright whaling satellites "
    "vaccines drought piracy smuggling narcotics terrorism cyber submarines mines demarcation reunification fighters "
    "helicopters uranium enrichment inspectors monitors observers peacekeepers textiles rubber tin copper diamonds "
    "timber sugar coffee cocoa bananas tourism students archives relics pilgrims locusts earthquake flood famine"
).split()
#: Names of places and people, invented: the long tail that every text has.
TAIL = 4000
SYLLABLES = (
    "ba be bo da de do fa ga go ha hi ka ke ki ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se si so "
    "ta te ti to va ve vi wa ya yo za zu shan kor tal bad grad burg vik mont san"
).split()
SENTENCES = (
    "Delegations discussed {0} and {1}.", "The question of {0} was raised beside {1} and {2}.",
    "Officials from {3} named {0} as the matter at hand.", "A communiqué spoke of {0}, {1} and {2}.",
    "Neither side would comment on {0}.", "Further meetings on {0} are expected in {3}.",
    "Work on {0} goes on under an earlier understanding about {1}.",
)  # fmt: skip


class Skewed:
    """Values, each drawn as often as its weight says."""

    def __init__(self, weighted: dict[str, float]) -> None:
        self.values = list(weighted)
        self.weights = list(accumulate(weighted.values()))

    def draw(self, random: Random) -> str:
        return random.choices(self.values, cum_weights=self.weights)[0]

    def draw_several(self, random: Random, count: int) -> list[str]:
        """*count* values, none of them twice."""
        found: dict[str, None] = {}
        while len(found) < count:
            found[self.draw(random)] = None
        return list(found)


def zipf(values: list[str]) -> Skewed:
    """The first value twice as often as the second, three times as often as the third, …"""
    return Skewed({value: 1 / rank for rank, value in enumerate(values, start=1)})


@cache
def country_names() -> dict[str, str]:
    """Every country of the curated record: code → name."""
    rows = yaml.load((ROOT / "fixtures/countries.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return {row["id"]: row["name"] for row in rows}


@cache
def kind_blocks() -> dict[str, dict]:
    """Every kind of the vocabulary, as its file has it."""
    return {block["id"]: block for block in vocabulary.kinds()}


@cache
def countries() -> Skewed:
    return zipf([*FREQUENT, *sorted(country_names().keys() - set(FREQUENT))])


@cache
def kinds() -> Skewed:
    return Skewed({kind: KINDS.get(kind, RARE) for kind in kind_blocks()})


@cache
def words() -> Skewed:
    return zipf([*TOPICS, *(invented_name(Random(f"word {number}")) for number in range(TAIL))])


def invented_name(random: Random) -> str:
    return "".join(random.choices(SYLLABLES, k=random.randint(2, 4))).capitalize()
