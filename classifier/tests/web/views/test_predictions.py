"""The page of one prediction, without JavaScript."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.models import ModelVersion, Prediction
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.tests.examples import photo_files, upload
from classifier.tests.rows import make_prediction
from classifier.tests.web.reading import read


@pytest.mark.parametrize("classes", [2, 3])
def test_both_sides_are_told_of_a_two_class_model_alone(
    ada: Client, user: User, serving: ModelVersion, classes: int
) -> None:
    serving.manifest["classes"] = classes
    serving.save()
    top = [{"wnid": "", "label": "cat", "probability": 0.912}, {"wnid": "", "label": "dog", "probability": 0.088}]
    row = make_prediction(user, serving, "cat", probability=0.912, top=top)

    page = read(ada, f"/predictions/{row.pk}/")

    assert "The photo you uploaded is a cat (91.20%)" in page
    assert ("It is 91.20% cat and 8.80% dog." in page) == (classes == 2)


def test_a_photo_that_is_lost_is_nowhere_a_broken_picture(ada: Client, user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "tench", photo_lost=True)

    pages = [read(ada, f"/predictions/{path}") for path in ("", f"{row.pk}/", f"{row.pk}/delete/")]

    assert not any(f"{row.pk}/image/" in page or f"{row.pk}/thumbnail/" in page for page in pages)


@pytest.mark.parametrize(("label", "said"), [("orange", "an orange"), ("golden_retriever", "a golden retriever")])
def test_a_label_has_its_article(ada: Client, user: User, serving: ModelVersion, label: str, said: str) -> None:
    row = make_prediction(user, serving, label)

    assert f"The photo you uploaded is {said} (90.00%)" in read(ada, f"/predictions/{row.pk}/answer/")


@pytest.mark.parametrize("part", ["", "answer/", "delete/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_sees_or_deletes_what_is_somebody_elses(
    ada: Client, other_user: User, serving: ModelVersion, part: str, method: str
) -> None:
    row = make_prediction(other_user, serving, "tench")

    assert getattr(ada, method)(f"/predictions/{row.pk}/{part}").status_code in (404, 405)
    assert Prediction.objects.exists()


def test_deleting_asks_first_and_takes_the_files_along(
    ada: Client, user: User, serving: ModelVersion, home: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = services.classify_upload(sender=Sender(user), upload=upload()).prediction
    assert "Delete this prediction?" in read(ada, f"/predictions/{row.pk}/delete/")

    with django_capture_on_commit_callbacks(execute=True):
        response = ada.post(f"/predictions/{row.pk}/delete/")

    assert response.headers["Location"] == "/predictions/"
    assert not photo_files(home / "media")
