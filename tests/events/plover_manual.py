"""Quad class and modes of each PLOVER category, and the contexts: from its manual, drafts 0.7 and 0.8 of 2021."""

from events.vocabulary.plover import QuadClass

CATEGORIES_BY_QUAD = {
    QuadClass.VERBAL_COOPERATION: ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    QuadClass.MATERIAL_COOPERATION: ("COOPERATE", "AID", "RETREAT"),
    QuadClass.VERBAL_CONFLICT: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    QuadClass.MATERIAL_CONFLICT: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}

#: PLOVER category → its quad class.
QUAD_OF = {category: quad for quad, categories in CATEGORIES_BY_QUAD.items() for category in categories}

#: PLOVER category → its modes: how the thing is done, or is to be done. The other categories have none.
MODES_OF = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "allege", "investigate"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "ban", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police"),
    "COERCE": ("seize", "restrict", "ban", "censor", "curfew", "martial-law", "arrest", "deport", "withhold"),
    "ASSAULT": (
        *("abduct", "beat", "torture", "execute", "sexual", "assassinate", "primitive", "firearms", "explosives"),
        *("suicide-attack", "heavy-weapons", "massacre", "cleansing", "unconventional"),
    ),
}

#: What an event may be about. Left out: tense and negation, which are stances of claims here.
CONTEXTS = {
    "asylum", "cbrn", "corruption", "crime", "culture", "cyber", "diplomatic", "disease", "economic", "election",
    "enviro_disaster", "executive", "gender", "human_rights", "human_security", "humanitarian", "intelligence",
    "legal", "legislative", "lgbt", "migration", "military", "peacekeeping", "political", "political_institutions",
    "religion_ethnicity", "resource", "rights_freedoms", "terrorism",
}  # fmt: skip
