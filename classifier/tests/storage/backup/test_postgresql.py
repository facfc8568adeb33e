"""PostgreSQL's own programs: which ones are taken, and what they are told."""

from pathlib import Path

import pytest
from django.db import connection

from classifier.storage.backup.errors import BackupError
from classifier.storage.backup.postgresql import find_program

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a PostgreSQL: make test-postgresql"),
]


def install(folder: Path, *majors: int) -> None:
    """Programs that say of which version they are."""
    for major in majors:
        program = folder / f"{major}/bin/pg_dump"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {major}.2 (Debian {major}.2-1)'\n")
        program.chmod(0o755)


@pytest.fixture
def server() -> int:
    connection.ensure_connection()
    return int(connection.connection.info.server_version // 10_000)


@pytest.fixture(autouse=True)
def no_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")


def test_the_programs_of_the_servers_version_are_taken(server: int, tmp_path: Path) -> None:
    install(tmp_path, server + 2, server - 1, server, server + 1)

    assert find_program("pg_dump", folder=tmp_path) == f"{tmp_path}/{server}/bin/pg_dump"


def test_newer_ones_do_where_those_are_not_installed(server: int, tmp_path: Path) -> None:
    install(tmp_path, server - 1, server + 2, server + 1)

    assert find_program("pg_dump", folder=tmp_path) == f"{tmp_path}/{server + 1}/bin/pg_dump"


@pytest.mark.parametrize("difference", [None, -1])
def test_where_there_is_none_the_package_is_named(server: int, tmp_path: Path, difference: int | None) -> None:
    if difference:
        install(tmp_path, server + difference)

    with pytest.raises(BackupError, match=f"apt install postgresql-client-{server}"):
        find_program("pg_dump", folder=tmp_path)
