"""The database of every release, as it was, serves with this version: people sign in and find their photos."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import global_settings
from django.core.management import call_command
from django.db import connection
from rest_framework.test import APIClient

from classifier import __version__
from classifier.storage.backup.databases import connected_to
from classifier.tests.stored_release import NAME, PASSWORD, RELEASES, read_release
from classifier.tests.test_migrations import SHORT_LIVED

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="releases are stored as databases of SQLite"),
]
KEPT = ("auth_user", "classifier_")
"""Of these tables no row may be lost."""


@pytest.fixture(params=sorted(path.stem for path in RELEASES.glob("*.sql")))
def facts(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """What is known of a release's database, which is not migrated yet and is the one that queries go to."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    known = read_release(request.param, tmp_path / "db.sqlite3")
    with connected_to(tmp_path / "db.sqlite3"):
        yield known


def keys_by_table() -> dict[str, set[Any]]:
    """The primary keys in each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(KEPT):
                (key,) = connection.introspection.get_primary_key_columns(cursor, table) or ["rowid"]
                cursor.execute(f'SELECT "{key}" FROM "{table}"')
                found[table] = {value for (value,) in cursor.fetchall()}
    return found


def test_no_row_is_lost(facts: dict[str, Any]) -> None:
    before = keys_by_table()
    assert len(before["classifier_prediction"]) == 3

    call_command("migrate", verbosity=0)

    after = keys_by_table()
    assert {table for table, keys in before.items() if keys - after.get(table, set())} <= SHORT_LIVED
    connection.check_constraints()


def test_people_sign_in_and_find_their_photos(facts: dict[str, Any]) -> None:
    call_command("migrate", verbosity=0)
    anonymous, phone = APIClient(), APIClient()
    phone.credentials(HTTP_AUTHORIZATION=f"Token {facts['token']}")

    signed_in = anonymous.post("/api/v1/auth/login/", {"username": NAME, "password": PASSWORD})
    history = phone.get("/api/v1/predictions/").json()["results"]

    assert signed_in.status_code == 200
    assert [(row["id"], row["label"]) for row in reversed(history)] == list(
        zip(facts["photos"], ("red", "green", "blue"), strict=True)
    )
    assert history[-1]["model"]["name"] == "second"


def test_an_account_can_go_on_and_leave(facts: dict[str, Any]) -> None:
    call_command("migrate", verbosity=0)
    phone = APIClient()
    phone.credentials(HTTP_AUTHORIZATION=f"Token {facts['token']}")

    assert phone.get("/api/v1/me/").json()["username"] == NAME
    assert phone.delete(f"/api/v1/predictions/{facts['photos'][0]}/").status_code == 204
    assert phone.delete("/api/v1/me/", {"current_password": PASSWORD}).status_code == 204
    connection.check_constraints()


def test_the_database_of_this_version_is_stored() -> None:
    assert (RELEASES / f"{__version__}.sql").is_file(), "python -m classifier.tests.stored_release"
