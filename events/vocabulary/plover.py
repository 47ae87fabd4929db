"""PLOVER's categories, modes and contexts, the four quad classes, and effects on a relation: what kinds are told by.

The terms are those of the PLOVER manual, drafts 0.7 and 0.8 of 2021; the labels are our own.
"""

from django.db.models import TextChoices


class QuadClass(TextChoices):
    VERBAL_COOPERATION = "verbal-cooperation"
    MATERIAL_COOPERATION = "material-cooperation"
    VERBAL_CONFLICT = "verbal-conflict"
    MATERIAL_CONFLICT = "material-conflict"


class PloverCategory(TextChoices):
    AGREE = "AGREE", "Agree"
    CONSULT = "CONSULT", "Consult"
    SUPPORT = "SUPPORT", "Support"
    CONCEDE = "CONCEDE", "Concede"
    COOPERATE = "COOPERATE", "Cooperate"
    AID = "AID", "Aid"
    RETREAT = "RETREAT", "Retreat"
    REQUEST = "REQUEST", "Request"
    ACCUSE = "ACCUSE", "Accuse"
    REJECT = "REJECT", "Reject"
    THREATEN = "THREATEN", "Threaten"
    PROTEST = "PROTEST", "Protest"
    SANCTION = "SANCTION", "Sanction"
    MOBILIZE = "MOBILIZE", "Mobilize"
    COERCE = "COERCE", "Coerce"
    ASSAULT = "ASSAULT", "Assault"


class Effect(TextChoices):
    """What an event of the kind does to the relation of two countries."""

    OPENS = "opens"
    RAISES = "raises"
    LOWERS = "lowers"
    CLOSES = "closes"


_CATEGORIES_BY_QUAD = {
    QuadClass.VERBAL_COOPERATION: ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    QuadClass.MATERIAL_COOPERATION: ("COOPERATE", "AID", "RETREAT"),
    QuadClass.VERBAL_CONFLICT: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    QuadClass.MATERIAL_CONFLICT: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}

#: PLOVER category → its quad class.
QUAD_OF = {category: quad for quad, categories in _CATEGORIES_BY_QUAD.items() for category in categories}

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

#: PLOVER context → what the event is about. Left out: tense and negation, which are stances of claims here.
CONTEXTS = {
    "asylum": "Asylum",
    "cbrn": "Chemical, biological and nuclear weapons",
    "corruption": "Corruption",
    "crime": "Crime",
    "culture": "Culture and education",
    "cyber": "Computer networks",
    "diplomatic": "Diplomacy",
    "disease": "Disease",
    "economic": "Trade and money",
    "election": "Elections",
    "enviro_disaster": "Environment and disasters",
    "executive": "Government",
    "gender": "Women and men",
    "human_rights": "Human rights",
    "human_security": "Food, water, housing",
    "humanitarian": "Relief",
    "intelligence": "Intelligence",
    "legal": "Law",
    "legislative": "Parliament",
    "lgbt": "Sexual minorities",
    "migration": "Refugees and migration",
    "military": "Armed forces",
    "peacekeeping": "Peacekeeping",
    "political": "Other politics",
    "political_institutions": "Institutions of the state",
    "religion_ethnicity": "Religion and ethnicity",
    "resource": "Territory and resources",
    "rights_freedoms": "Political rights",
    "terrorism": "Terrorism",
}
