from django.db import migrations, models

COVERED = ["earliest_start", "latest_end", "kind", "traits"]
ORDERS = {
    "entry_by_importance": ["importance", "position", "coarseness", "key"],
    "entry_by_change": ["recorded_from", "key"],
}


class Migration(migrations.Migration):
    """What is rare is found in any order without reading what is turned down."""

    dependencies = [("timeline", "0016_positions_of_words")]

    operations = [
        operation
        for name, order in ORDERS.items()
        for operation in (
            migrations.RemoveIndex("entry", name),
            migrations.AddIndex("entry", models.Index(fields=[*order, *COVERED], name=name)),
        )
    ]
