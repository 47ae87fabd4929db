"""Where the events lie that a walk passes, as a condition on their entries.

What is counted is not walked: without it, a database that has no list for a question reads every entry there is, for
what the question leaves to the columns of entries is in no index.
"""

from django.db.models import Q

from timeline.listing.scanning import ALL_TIERS, Walk, bounds_of


def placed(walk: Walk) -> Q:
    """The condition that an entry lies where *walk*, which has one reach, leads: told by the indexes in order of date.
    """
    (reach,) = walk.reaches
    condition = Q()
    for tier in walk.tiers:
        low, high = bounds_of(tier, walk, reach, None)
        begin = Q() if low is None else Q(position__gte=low)
        end = Q() if high is None else Q(position__lte=high)
        condition |= Q(fit_z=tier) & begin & end
    is_anywhere = walk.tiers == ALL_TIERS and (walk.first, walk.last, reach.low, reach.high) == (None,) * 4
    return Q() if is_anywhere else condition
