from django.db import migrations, models

IN_ORDER = ["place_country", "fit_z", "position", "coarseness", "key"]


class Migration(migrations.Migration):
    """What took place in a country is walked in order of date, as what it took part in is."""

    dependencies = [("timeline", "0012_wide_events_in_one_order")]

    operations = [
        migrations.AddIndex("entry", models.Index(fields=IN_ORDER, name="entry_place_in_tier")),
        migrations.AddIndex("pastentry", models.Index(fields=[*IN_ORDER, "id"], name="past_place_in_tier")),
    ]
