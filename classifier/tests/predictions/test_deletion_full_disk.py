"""What is deleted on a disk that is full, or keeps the files."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.db.models import QuerySet
from django.test import Client
from rest_framework.test import APIClient

from classifier.models import ModelVersion, Prediction, UnremovedFile
from classifier.predictions.intake import Sender
from classifier.predictions.services import classify_upload
from classifier.tests.examples import photo_files, upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored(user: User, serving: ModelVersion) -> Prediction:
    return classify_upload(sender=Sender(user), upload=upload()).prediction


@pytest.fixture
def full_while_files_are_there(stored: Prediction, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with room for the database as soon as a photo is gone."""
    delete = QuerySet.delete

    def delete_with_room(self: "QuerySet[Any]", *arguments: Any, **options: Any) -> Any:
        if self.model is Prediction and photo_files(home / "media"):
            cause = sqlite3.OperationalError("database or disk is full")
            cause.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise OperationalError(str(cause)) from cause
        return delete(self, *arguments, **options)

    monkeypatch.setattr(QuerySet, "delete", delete_with_room)


@pytest.mark.usefixtures("full_while_files_are_there")
@pytest.mark.parametrize("door", ["api", "page"])
def test_people_can_make_room_on_a_full_disk(
    door: str, stored: Prediction, user: User, api_client: APIClient, home: Path
) -> None:
    if door == "api":
        assert api_client.delete(f"/api/v1/predictions/{stored.pk}/").status_code == 204
    else:
        browser = Client()
        browser.force_login(user)
        assert browser.post(f"/predictions/{stored.pk}/delete/").status_code == 302

    assert not Prediction.objects.exists()
    assert not photo_files(home / "media")


def test_another_failure_of_the_database_costs_no_file(
    stored: Prediction, api_client: APIClient, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "delete", locked)

    assert api_client.delete(f"/api/v1/predictions/{stored.pk}/").status_code == 503
    assert len(photo_files(home / "media")) == 2


def test_a_prediction_goes_though_its_disk_is_not_mounted_and_its_files_later(
    stored: Prediction, api_client: APIClient, home: Path
) -> None:
    (home / "media").rename(home / "elsewhere")

    assert api_client.delete(f"/api/v1/predictions/{stored.pk}/").status_code == 204
    assert not Prediction.objects.exists()
    assert set(UnremovedFile.objects.values_list("name", flat=True)) == set(stored.file_names)
