"""What an answer cost, as others could tell by its time: statements of the database, and hashed passwords."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext


class CountingHasher(MD5PasswordHasher):
    """Set it in PASSWORD_HASHERS; it counts for all."""

    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).hashed += 1
        return super().encode(password, salt)


@dataclass
class Work:
    """The first word and the table of each statement, in their order, and how many passwords were hashed."""

    statements: list[str] = field(default_factory=list)
    hashes: int = 0


@contextmanager
def measured() -> Iterator[Work]:
    work, before = Work(), CountingHasher.hashed
    with CaptureQueriesContext(connection) as queries:
        yield work
    work.statements = [_kind(query["sql"]) for query in queries]
    work.hashes = CountingHasher.hashed - before


def _kind(sql: str) -> str:
    words = sql.replace('"', " ").split()
    return " ".join([words[0], *sorted({word for word in words if word.startswith(("classifier_", "auth_"))})])
