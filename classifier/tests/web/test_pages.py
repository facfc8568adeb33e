"""The pages of somebody who is signed in, without JavaScript."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from classifier import model_versions, services
from classifier.models import DeviceToken, ModelVersion, Prediction
from classifier.tests.api.test_predictions import make
from classifier.tests.examples import upload


@pytest.fixture
def ada(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def read(client: Client, path: str, **query: Any) -> str:
    response = client.get(path, query)
    assert response.status_code == 200
    return str(response.content.decode())


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
    def test_both_sides_of_a_two_class_model_are_told(self, ada: Client, user: User, serving: ModelVersion) -> None:
        top = [{"wnid": "", "label": "cat", "probability": 0.912}, {"wnid": "", "label": "dog", "probability": 0.088}]
        row = make(user, serving, "cat", probability=0.912, top=top)

        page = read(ada, f"/predictions/{row.pk}/")

        assert "The photo you uploaded is a cat (91.20%)" in page
        assert "It is 91.20% cat and 8.80% dog." in page

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


class TestHistory:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({}, {"red fox", "tench"}),
            ({"search": "red f"}, {"red fox"}),
            ({"min_percent": "50"}, {"red fox"}),
            ({"since": "2026-03-02"}, {"tench"}),
            ({"until": "2026-03-01"}, {"red fox"}),
            ({"since": "nonsense", "min_percent": "many"}, {"red fox", "tench"}),
            ({"until": "9999-12-31"}, {"red fox", "tench"}),
            ({"before": "nonsense"}, {"red fox", "tench"}),
        ],
    )
    def test_it_is_filtered(
        self, ada: Client, user: User, serving: ModelVersion, query: dict[str, str], found: set[str]
    ) -> None:
        make(user, serving, "red_fox", created_at=datetime(2026, 3, 1, 23, 59, tzinfo=UTC))
        make(user, serving, "tench", probability=0.1, created_at=datetime(2026, 3, 2, tzinfo=UTC))

        page = read(ada, "/predictions/", **query)

        assert {label for label in ("red fox", "tench") if f'tile-label">{label}<' in page} == found

    def test_it_is_filtered_by_model(self, ada: Client, user: User, serving: ModelVersion) -> None:
        other = ModelVersion.objects.create(name="vgg-16", version="abc", manifest=serving.manifest)
        make(user, serving, "red_fox")
        make(user, other, "tench")

        page = read(ada, "/predictions/", model=other.pk)

        assert 'tile-label">tench<' in page
        assert 'tile-label">red fox<' not in page

    def test_every_prediction_is_on_one_page_forth_and_back(
        self, ada: Client, user: User, serving: ModelVersion, settings: Any
    ) -> None:
        settings.CLASSIFIER_HISTORY_PAGE_SIZE = 2
        same_moment = datetime(2026, 3, 1, tzinfo=UTC)
        rows = {str(make(user, serving, f"label{n}", created_at=same_moment).pk) for n in range(5)}

        forth = walk(ada, "older")
        back = walk(ada, "newer", start=forth[-1].after)

        assert [len(step.keys) for step in forth] == [2, 2, 1]
        assert {key for step in forth for key in step.keys} == rows
        assert [step.keys for step in back] == [step.keys for step in forth[1::-1]]

    def test_a_filter_stays_on_the_next_page(
        self, ada: Client, user: User, serving: ModelVersion, settings: Any
    ) -> None:
        settings.CLASSIFIER_HISTORY_PAGE_SIZE = 1
        for _ in range(2):
            make(user, serving, "red_fox")

        assert "?search=fox&amp;before=" in read(ada, "/predictions/", search="fox")

    def test_it_takes_no_more_queries_for_more_rows(
        self, ada: Client, user: User, serving: ModelVersion, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(20):
            make(user, serving, "red")

        with django_assert_max_num_queries(5):
            page = read(ada, "/predictions/")

        assert len(page) < 100_000


class Step:
    """One page of the history: what is on it and where it leads."""

    def __init__(self, response: Any) -> None:
        page = response.context["page"]
        self.keys = [str(row.pk) for row in page.predictions]
        self.older, self.newer = page.older, page.newer
        self.after = page.newer


def walk(client: Client, way: str, start: str = "") -> list[Step]:
    name = "before" if way == "older" else "after"
    steps = [Step(client.get("/predictions/", {name: start} if start else {}))]
    while cursor := getattr(steps[-1], way):
        steps.append(Step(client.get("/predictions/", {name: cursor})))
    return steps


class TestModel:
    def test_it_names_what_answers_and_how_well(self, ada: Client, serving: ModelVersion, model_folder: Path) -> None:
        report = {
            "photos": 40,
            "top_1": 0.75,
            "top_5": 1.0,
            "per_class": {"red": 0.5, "blue": 1.0},
            "confusions": [{"truth": "red", "answer": "blue", "photos": 9}],
        }
        (model_folder / "report.json").write_text(json.dumps(report))
        try:
            page = read(ada, "/model/")
        finally:
            (model_folder / "report.json").unlink()

        assert serving.version in page
        assert "75.0%" in page
        assert "red called blue" in page

    def test_a_report_that_is_broken_is_left_out(self, ada: Client, serving: ModelVersion, model_folder: Path) -> None:
        (model_folder / "report.json").write_text('{"photos": 1')
        try:
            page = read(ada, "/model/")
        finally:
            (model_folder / "report.json").unlink()

        assert "How well it does" not in page
        assert ada.get("/model/report.png").status_code == 404

    def test_its_labels_are_searched(self, ada: Client, serving: ModelVersion) -> None:
        page = read(ada, "/model/", search="gRee")

        assert "1 label with" in page
        assert "<li>green</li>" in page
        assert "<li>red</li>" not in page

    def test_without_a_model_there_is_a_page_all_the_same(self, ada: Client) -> None:
        assert "No model yet" in read(ada, "/model/")


class TestAccount:
    def test_devices_are_listed_and_signed_out(self, ada: Client, user: User) -> None:
        device, _ = DeviceToken.objects.create(user, device_name="red phone")
        assert "red phone" in read(ada, "/account/")

        ada.post(f"/account/devices/{device.id}/")

        assert "red phone" not in read(ada, "/account/")

    def test_nobody_signs_out_a_device_of_somebody_else(self, ada: Client, other_user: User) -> None:
        device, _ = DeviceToken.objects.create(other_user)

        assert ada.post(f"/account/devices/{device.id}/").status_code == 404
        assert DeviceToken.objects.exists()

    def test_a_new_password_signs_every_other_device_out_and_this_browser_stays(self, ada: Client, user: User) -> None:
        DeviceToken.objects.create(user)
        given = {"current_password": "correct horse battery", "new_password": "another good one"}

        page = ada.post("/account/", given, follow=True).content.decode()

        assert "Your password is changed" in page
        assert not DeviceToken.objects.exists()
        assert read(ada, "/account/")

    @pytest.mark.parametrize(
        ("change", "told"),
        [({"current_password": "wrong"}, "not your password"), ({"new_password": "123"}, "too short")],
    )
    def test_what_is_wrong_with_a_new_password_is_told(
        self, ada: Client, user: User, change: dict[str, str], told: str
    ) -> None:
        given = {"current_password": "correct horse battery", "new_password": "another good one", **change}

        assert told in ada.post("/account/", given).content.decode()
        user.refresh_from_db()
        assert user.check_password("correct horse battery")

    def test_everything_else_is_signed_out_at_once(self, ada: Client, user: User) -> None:
        DeviceToken.objects.create(user)
        elsewhere = Client()
        elsewhere.force_login(user)

        ada.post("/account/sign-out-everywhere/")

        assert not DeviceToken.objects.exists()
        assert elsewhere.get("/account/").status_code == 302
        assert read(ada, "/account/")

    def test_everything_is_exported(self, ada: Client) -> None:
        response: Any = ada.post("/account/export/")

        assert response["Content-Type"] == "application/zip"
        assert b"".join(response.streaming_content)[:2] == b"PK"

    def test_the_account_is_deleted_with_its_password_alone(self, ada: Client, user: User) -> None:
        assert "not your password" in ada.post("/account/delete/", {"password": "wrong"}).content.decode()
        assert User.objects.exists()

        page = ada.post("/account/delete/", {"password": "correct horse battery"}, follow=True).content.decode()

        assert "Your account is deleted" in page
        assert not User.objects.exists()

    @pytest.mark.parametrize("path", ["/predictions/", "/model/", "/account/", "/account/delete/"])
    def test_pages_are_for_those_who_are_signed_in(self, client: Client, db: None, path: str) -> None:
        assert client.get(path).headers["Location"] == f"/sign-in/?next={path}"


def test_the_page_names_the_version_that_is_to_answer_next(ada: Client, serving: ModelVersion, tmp_path: Path) -> None:
    ModelVersion.objects.update(is_active=False)
    ModelVersion.objects.create(name="next", version="1", manifest=serving.manifest, is_active=True)

    assert "next-1 is to answer next" in read(ada, "/model/")
    assert model_versions.active() != serving
