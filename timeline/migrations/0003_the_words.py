"""The tables by which words are found: FTS5 on SQLite, a tsvector on PostgreSQL."""

from django.db import migrations

TABLES = ("timeline_words", "timeline_pastwords")
CREATE = {
    # The plain tokenizer: it takes every byte beyond ASCII for a part of a word, so that its words are just those we
    # cut. The tables of unicode61 are older than Python's and part some words in two.
    "sqlite": ["CREATE VIRTUAL TABLE {table} USING fts5(words, tokenize = \"ascii tokenchars '_'\")"],
    "postgresql": [
        "CREATE TABLE {table} (key bigint PRIMARY KEY, words tsvector NOT NULL)",
        # fastupdate off: a list of pending entries would make now this reader, now that writer pay for all of it.
        "CREATE INDEX {table}_words ON {table} USING gin (words) WITH (fastupdate = off)",
    ],
}


def create(apps, schema_editor):
    for table in TABLES:
        for statement in CREATE[schema_editor.connection.vendor]:
            schema_editor.execute(statement.format(table=table))


def drop(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("timeline", "0002_two_clocks")]

    operations = [migrations.RunPython(create, drop)]
