from django.db import migrations, models

IN_ORDER = ["fit_z", "position", "coarseness", "key"]
OF_KIND = ["earliest_start", "latest_end", "traits"]
BEGUN = ["known_from", "recorded_from"]

INDEXES = {
    ("entry", "entry_in_tier"): [*IN_ORDER, "earliest_start", "latest_end", "kind", "traits", *BEGUN],
    ("entry", "entry_kind_in_tier"): ["kind", *IN_ORDER, *OF_KIND, *BEGUN],
    ("pastentry", "past_kind_in_tier"): ["kind", *IN_ORDER, "id", *OF_KIND, *BEGUN, "known_to", "recorded_to"],
}


class Migration(migrations.Migration):
    """Walked in order of date, too, what stood at a moment is told before its row is read."""

    dependencies = [("timeline", "0018_moments_told_by_indexes")]

    operations = [
        operation
        for (model, name), fields in INDEXES.items()
        for operation in (
            migrations.RemoveIndex(model, name),
            migrations.AddIndex(model, models.Index(fields=fields, name=name)),
        )
    ]
