"""PLOVER's event categories, the four quad classes, and effects on a relation: the code lists behind kinds."""

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
