"""Words of many entries go into PostgreSQL's index together: whoever writes them empties the pending list at once."""

from django.db import migrations

INDEXES = ("timeline_words_words", "timeline_pastwords_words")


def set_fastupdate(value):
    def change(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for index in INDEXES:
                schema_editor.execute(f"ALTER INDEX {index} SET (fastupdate = {value})")

    return change


class Migration(migrations.Migration):
    dependencies = [("timeline", "0007_bodies_as_text")]

    operations = [migrations.RunPython(set_fastupdate("on"), set_fastupdate("off"))]
