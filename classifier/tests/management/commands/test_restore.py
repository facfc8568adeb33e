"""A server that is made from a backup by the commands alone, and what they say of one that cannot be."""

import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.db import connection
from rest_framework.test import APIClient

from classifier.models import ModelVersion
from classifier.tests.api_calls import post_photo
from classifier.tests.commands import run
from classifier_project.settings import BASE_DIR

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="a folder is enough for SQLite"),
]


def manage(data_dir: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {"DEBUG": "1", "DATA_DIR": str(data_dir), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def tar(api_client: APIClient, serving: ModelVersion, tmp_path: Path) -> Path:
    post_photo(api_client)
    run("backup", str(tmp_path / "all.tar"))
    return tmp_path / "all.tar"


def test_a_server_is_back_and_what_does_not_belong_is_named(tar: Path, tmp_path: Path) -> None:
    with tarfile.open(tar, "a") as archive:
        archive.add(__file__, "notes.txt")

    restored = manage(tmp_path / "new", "restore", str(tar))

    assert restored.returncode == 0, restored.stderr
    assert "1 predictions" in restored.stdout
    assert "Left out, because it is no part of a backup: notes.txt." in restored.stdout
    found = {path.name for path in (tmp_path / "new").iterdir()}
    assert found == {"db.sqlite3", "media", "secret_key"}  # the last is what DEBUG makes for each new folder
    assert manage(tmp_path / "new", "migrate", "--check").returncode == 0


def test_where_there_is_a_server_it_ends_with_what_to_type(tar: Path, tmp_path: Path) -> None:
    manage(tmp_path / "old", "migrate")

    refused = manage(tmp_path / "old", "restore", str(tar))

    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    move = next(line.split() for line in refused.stderr.splitlines() if line.startswith("  mv "))
    subprocess.run(move, check=True)
    assert manage(tmp_path / "old", "restore", str(tar)).returncode == 0
    assert (tmp_path / "old.before/db.sqlite3").is_file()
