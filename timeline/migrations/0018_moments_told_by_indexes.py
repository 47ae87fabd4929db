from django.db import migrations, models

COVERED = ["earliest_start", "latest_end", "kind", "traits"]
BEGUN = ["known_from", "recorded_from"]
CLOCKS = [*BEGUN, "known_to", "recorded_to"]
RANKED, SPAN = ["-importance", "key", *BEGUN], ["earliest_start", "latest_end"]
UNITS = ["millennium", "century", "decade", "year", "month"]

INDEXES = {
    ("pastentry", "past_in_tier"): ["fit_z", "position", "coarseness", "key", "id", *COVERED, "importance", *CLOCKS],
    ("pastentry", "past_by_importance"): ["importance", "position", "coarseness", "key", "id", *COVERED, *CLOCKS],
    ("pastentry", "past_by_change"): [
        "recorded_from", "key", "id", *COVERED, "known_from", "known_to", "recorded_to",
    ],
    ("entry", "entry_by_importance"): ["importance", "position", "coarseness", "key", *COVERED, *BEGUN],
    ("entry", "entry_by_change"): ["recorded_from", "key", *COVERED, "known_from"],
    ("entry", "entry_of_no_tile"): [*RANKED, *SPAN],
    **{("entry", f"entry_in_{unit}"): [unit, *RANKED] for unit in UNITS},
    **{("entry", f"entry_of_{unit}"): [unit, *RANKED, *SPAN] for unit in UNITS[:-1]},
}  # fmt: skip
ONLY = {
    "entry_of_no_tile": models.Q(fit_z=-1),
    **{f"entry_in_{unit}": models.Q(fit_z__gte=tier) for tier, unit in enumerate(UNITS)},
    **{f"entry_of_{unit}": models.Q(fit_z=tier) for tier, unit in enumerate(UNITS[:-1])},
}


class Migration(migrations.Migration):
    """Whether a state stood at a moment is told before its row is read."""

    dependencies = [("timeline", "0017_orders_told_by_indexes")]

    operations = [
        operation
        for (model, name), fields in INDEXES.items()
        for operation in (
            migrations.RemoveIndex(model, name),
            migrations.AddIndex(model, models.Index(fields=fields, name=name, condition=ONLY.get(name))),
        )
    ]
