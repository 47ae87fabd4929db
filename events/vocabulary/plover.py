"""PLOVER's categories, the four quad classes, and effects on a relation: what kinds are told by.

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
