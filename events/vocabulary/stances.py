"""The stances that a source's claim takes toward an event."""

from django.db.models import TextChoices


class Stance(TextChoices):
    ANNOUNCES = "announces", "announces: it is to happen"
    POSTPONES = "postpones", "postpones: it is to happen later"
    CANCELS = "cancels", "cancels: it is not to happen"
    ALLEGES = "alleges", "alleges: said to have happened, by someone who is not in a position to know"
    REPORTS = "reports", "reports: it happened, or is happening"
    DENIES = "denies", "denies: it did not, or is not to, happen"
    RETRACTS = "retracts", "retracts: takes back what the same publisher claimed before"
    MENTIONS = "mentions", "mentions: context, no weight"


#: In which claims known at the same instant take effect.
STANCE_ORDER = tuple(Stance.values)
