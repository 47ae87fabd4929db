"""Events between two countries, told in a few words."""

from events.edtf import EDTFDate
from events.vocabulary import kinds
from timeline.relations.steps import RULE_OF_EFFECT, Step

EFFECTS = {kind["id"]: kind["effect"] for kind in kinds() if kind.get("effect")}
EFFECTS |= {f"curated-{effect}": str(effect) for effect in RULE_OF_EFFECT}


def step(told: str, slug: str = "", title: str = "") -> Step:
    """ "embassy-opened 1966", with a verification and the sending state's code where the sentence is about them."""
    kind, date, *more = told.split()
    codes = [word for word in more if word.isupper()]
    verification = next((word for word in more if not word.isupper()), "reported")
    return Step(
        slug=slug or f"{kind}-{date}",
        title=title,
        kind=kind,
        effect=EFFECTS.get(kind, ""),
        date=EDTFDate.parse(date),
        occurrence="occurred",
        verification=verification,
        sending_state="".join(codes),
    )


def steps(*told: str) -> list[Step]:
    return [step(each, slug=f"event-{number}") for number, each in enumerate(told)]
