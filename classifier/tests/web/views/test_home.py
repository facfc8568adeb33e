"""Classifying photos, and their predictions, without JavaScript."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from classifier.models import ModelVersion, Prediction
from classifier.predictions import services
from classifier.tests.api.views.test_predictions import make
from classifier.tests.examples import upload
from classifier.tests.web.reading import read


class TestClassify:
    def test_a_photo_leads_to_the_page_of_its_prediction(self, ada: Client, serving: ModelVersion) -> None:
        response = ada.post("/", {"image": upload()}, follow=True)

        row = Prediction.objects.get()
        assert response.redirect_chain == [(f"/predictions/{row.pk}/", 302)]
        page = response.content.decode()
        assert f"The photo you uploaded is a red ({row.probability:.2%})" in page
        assert reverse("prediction-image", args=[row.pk]) in page
        assert page.count('class="bar"') == 3

    def test_several_photos_lead_to_the_history(self, ada: Client, serving: ModelVersion) -> None:
        response = ada.post("/", {"image": [upload(), upload()]})

        assert response.headers["Location"] == "/predictions/"
        assert Prediction.objects.count() == 2

    @pytest.mark.parametrize(
        ("sent", "status", "told"),
        [
            ({}, 400, "Choose a photo first."),
            ({"image": upload(b"no picture", "odd<b>.jpg")}, 400, "odd&lt;b&gt;.jpg: This format is not accepted."),
        ],
    )
    def test_what_is_wrong_with_a_photo_is_told(
        self, ada: Client, serving: ModelVersion, sent: Any, status: int, told: str
    ) -> None:
        response = ada.post("/", sent)

        assert response.status_code == status
        assert told in response.content.decode()

    def test_a_photo_that_is_too_large_is_told_on_the_page(
        self, ada: Client, serving: ModelVersion, settings: Any
    ) -> None:
        settings.CLASSIFIER_MAX_UPLOAD_BYTES = 100

        response = ada.post("/", {"image": upload()})

        assert response.status_code == 413
        assert "Send fewer, or smaller ones." in response.content.decode()

    def test_more_photos_than_a_form_may_carry_are_told_on_the_page(self, ada: Client, serving: ModelVersion) -> None:
        response = ada.post("/", {"image": [upload() for _ in range(6)]})

        assert response.status_code == 400
        assert "at most five" in response.content.decode()

    def test_without_a_model_the_page_says_what_is_missing(self, ada: Client) -> None:
        response = ada.post("/", {"image": upload()})

        assert response.status_code == 503
        assert "install_model" in response.content.decode()

    def test_uploads_are_limited_as_those_of_the_api_are(
        self, ada: Client, serving: ModelVersion, settings: Any
    ) -> None:
        settings.CLASSIFIER_UPLOADS_PER_MINUTE = 1
        ada.post("/", {"image": upload()})

        assert ada.post("/", {"image": upload()}).status_code == 503
        assert Prediction.objects.count() == 1

    def test_strangers_are_asked_to_sign_in(self, client: Client, serving: ModelVersion) -> None:
        assert client.post("/", {"image": upload()}).headers["Location"] == "/sign-in/"


class TestPrediction:
    @pytest.mark.parametrize("classes", [2, 3])
    def test_both_sides_are_told_of_a_two_class_model_alone(
        self, ada: Client, user: User, serving: ModelVersion, classes: int
    ) -> None:
        serving.manifest["classes"] = classes
        serving.save()
        top = [{"wnid": "", "label": "cat", "probability": 0.912}, {"wnid": "", "label": "dog", "probability": 0.088}]
        row = make(user, serving, "cat", probability=0.912, top=top)

        page = read(ada, f"/predictions/{row.pk}/")

        assert "The photo you uploaded is a cat (91.20%)" in page
        assert ("It is 91.20% cat and 8.80% dog." in page) == (classes == 2)

    def test_a_photo_that_is_lost_is_nowhere_a_broken_picture(
        self, ada: Client, user: User, serving: ModelVersion
    ) -> None:
        row = make(user, serving, "tench", photo_lost=True)

        pages = [read(ada, f"/predictions/{path}") for path in ("", f"{row.pk}/", f"{row.pk}/delete/")]

        assert not any(f"{row.pk}/image/" in page or f"{row.pk}/thumbnail/" in page for page in pages)

    @pytest.mark.parametrize(("label", "said"), [("orange", "an orange"), ("golden_retriever", "a golden retriever")])
    def test_a_label_has_its_article(
        self, ada: Client, user: User, serving: ModelVersion, label: str, said: str
    ) -> None:
        row = make(user, serving, label)

        assert f"The photo you uploaded is {said} (90.00%)" in read(ada, f"/predictions/{row.pk}/answer/")

    @pytest.mark.parametrize("part", ["", "answer/", "delete/"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_nobody_sees_or_deletes_what_is_somebody_elses(
        self, ada: Client, other_user: User, serving: ModelVersion, part: str, method: str
    ) -> None:
        row = make(other_user, serving, "tench")

        assert getattr(ada, method)(f"/predictions/{row.pk}/{part}").status_code in (404, 405)
        assert Prediction.objects.exists()

    def test_deleting_asks_first_and_takes_the_files_along(
        self, ada: Client, user: User, serving: ModelVersion, home: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        row = services.classify_upload(owner=user, upload=upload()).prediction
        assert "Delete this prediction?" in read(ada, f"/predictions/{row.pk}/delete/")

        with django_capture_on_commit_callbacks(execute=True):
            response = ada.post(f"/predictions/{row.pk}/delete/")

        assert response.headers["Location"] == "/predictions/"
        assert not [path for path in (home / "media").rglob("*") if path.is_file()]
