from django.db import migrations

#: Each table of words, the postings that lead to the same rows, and the column by which they do.
TABLES = {
    "timeline_words": ("timeline_posting", "key"),
    "timeline_pastwords": ("timeline_pastposting", "row"),
}
# A table anew is smaller, and sooner there, than one whose every row was changed.
ANEW = [
    "CREATE TABLE worded AS SELECT {table}.key, {table}.position, {table}.words || {lexemes} AS words FROM {table}",
    "DROP TABLE {table}",
    "ALTER TABLE worded RENAME TO {table}",
    "ALTER TABLE {table} ALTER key SET NOT NULL, ALTER position SET NOT NULL, ALTER words SET NOT NULL, "
    "ADD PRIMARY KEY (key)",
    "CREATE INDEX {table}_words ON {table} USING gin (words) WITH (fastupdate = on)",
    "ANALYZE {table}",
]
BACK = ["UPDATE {table} SET words = ts_delete({table}.words, tsvector_to_array({lexemes}))"]
LEXEMES = (
    "array_to_tsvector(ARRAY(SELECT '/' || party FROM {postings} WHERE {postings}.{row} = {table}.key))"
)


def run(statements):
    def change(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for table, (postings, row) in TABLES.items():
                lexemes = LEXEMES.format(table=table, postings=postings, row=row)
                for statement in statements:
                    schema_editor.execute(statement.format(table=table, lexemes=lexemes))

    return change


class Migration(migrations.Migration):
    """Words are looked for together with the parties on PostgreSQL, by one index."""

    dependencies = [("timeline", "0020_former_holders")]

    operations = [migrations.RunPython(run(ANEW), run(BACK))]
