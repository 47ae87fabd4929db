"""Postings and pairs that say where their event lies and what it is, in the order in which lists are walked.

A table cannot be given another primary key: the old ones stay beside the new until what they hold was copied.
"""

from django.db import migrations, models

IN_ORDER = ["fit_z", "position", "coarseness", "key"]
COVERED = ["earliest_start", "latest_end", "kind", "traits"]
OF_KIND = ["earliest_start", "latest_end", "traits"]
TRAITS = models.BigIntegerField(default=0, help_text="The bits of timeline.traits.")


class Migration(migrations.Migration):
    dependencies = [("timeline", "0003_the_words")]

    operations = [
        migrations.RenameModel("Posting", "OldPosting"),
        migrations.RenameModel("PastPosting", "OldPastPosting"),
        migrations.RenameModel("Pair", "OldPair"),
        migrations.RenameModel("PastPair", "OldPastPair"),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("position", models.BigIntegerField()),
                ("coarseness", models.SmallIntegerField()),
                ("fit_z", models.SmallIntegerField(help_text="The finest calendar tier whose tile holds all of the date; -1: none.")),
                ("earliest_start", models.BigIntegerField()),
                ("latest_end", models.BigIntegerField()),
                ("kind", models.CharField(max_length=60)),
                ("traits", models.BigIntegerField(help_text="The bits of timeline.traits.")),
                ("party", models.CharField(max_length=122)),
                ("key", models.BigIntegerField()),
                ("roles", models.IntegerField()),
                ("pk", models.CompositePrimaryKey("key", "party", blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["party", *IN_ORDER, *COVERED, "roles"],
                        name="posting_by_tier",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PastPosting",
            fields=[
                ("position", models.BigIntegerField()),
                ("coarseness", models.SmallIntegerField()),
                ("fit_z", models.SmallIntegerField(help_text="The finest calendar tier whose tile holds all of the date; -1: none.")),
                ("earliest_start", models.BigIntegerField()),
                ("latest_end", models.BigIntegerField()),
                ("kind", models.CharField(max_length=60)),
                ("traits", models.BigIntegerField(help_text="The bits of timeline.traits.")),
                ("party", models.CharField(max_length=122)),
                ("key", models.BigIntegerField()),
                ("roles", models.IntegerField()),
                ("pk", models.CompositePrimaryKey("row", "party", blank=True, editable=False, primary_key=True, serialize=False)),
                ("row", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["party", *IN_ORDER, "row", *COVERED, "roles"],
                        name="past_posting_by_tier",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                ("position", models.BigIntegerField()),
                ("coarseness", models.SmallIntegerField()),
                ("fit_z", models.SmallIntegerField(help_text="The finest calendar tier whose tile holds all of the date; -1: none.")),
                ("earliest_start", models.BigIntegerField()),
                ("latest_end", models.BigIntegerField()),
                ("kind", models.CharField(max_length=60)),
                ("traits", models.BigIntegerField(help_text="The bits of timeline.traits.")),
                ("a", models.CharField(max_length=3)),
                ("b", models.CharField(max_length=3)),
                ("key", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("key", "a", "b", blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(name="pair_in_alphabetical_order", condition=models.Q(a__lt=models.F("b"))),
                ],
                "indexes": [
                    models.Index(
                        fields=["a", "b", *IN_ORDER, *COVERED],
                        name="pair_by_tier",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PastPair",
            fields=[
                ("position", models.BigIntegerField()),
                ("coarseness", models.SmallIntegerField()),
                ("fit_z", models.SmallIntegerField(help_text="The finest calendar tier whose tile holds all of the date; -1: none.")),
                ("earliest_start", models.BigIntegerField()),
                ("latest_end", models.BigIntegerField()),
                ("kind", models.CharField(max_length=60)),
                ("traits", models.BigIntegerField(help_text="The bits of timeline.traits.")),
                ("a", models.CharField(max_length=3)),
                ("b", models.CharField(max_length=3)),
                ("key", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("row", "a", "b", blank=True, editable=False, primary_key=True, serialize=False)),
                ("row", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(name="past_pair_in_alphabetical_order", condition=models.Q(a__lt=models.F("b"))),
                ],
                "indexes": [
                    models.Index(
                        fields=["a", "b", *IN_ORDER, "row", *COVERED],
                        name="past_pair_by_tier",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Horizon",
            fields=[
                ("table", models.CharField(help_text="Of the entries that it tells of; “ended”: past ones that ended.", max_length=20)),
                ("month", models.IntegerField(help_text="Astronomical year × 12 + month - 1.")),
                ("known_from", models.BigIntegerField()),
                ("known_to", models.BigIntegerField()),
                ("recorded_from", models.BigIntegerField()),
                ("recorded_to", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("table", "month", blank=True, editable=False, primary_key=True, serialize=False)),
            ],
        ),
        migrations.AddField("entry", "traits", TRAITS, preserve_default=False),
        migrations.AddField("pastentry", "traits", TRAITS, preserve_default=False),
        migrations.RemoveIndex("entry", "entry_by_tier"),
        migrations.RemoveIndex("entry", "entry_by_kind"),
        migrations.RemoveIndex("pastentry", "past_by_kind"),
        migrations.AddIndex("entry", models.Index(fields=[*IN_ORDER, *COVERED], name="entry_in_tier")),
        migrations.AddIndex("entry", models.Index(fields=IN_ORDER, condition=models.Q(is_wide=True), name="entry_wide_in_tier")),
        migrations.AddIndex("entry", models.Index(fields=["kind", *IN_ORDER, *OF_KIND], name="entry_kind_in_tier")),
        migrations.AddIndex("pastentry", models.Index(fields=[*IN_ORDER, "id", *COVERED], name="past_in_tier")),
        migrations.AddIndex("pastentry", models.Index(fields=[*IN_ORDER, "id"], condition=models.Q(is_wide=True), name="past_wide_in_tier")),
        migrations.AddIndex("pastentry", models.Index(fields=["kind", *IN_ORDER, "id", *OF_KIND], name="past_kind_in_tier")),
    ]
