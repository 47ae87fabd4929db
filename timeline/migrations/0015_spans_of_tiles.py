from django.db import migrations, models

RANKED, SPAN = ["-importance", "key"], ["earliest_start", "latest_end"]
TIERS = {-1: [], 0: ["millennium"], 1: ["century"], 2: ["decade"], 3: ["year"]}


def indexes(tier, unit):
    name = f"entry_of_{unit[0]}" if unit else "entry_of_no_tile"
    return [
        migrations.RemoveIndex("entry", name),
        migrations.AddIndex(
            "entry", models.Index(fields=[*unit, *RANKED, *SPAN], condition=models.Q(fit_z=tier), name=name)
        ),
    ]


class Migration(migrations.Migration):
    """What crosses the edges of a tile is told from the index alone: of many, a few may do."""

    dependencies = [("timeline", "0014_boxes")]

    operations = [operation for tier, unit in TIERS.items() for operation in indexes(tier, unit)]
