from django.db import migrations, models

ON_THE_MAP = models.Q(latitude__isnull=False)


class Migration(migrations.Migration):
    """What lies in a small box is found by where it lies, not by going through all events."""

    dependencies = [("timeline", "0013_lists_by_place")]

    operations = [
        migrations.AddIndex(
            model, models.Index(fields=["latitude", "longitude"], condition=ON_THE_MAP, name=f"{name}_on_the_map")
        )
        for model, name in (("entry", "entry"), ("pastentry", "past"))
    ]
