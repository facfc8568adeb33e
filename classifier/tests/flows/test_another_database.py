"""Rows go from one database to another as docs/backup.md says, and nothing is lost on the way."""

import re
import shlex
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import QuerySet
from rest_framework.test import APIClient

from classifier.models import ModelVersion
from classifier.storage.backup.databases import connected_to
from classifier.tests.api_calls import PREDICTIONS, post_photo
from classifier.tests.empty_database import empty_database
from classifier_project.settings import BASE_DIR

pytestmark = pytest.mark.django_db(transaction=True)


def documented(command: str, *, rows: Path) -> list[str]:
    """What is typed after `manage.py`, with the file in a folder of this test."""
    page = (Path(BASE_DIR) / "docs/backup.md").read_text()
    (line,) = re.findall(rf"^python manage\.py ({command} .*rows\.jsonl)$", page, re.MULTILINE)
    return [str(rows) if word == "rows.jsonl" else word for word in shlex.split(line)]


def counts() -> dict[str, int]:
    return {model._meta.label: QuerySet(model).count() for model in apps.get_models()}


def test_all_rows_come_to_another_database(api_client: APIClient, serving: ModelVersion, tmp_path: Path) -> None:
    ids = [post_photo(api_client).json()["id"] for _ in range(2)]
    said = {"verdict": "wrong", "label": "a thing of our own"}
    assert api_client.put(f"{PREDICTIONS}{ids[0]}/feedback/", said).status_code == 200
    before, search = counts(), f"{PREDICTIONS}?search=own"
    call_command(*documented("dumpdata", rows=tmp_path / "rows.jsonl"), verbosity=0)

    with empty_database(tmp_path) as name, connected_to(name):
        call_command("migrate", verbosity=0)
        call_command(*documented("loaddata", rows=tmp_path / "rows.jsonl"), verbosity=0)

        assert counts() == before
        assert [row["id"] for row in api_client.get(search).json()["results"]] == [ids[0]]
        assert post_photo(api_client).status_code == 201
