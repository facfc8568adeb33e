"""A PostgreSQL of one's own, for as long as it is needed; for whoever has its package installed."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from benchmarks.results import ROOT


def is_installed() -> bool:
    """Whether there is what makes a database: Debian keeps it off the path."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb") is not None


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL that is there as long as the block runs."""
    command = [".ci/with_postgresql", "sh", "-c", "echo $DATABASE_URL; cat"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("There are no pipes.")
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()  # cat ends, and with it the database


def make_database(url: str, name: str) -> str:
    """The address of a new, empty database beside that one."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return url.replace("/postgres?", f"/{name}?")


def count_rows(url: str, table: str) -> int:
    with closing(psycopg.connect(url)) as connection:
        (count,) = connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone() or (0,)  # noqa: S608
    return int(count)
