from django.db import migrations, models

RANKED = ["-importance", "key", "known_from", "recorded_from", "traits", "origins"]
SPAN = ["earliest_start", "latest_end"]
UNITS = ["millennium", "century", "decade", "year", "month"]

INDEXES = {
    "entry_of_no_tile": ([*RANKED, *SPAN], models.Q(fit_z=-1)),
    **{f"entry_in_{unit}": ([unit, *RANKED], models.Q(fit_z__gte=tier)) for tier, unit in enumerate(UNITS)},
    **{f"entry_of_{unit}": ([unit, *RANKED, *SPAN], models.Q(fit_z=tier)) for tier, unit in enumerate(UNITS[:-1])},
}


class Migration(migrations.Migration):
    """What a tile shows of what is rare, cancelled or disputed say, is told without reading all that lies in it."""

    dependencies = [("timeline", "0021_parties_beside_words")]

    operations = [
        operation
        for name, (fields, condition) in INDEXES.items()
        for operation in (
            migrations.RemoveIndex("entry", name),
            migrations.AddIndex("entry", models.Index(fields=fields, name=name, condition=condition)),
        )
    ]
