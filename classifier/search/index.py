"""The index of all words: FTS5 in SQLite, GIN in PostgreSQL; an account's words are apart from everybody else's."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models.expressions import RawSQL

from classifier.models import SearchText

INDEX = "search_words"


@dataclass(frozen=True, slots=True)
class Database:
    """How a database is asked for the rows of `SearchText` that have some words."""

    rows: str
    quote: str
    all_of: str
    any_of: str
    beginning: str
    escaped: str = ""


DATABASES = {
    "sqlite": Database(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", '"', " AND ", " OR ", " *"),  # noqa: S608
    "postgresql": Database(
        f"SELECT id FROM {SearchText._meta.db_table} WHERE tokens @@ %s::tsquery",  # noqa: S608
        "'",
        " & ",
        " | ",
        ":*",
        escaped="\\",
    ),
}


def label_word(owner_id: int, word: str) -> str:
    """The word of a label, for `all_of` and `any_of`."""
    return _quoted(f"{owner_id}x{word}")


def name_word(owner_id: int, word: str) -> str:
    return _quoted(f"{owner_id}y{word}")


def name_beginning(owner_id: int, word: str) -> str:
    return name_word(owner_id, word) + _database().beginning


def all_of(parts: Iterable[str]) -> str:
    return f"({_database().all_of.join(parts)})"


def any_of(parts: Iterable[str]) -> str:
    return f"({_database().any_of.join(parts)})"


def rows_with(query: str) -> RawSQL:
    """The keys of the rows of `SearchText` that the index finds."""
    return RawSQL(_database().rows, [query])  # noqa: S611  # the query is a parameter


def has_more_than(count: int, query: str) -> bool:
    """Whether the index finds more rows, of which it reads no more than it must."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({_database().rows} LIMIT %s) AS found", [query, count + 1])  # noqa: S608
        return bool(cursor.fetchone()[0] > count)


def _database() -> Database:
    return DATABASES[connection.vendor]


def _quoted(word: str) -> str:
    database = _database()
    for character in (*database.escaped, database.quote):
        word = word.replace(character, character * 2)
    return f"{database.quote}{word}{database.quote}"
