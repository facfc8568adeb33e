"""The fourth tutorial's way: VGG16 with weights from a file. Half a gigabyte, three times over: not in every run."""

import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from rest_framework.test import APIClient

from classifier.inference import instance
from classifier.inference.labels.imagenet import imagenet_labels
from classifier.inference.packaging.hashes import file_sha256
from classifier.inference.packaging.pretrained import initialize_model
from classifier.inference.scores.wording import whole_percent
from classifier.models import ModelVersion
from classifier.tests.examples import jpeg, upload

pytestmark = pytest.mark.slow


@pytest.fixture
def weights(tmp_path: Path) -> Iterator[Path]:
    """Random ones, so that nothing is fetched; all of it is removed in the end, which pytest would keep."""
    file = tmp_path / "vgg16.weights.h5"
    initialize_model(weights=None, architecture="vgg16").save_weights(file)
    yield file
    shutil.rmtree(tmp_path)


def test_vgg16_is_installed_from_a_file_and_answers(
    db: None, weights: Path, api_client: APIClient, client: Client, user: User
) -> None:
    call_command("install_model", "vgg16", "--weights", str(weights), "--activate")
    answer: Any = api_client.post("/api/v1/predict/", {"image": upload(jpeg())}, format="multipart").json()
    client.force_login(user)
    page = client.post("/", {"image": upload(jpeg())}, follow=True).content.decode()

    manifest = ModelVersion.objects.get(is_active=True).manifest
    assert (manifest["architecture"], manifest["weights_sha256"]) == ("vgg16", file_sha256(weights))
    assert manifest["parity"]["max_difference"] < 1e-4
    assert instance.get().ref.name == "vgg16"
    assert {found["label"] for found in answer["predictions"]} <= {label.name for label in imagenet_labels()}
    best = answer["predictions"][0]
    assert f"{best['label'].replace('_', ' ')} ({whole_percent(best['probability'])})" in unescape(page)
