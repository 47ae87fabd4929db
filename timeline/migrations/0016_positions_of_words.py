from django.db import migrations

TABLES = {"timeline_words": ("timeline_entry", "key"), "timeline_pastwords": ("timeline_pastentry", "id")}
# A table anew is smaller, and sooner there, than one whose every row was changed.
ANEW = [
    "CREATE TABLE worded AS SELECT {table}.key, {entries}.position, {table}.words FROM {table} "
    "JOIN {entries} ON {entries}.{row} = {table}.key",
    "DROP TABLE {table}",
    "ALTER TABLE worded RENAME TO {table}",
    "ALTER TABLE {table} ALTER position SET NOT NULL, ALTER words SET NOT NULL, ADD PRIMARY KEY (key)",
    "CREATE INDEX {table}_words ON {table} USING gin (words) WITH (fastupdate = on)",
    "ANALYZE {table}",
]
BACK = ["ALTER TABLE {table} DROP COLUMN position"]


def run(statements):
    def change(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for table, (entries, row) in TABLES.items():
                for statement in statements:
                    schema_editor.execute(statement.format(table=table, entries=entries, row=row))

    return change


class Migration(migrations.Migration):
    """What is found by its words on PostgreSQL is put in order of date by the words' own rows."""

    dependencies = [("timeline", "0015_spans_of_tiles")]

    operations = [migrations.RunPython(run(ANEW), run(BACK))]
