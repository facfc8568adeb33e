"""Everything that an account holds, in one file."""

import io
import json
import zipfile
from typing import Any

from django.contrib.auth.models import User
from rest_framework.test import APIClient

from classifier.models import ModelVersion, Prediction
from classifier.tests.examples import upload

EXPORT = "/api/v1/me/export/"


def test_the_export_holds_everything(api_client: APIClient, serving: ModelVersion, user: User) -> None:
    photo = upload()
    sent = photo.read()
    photo.seek(0)
    stored = api_client.post("/api/v1/predictions/", {"image": photo}, format="multipart").json()

    response = api_client.get(EXPORT)

    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/zip"
    assert "predictions.zip" in response["Content-Disposition"]
    assert archive.testzip() is None
    assert json.loads(archive.read("account.json"))["username"] == "ada"
    (prediction,) = json.loads(archive.read("predictions.json"))
    assert (prediction["id"], prediction["label"]) == (stored["id"], stored["label"])
    assert archive.read(prediction["photo"]) == sent


def test_an_export_without_photos_is_a_whole_zip_too(api_client: APIClient) -> None:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(api_client.get(EXPORT).streaming_content)))  # type: ignore[attr-defined]

    assert json.loads(archive.read("predictions.json")) == []


def test_the_export_has_nothing_of_others(user: User, other_user: User, serving: ModelVersion, client_of: Any) -> None:
    client_of(other_user).post("/api/v1/predictions/", {"image": upload()}, format="multipart")

    archive = zipfile.ZipFile(io.BytesIO(b"".join(client_of(user).get(EXPORT).streaming_content)))

    assert Prediction.objects.count() == 1
    assert sorted(archive.namelist()) == ["account.json", "predictions.json"]
