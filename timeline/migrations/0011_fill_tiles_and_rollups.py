"""Tiles of the entries that are there, and the counts of them."""

from django.db import migrations

from timeline.rollups import count_anew
from timeline.tiles.tiers import UNITS, tiles_of

BATCH = 1_000


def fill(apps, schema_editor):
    for name in ("Entry", "PastEntry"):
        model = apps.get_model("timeline", name)
        last = 0
        while rows := list(model.objects.filter(pk__gt=last).order_by("pk").defer("body")[:BATCH]):
            for row in rows:
                for unit, index in tiles_of(row.earliest_start, row.latest_end).items():
                    setattr(row, unit, index)
            model.objects.bulk_update(rows, UNITS.values(), batch_size=100)
            last = rows[-1].pk
    for tier in (*UNITS, -1):
        count_anew(tier)


def empty(apps, schema_editor):
    schema_editor.execute("DELETE FROM timeline_rollup")


class Migration(migrations.Migration):
    dependencies = [("timeline", "0010_tiles_and_rollups")]

    operations = [migrations.RunPython(fill, empty)]
