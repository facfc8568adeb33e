"""PostgreSQL in a backup: a dump by its own programs, of the same moment as the list of photos."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from classifier.models import Prediction
from classifier.storage.backup.databases import Row
from classifier.storage.backup.errors import BackupError

INSTALLED = Path("/usr/lib/postgresql")
"""Where Debian and Ubuntu keep the programs of each major version."""
DUMP = ("--format=custom", "--no-owner", "--no-privileges")
RESTORE = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
"""All of it or nothing, for the account that the settings name."""


class PostgreSQL:
    """The database that the settings name, on its server."""

    @contextmanager
    def snapshot(self, file: Path) -> Iterator[Iterable[Row]]:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                (moment,) = cursor.fetchone()
            _run("pg_dump", *DUMP, "--snapshot", moment, "--file", str(file))
            yield Prediction.objects.order_by().values_list("pk", "image", "thumbnail").iterator()

    def files(self) -> list[Path]:
        return []

    def check_empty(self) -> None:
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor, include_views=True)
        if tables:
            name = connection.settings_dict["NAME"]
            raise BackupError(
                f"It needs an empty place, and there is the database {name}, with {len(tables)} tables.\n"
                f"Make an empty one, and name it in DATABASE_URL:\n  createdb {name}_restored"
            )

    @contextmanager
    def restored(self, file: Path) -> Iterator[None]:
        _run("pg_restore", *RESTORE, "--dbname", connection.settings_dict["NAME"], str(file))
        try:
            yield
        except BaseException:
            _drop_tables()
            raise


def _drop_tables() -> None:
    """Of a database that was empty."""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")


def _run(program: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs on the served database. Raises BackupError with what it says."""
    command = [find_program(program), *arguments]
    done = subprocess.run(command, env={**os.environ, **_environment()}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{program} failed: {' '.join(done.stderr.split())[-500:]}")


def find_program(name: str, *, folder: Path = INSTALLED) -> str:
    """The program of the server's own major version or, where it is not installed, the next newer one.

    Raises BackupError when there is none: an older one cannot read the server.
    """
    wanted = _server_version()
    paths = [shutil.which(name), *map(str, folder.glob(f"*/bin/{name}"))]
    found = [(_major(path), path) for path in paths if path]
    fit = [(major, path) for major, path in found if major >= wanted]
    if not fit:
        others = f" (found: {', '.join(str(major) for major, _ in found)})" if found else ""
        raise BackupError(
            f"{name} of PostgreSQL {wanted} is not installed here{others}. "
            f"On Debian and Ubuntu: apt install postgresql-client-{wanted}"
        )
    return min(fit)[1]


def _server_version() -> int:
    connection.ensure_connection()
    return int(connection.connection.info.server_version // 10_000)


def _major(path: str) -> int:
    """0 for a program that does not run."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    number = re.search(r"\d+", said)
    return int(number[0]) if number else 0


def _environment() -> dict[str, str]:
    """What the connection was made with, in the variables that PostgreSQL's programs read: no password is in `ps`."""
    from psycopg.pq import Conninfo

    connection.ensure_connection()
    info = connection.connection.info
    given = {**info.get_parameters(), "password": info.password}
    variables = {option.keyword.decode(): option.envvar for option in Conninfo.get_defaults()}
    return {variable.decode(): given[name] for name, variable in variables.items() if variable and given.get(name)}
