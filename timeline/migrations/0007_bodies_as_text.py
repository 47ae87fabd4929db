"""Finished JSON as text: PostgreSQL hands bytes over in twice as many digits."""

from django.db import migrations, models

TABLES = ("timeline_entry", "timeline_pastentry")
TEXT = models.TextField(help_text="The event's JSON, as it leaves the API.")


def to_text(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN body TYPE text USING convert_from(body, 'UTF8')")
        else:
            schema_editor.execute(f"UPDATE {table} SET body = CAST(body AS TEXT)")


def to_bytes(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN body TYPE bytea USING convert_to(body, 'UTF8')")
        else:
            schema_editor.execute(f"UPDATE {table} SET body = CAST(body AS BLOB)")


class Migration(migrations.Migration):
    dependencies = [("timeline", "0006_drop_the_old_postings")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(to_text, to_bytes)],
            state_operations=[
                migrations.AlterField("entry", "body", TEXT),
                migrations.AlterField("pastentry", "body", TEXT),
            ],
        ),
    ]
