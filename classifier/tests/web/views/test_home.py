"""The first page: photos are classified there, without JavaScript."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from classifier.inference.scores.wording import whole_percent
from classifier.models import ModelVersion, Prediction
from classifier.tests.examples import upload
from classifier.web.samples import SAMPLES


def test_a_photo_leads_to_the_page_of_its_prediction(ada: Client, serving: ModelVersion) -> None:
    response = ada.post("/", {"image": upload()}, follow=True)

    row = Prediction.objects.get()
    assert response.redirect_chain == [(f"/predictions/{row.pk}/", 302)]
    page = response.content.decode()
    assert f"The photo you uploaded is a red ({whole_percent(row.probability)})" in page
    assert reverse("prediction-image", args=[row.pk]) in page
    assert page.count('class="bar"') == 3


def test_several_photos_lead_to_the_history(ada: Client, serving: ModelVersion) -> None:
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
    ada: Client, serving: ModelVersion, sent: Any, status: int, told: str
) -> None:
    response = ada.post("/", sent)

    assert response.status_code == status
    assert told in response.content.decode()


@pytest.mark.parametrize(
    ("good", "told"),
    [
        (1, "1 photo is classified and in your history."),
        (2, "2 photos are classified and in your history."),
    ],
)
def test_what_was_stored_beside_a_photo_that_was_refused_is_told(
    ada: Client, serving: ModelVersion, good: int, told: str
) -> None:
    page = ada.post("/", {"image": [*(upload() for _ in range(good)), upload(b"no picture")]}).content.decode()

    assert "This format is not accepted." in page
    assert told in page
    assert Prediction.objects.count() == good


def test_a_photo_that_is_too_large_is_told_on_the_page(ada: Client, serving: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = 100

    response = ada.post("/", {"image": upload()})

    assert response.status_code == 413
    assert "Send fewer or smaller ones." in response.content.decode()


def test_more_photos_than_a_form_may_carry_are_told_on_the_page(ada: Client, serving: ModelVersion) -> None:
    response = ada.post("/", {"image": [upload() for _ in range(6)]})

    assert response.status_code == 400
    assert "at most five" in response.content.decode()


def test_without_a_model_the_page_says_what_is_missing(ada: Client) -> None:
    response = ada.post("/", {"image": upload()})

    assert response.status_code == 503
    assert "install_model" in response.content.decode()


def test_uploads_are_limited_as_those_of_the_api_are(ada: Client, serving: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_UPLOADS_PER_MINUTE = 1
    ada.post("/", {"image": upload()})

    assert ada.post("/", {"image": upload()}).status_code == 429
    assert Prediction.objects.count() == 1


def test_strangers_are_asked_to_sign_in(client: Client, serving: ModelVersion) -> None:
    assert client.post("/", {"image": upload()}).headers["Location"] == "/sign-in/"


def test_the_home_page_says_which_model_answers(client: Client, serving: ModelVersion) -> None:
    page = client.get("/").content.decode()

    assert "colours" in page
    assert serving.version in page


def test_browsers_find_the_icon_where_they_look_for_it(client: Client, db: None) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("favicon.svg")


def test_the_home_page_without_a_model_says_how_to_get_one(client: Client, db: None) -> None:
    assert "install_model" in client.get("/").content.decode()


def test_a_full_disk_and_one_that_is_not_mounted_are_told(
    ada: Client, serving: ModelVersion, settings: Any, home: Path
) -> None:
    ada.post("/", {"image": upload()})
    settings.CLASSIFIER_MIN_FREE_BYTES = 2**62
    full = ada.post("/", {"image": upload()})
    (home / "media").rename(home / "elsewhere")
    gone, exported = ada.post("/", {"image": upload()}), ada.post("/account/export/", follow=True)

    assert (full.status_code, gone.status_code) == (507, 503)
    assert "disk is full" in full.content.decode()
    for page in (gone, exported):
        assert "cannot reach its files" in page.content.decode()


def test_an_account_without_photos_is_offered_samples(ada: Client, serving: ModelVersion) -> None:
    before = ada.get("/").content.decode()
    ada.post("/", {"image": upload()})

    assert before.count('name="sample"') == 3
    assert 'name="sample"' not in ada.get("/").content.decode()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_classified_as_any_photo_is(ada: Client, serving: ModelVersion, name: str) -> None:
    response = ada.post("/try/", {"sample": name})

    row = Prediction.objects.get()
    assert response.headers["Location"] == f"/predictions/{row.pk}/"
    assert row.filename == f"{name}.jpg"
    assert row.quality is not None
    assert not row.quality.retake


@pytest.mark.parametrize(("sample", "status"), [("../../site.css", 400), ("", 400), ("apple", 503)])
def test_what_is_wrong_with_a_sample_is_told(ada: Client, sample: str, status: int) -> None:
    response = ada.post("/try/", {"sample": sample})

    assert response.status_code == status
    assert 'role="alert"' in response.content.decode()


def test_samples_are_for_those_who_are_signed_in(client: Client, serving: ModelVersion) -> None:
    assert client.post("/try/", {"sample": "apple"}).headers["Location"].startswith("/sign-in/")
    assert not Prediction.objects.exists()
