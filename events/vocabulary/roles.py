"""The roles in which a party takes part in an event."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a party does in an event. The order is for ever: stored bits are counted by it, so new roles go last.

    One side acts on another: initiator and recipient, host and visitor, provider and beneficiary, accuser and accused,
    or an initiator and its target. Sides act alike: parties and signatories. A mediator stands between them.
    """

    INITIATOR = "initiator"
    RECIPIENT = "recipient"
    PARTY = "party"
    HOST = "host"
    VISITOR = "visitor"
    SIGNATORY = "signatory"
    MEDIATOR = "mediator"
    OBSERVER = "observer"
    PROVIDER = "provider"
    BENEFICIARY = "beneficiary"
    ACCUSER = "accuser"
    ACCUSED = "accused"
    TARGET = "target"
    SUBJECT = "subject"


#: Who watches, or is only spoken of, makes no pair with the others.
DYADIC_ROLES = frozenset(Role.values) - {Role.OBSERVER.value, Role.SUBJECT.value}

#: One bit a role, so that all of a party's roles in an event fit an integer.
ROLE_BITS = {role: 1 << place for place, role in enumerate(Role.values)}
