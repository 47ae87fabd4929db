from django.db import migrations, models


class Migration(migrations.Migration):
    """What an id meant before its record was merged into another. Merges that are past hold at every number."""

    dependencies = [("timeline", "0019_lists_tell_moments")]

    operations = [
        migrations.CreateModel(
            "FormerHolder",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("resource", models.CharField(max_length=20)),
                ("slug", models.CharField(max_length=120)),
                ("key", models.BigIntegerField(help_text="The key in the record of the one that had it.")),
                ("recorded_to", models.BigIntegerField(help_text="Number of the record's clock.")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["resource", "slug", "recorded_to"], name="former_holder_once")
                ]
            },
        ),
    ]
