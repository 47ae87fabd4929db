"""What the old postings and pairs hold, as places; traits and horizons of the entries that are there."""

from django.db import migrations

from timeline.search.months import month_of
from timeline.traits import CLOSED_LISTS, traits_of

BATCH = 1_000
PLACE = "position, coarseness, fit_z, earliest_start, latest_end, kind, traits"
COPIES = [
    ("timeline_posting", "timeline_oldposting", "party, roles", "timeline_entry", "key", "old.key"),
    ("timeline_pastposting", "timeline_oldpastposting", "party, roles", "timeline_pastentry", "id", "entry.key"),
    ("timeline_pair", "timeline_oldpair", "a, b", "timeline_entry", "key", "old.key"),
    ("timeline_pastpair", "timeline_oldpastpair", "a, b", "timeline_pastentry", "id", "entry.key"),
]
EXTENT = ("known_from", "known_to", "recorded_from", "recorded_to")


def fill(apps, schema_editor):
    horizons = {}
    for name in ("Entry", "PastEntry"):
        model = apps.get_model("timeline", name)
        last = 0
        while rows := list(model.objects.filter(pk__gt=last).order_by("pk").defer("body")[:BATCH]):
            for row in rows:
                row.traits = traits_of(**{column: getattr(row, column) for column in CLOSED_LISTS})
                widen(horizons, model._meta.db_table, row)
            model.objects.bulk_update(rows, ["traits"], batch_size=100)
            last = rows[-1].pk
    horizon = apps.get_model("timeline", "Horizon")
    horizon.objects.bulk_create(
        [
            horizon(table=table, month=month, **dict(zip(EXTENT, extent, strict=True)))
            for (table, month), extent in horizons.items()
        ],
        batch_size=BATCH,
    )
    for new, old, own, entries, primary_key, key in COPIES:
        row = ", row" if entries == "timeline_pastentry" else ""
        place = ", ".join(f"entry.{column}" for column in PLACE.split(", "))
        mine = ", ".join(f"old.{column}" for column in own.split(", "))
        schema_editor.execute(
            f"INSERT INTO {new} ({own}, key{row}, {PLACE}) SELECT {mine}, {key}{', old.key' if row else ''}, {place} "
            f"FROM {old} AS old JOIN {entries} AS entry ON entry.{primary_key} = old.key"
        )


def widen(horizons, table, row):
    known_from, known_to, recorded_from, recorded_to = (getattr(row, name) for name in EXTENT)
    key = (table if recorded_to == 2**62 else "ended", month_of(row.position))
    old = horizons.get(key, (known_from, known_to, recorded_from, recorded_to))
    horizons[key] = (
        min(old[0], known_from), max(old[1], known_to), min(old[2], recorded_from), max(old[3], recorded_to)
    )


def empty(apps, schema_editor):
    for new, old, own, _entries, _primary_key, _key in COPIES:
        row = "row" if "past" in new else "key"
        schema_editor.execute(
            f"INSERT INTO {old} ({own}, key, position, coarseness, fit_z) "
            f"SELECT {own}, {row}, position, coarseness, fit_z FROM {new}"
        )
        schema_editor.execute(f"DELETE FROM {new}")
    schema_editor.execute("DELETE FROM timeline_horizon")


class Migration(migrations.Migration):
    dependencies = [("timeline", "0004_places_in_order")]

    operations = [migrations.RunPython(fill, empty)]
