"""An empty place to restore a backup to: a new folder, and a new database of the kind that the tests run on."""

import resource
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from classifier.models import Prediction
from classifier.storage.backup.databases import connected_to
from classifier.storage.backup.restoring import Restored, restore_backup
from classifier.tests.api_calls import post_photo
from classifier.tests.empty_database import empty_database
from classifier.tests.examples import jpeg


@contextmanager
def files_of_at_most(byte_size: int) -> Iterator[None]:
    """Within, no file of this process grows beyond that, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (byte_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def send(client: APIClient, colour: str = "red") -> Any:
    """A prediction that is stored."""
    return post_photo(client, jpeg(colour)).json()


@dataclass(frozen=True, slots=True)
class Place:
    data_dir: Path
    database: Path | str

    def restore(self, tar: Path) -> Restored:
        with self.connected():
            return restore_backup(tar, self.data_dir)

    def connected(self) -> AbstractContextManager[None]:
        """Within, queries go to its database."""
        return connected_to(self.database)

    def is_empty(self) -> bool:
        with self.connected():
            tables = [] if connection.vendor == "sqlite" else connection.introspection.table_names()
        return not tables and not list(self.data_dir.glob("*"))

    def without_files(self) -> tuple[int, int]:
        """How many predictions there are, and how many of them lack a file."""
        with self.connected():
            rows = list(Prediction.objects.values_list("image", "thumbnail"))
        return len(rows), sum(not all((self.data_dir / "media" / name).is_file() for name in row) for row in rows)


@pytest.fixture
def place(transactional_db: None, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "new"
    with empty_database(folder) as name:
        yield Place(folder, name)
