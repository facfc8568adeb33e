"""What the command prints of a backup that it wrote."""

from pathlib import Path

import pytest
from django.core.management import CommandError
from rest_framework.test import APIClient

from classifier.models import ModelVersion
from classifier.storage.backup.databases import connected_to
from classifier.tests.api_calls import post_photo
from classifier.tests.commands import run
from classifier.tests.empty_database import empty_database

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_says_what_is_in_it_and_how_to_restore_it(
    api_client: APIClient, serving: ModelVersion, tmp_path: Path
) -> None:
    post_photo(api_client)

    out, _ = run("backup", str(tmp_path / "all.tar"))

    assert f"1 predictions in {tmp_path / 'all.tar'}" in out
    assert f"manage.py restore {tmp_path / 'all.tar'}" in out
    assert "lost" not in out


def test_a_database_without_tables_is_told_in_a_line(tmp_path: Path) -> None:
    with empty_database(tmp_path) as name, connected_to(name), pytest.raises(CommandError, match=r"manage\.py doctor"):
        run("backup", str(tmp_path / "all.tar"))

    assert not (tmp_path / "all.tar").exists()


def test_in_a_folder_it_names_the_file(tmp_path: Path) -> None:
    out, _ = run("backup", str(tmp_path))

    (written,) = tmp_path.iterdir()
    assert str(written) in out


def test_a_file_that_exists_is_replaced_only_when_told_to(tmp_path: Path) -> None:
    run("backup", str(tmp_path / "all.tar"))

    with pytest.raises(CommandError, match=r"exists.*--overwrite"):
        run("backup", str(tmp_path / "all.tar"))
    run("backup", str(tmp_path / "all.tar"), "--overwrite")
