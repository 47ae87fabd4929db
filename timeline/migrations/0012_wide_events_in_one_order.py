from django.db import migrations, models
from django.db.models import Q

WIDE = Q(is_wide=True)


class Migration(migrations.Migration):
    """The few events that very many countries take part in are walked through all calendar tiers at once."""

    dependencies = [("timeline", "0011_fill_tiles_and_rollups")]

    operations = [
        migrations.RemoveIndex("entry", "entry_wide_in_tier"),
        migrations.RemoveIndex("pastentry", "past_wide_in_tier"),
        migrations.AddIndex(
            "entry", models.Index(fields=["position", "coarseness", "key"], condition=WIDE, name="entry_wide_in_order")
        ),
        migrations.AddIndex(
            "pastentry",
            models.Index(fields=["position", "coarseness", "key", "id"], condition=WIDE, name="past_wide_in_order"),
        ),
    ]
