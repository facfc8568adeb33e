"""Tables for the search, and an index of their words: FTS5 in SQLite, GIN in PostgreSQL."""

import string
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "classifier_searchtext"
INDEX = "search_words"
# Each word after its owner's number, so that one account's are apart from everybody else's; x is for labels, y for names.
WORDS = """
replace(' ' || replace({row}labels, {newline}, ' '), ' ', ' ' || CAST({row}owner AS text) || 'x')
|| replace(replace({row}names, {newline}, ''), ' ', ' ' || CAST({row}owner AS text) || 'y')
"""
# Words end at spaces alone.
TOKENIZER = "ascii tokenchars '{}'".format(string.punctuation.replace("'", "''")).replace('"', '""')


def sqlite(row: str) -> str:
    return WORDS.format(row=row, newline="char(10)")


POSTGRESQL = WORDS.format(row="", newline="chr(10)")
REMOVE = f"INSERT INTO {INDEX} ({INDEX}, rowid, words) VALUES ('delete', OLD.id, {sqlite('OLD.')})"
ADD = f"INSERT INTO {INDEX} (rowid, words) VALUES (NEW.id, {sqlite('NEW.')})"
STATEMENTS = {
    "sqlite": [
        f"""CREATE VIRTUAL TABLE {INDEX} USING fts5(words, content='', detail='none', tokenize="{TOKENIZER}")""",
        f"CREATE TRIGGER {TABLE}_added AFTER INSERT ON {TABLE} BEGIN {ADD}; END",
        f"CREATE TRIGGER {TABLE}_changed AFTER UPDATE ON {TABLE} BEGIN {REMOVE}; {ADD}; END",
        f"CREATE TRIGGER {TABLE}_deleted AFTER DELETE ON {TABLE} BEGIN {REMOVE}; END",
    ],
    "postgresql": [
        f"ALTER TABLE {TABLE} ADD COLUMN tokens tsvector GENERATED ALWAYS AS"
        f" (array_to_tsvector(array_remove(string_to_array({POSTGRESQL}, ' '), ''))) STORED",
        f"CREATE INDEX {INDEX} ON {TABLE} USING gin (tokens)",
    ],
}


def make_index(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in STATEMENTS[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("classifier", "0017_filenames")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[("word", models.TextField(primary_key=True, serialize=False))],
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("owner", models.BigIntegerField(help_text="The key of the prediction's owner.")),
                ("labels", models.TextField(help_text="What models said, a label a line.")),
                ("names", models.TextField(help_text="What people call it: words, each after a space.")),
                (
                    "prediction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_text",
                        to="classifier.prediction",
                    ),
                ),
            ],
        ),
        migrations.RunPython(make_index, migrations.RunPython.noop),
    ]
