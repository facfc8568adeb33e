"""SQLite in a backup: the database as one file."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

from django.db import connection

from classifier.process.fsync import sync
from classifier.storage.backup.databases import Row, connected_to
from classifier.storage.backup.errors import BackupError

FILES = "SELECT id, image, thumbnail FROM classifier_prediction"


class SQLite:
    """A file, with a journal in two others beside it while it is used, or after a crash."""

    @property
    def path(self) -> Path:
        return Path(connection.settings_dict["NAME"])

    @contextmanager
    def snapshot(self, file: Path) -> Iterator[Iterable[Row]]:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        with closing(sqlite3.connect(file)) as rows:
            yield ((UUID(key), image, thumbnail) for key, image, thumbnail in rows.execute(FILES))

    def files(self) -> list[Path]:
        """A database is all of them: a journal that is left is read into whatever database lies beside it."""
        files = [self.path.with_name(self.path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]
        return [file for file in files if file.exists() or file.is_symlink()]

    def check_empty(self) -> None:
        pass

    @contextmanager
    def restored(self, file: Path) -> Iterator[None]:
        with connected_to(file):
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA integrity_check(3)")
                found = [text for (text,) in cursor.fetchall()]
            if found != ["ok"]:
                raise BackupError(f"Its database is damaged: {'; '.join(found)}.")
            yield
        shutil.move(file, self.path)
        sync(self.path)
        sync(self.path.parent)
