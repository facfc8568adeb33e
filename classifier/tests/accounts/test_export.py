"""Everything that an account holds, in one file."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient

from classifier.accounts import export
from classifier.models import ModelVersion, Prediction
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.storage.removal import remove_files
from classifier.tests.examples import upload
from classifier.tests.rows import make_prediction

EXPORT = "/api/v1/me/export/"


def test_the_export_holds_everything(api_client: APIClient, serving: ModelVersion, user: User) -> None:
    photo = upload()
    sent = photo.read()
    photo.seek(0)
    stored = api_client.post("/api/v1/predictions/", {"image": photo}, format="multipart").json()
    correction = {"verdict": "wrong", "label": "tomato"}
    given = api_client.put(f"/api/v1/predictions/{stored['id']}/feedback/", correction, format="json").json()

    response = api_client.get(EXPORT)

    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/zip"
    assert "predictions.zip" in response["Content-Disposition"]
    assert archive.testzip() is None
    assert json.loads(archive.read("account.json"))["username"] == "ada"
    (prediction,) = json.loads(archive.read("predictions.json"))
    assert (prediction["id"], prediction["label"]) == (stored["id"], stored["label"])
    assert archive.read(prediction["photo"]) == sent
    assert {**prediction["feedback"], "at": given["at"]} == given


def test_an_export_without_photos_is_a_whole_zip_too(api_client: APIClient) -> None:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(api_client.get(EXPORT).streaming_content)))  # type: ignore[attr-defined]

    assert json.loads(archive.read("predictions.json")) == []


def test_the_export_has_nothing_of_others(user: User, other_user: User, serving: ModelVersion, client_of: Any) -> None:
    client_of(other_user).post("/api/v1/predictions/", {"image": upload()}, format="multipart")

    archive = zipfile.ZipFile(io.BytesIO(b"".join(client_of(user).get(EXPORT).streaming_content)))

    assert Prediction.objects.count() == 1
    assert sorted(archive.namelist()) == ["account.json", "predictions.json"]


def test_every_photo_is_in_it_once_though_rows_are_read_by_pages(
    user: User, serving: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "PAGE", 2)
    services.classify_upload(sender=Sender(user), upload=upload())
    at_once = timezone.now()
    times = [at_once] * 4 + [at_once - timedelta(days=1), at_once - timedelta(days=2)]
    rows = [make_prediction(user, serving, "red", created_at=time, image="photos/1/1.jpg") for time in times]
    file = io.BytesIO()

    export.write_zip(user, file)

    found = [prediction["id"] for prediction in json.loads(zipfile.ZipFile(file).read("predictions.json"))]
    assert found == [str(row.pk) for row in Prediction.objects.filter(owner=user)]
    assert len(found) == len(rows) + 1


def test_a_lost_photo_is_left_out(user: User, serving: ModelVersion) -> None:
    stored = services.classify_upload(sender=Sender(user), upload=upload()).prediction
    remove_files(stored.file_names)
    file = io.BytesIO()

    export.write_zip(user, file)

    assert zipfile.ZipFile(file).namelist() == ["account.json", "predictions.json"]
