"""The predictions in the admin: found, shown, deleted and classified again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from classifier.admin import predictions
from classifier.model_registry import versions
from classifier.models import ModelVersion, Prediction, ReclassificationJob
from classifier.predictions import reclassification, services
from classifier.predictions.intake import Sender
from classifier.tests.admin.actions import act
from classifier.tests.examples import photo_files, upload
from classifier.tests.rows import make_prediction

LIST = "admin:classifier_prediction_changelist"
TOKENS = "admin:classifier_devicetoken_changelist"


MODELS = "admin:classifier_modelversion_changelist"


def test_predictions_are_listed_with_picture_label_and_probability(
    staff_client: Client, user: User, serving: ModelVersion
) -> None:
    row = make_prediction(user, serving, "red_fox", probability=0.87)

    page = staff_client.get(reverse(LIST)).content.decode()

    assert reverse("prediction-thumbnail", args=[row.pk]) in page
    assert "red fox" in page
    assert "87 %" in page
    assert str(serving) in page


@pytest.mark.parametrize(
    "query",
    [
        "q=RED F",
        "q=ad",
        "q={row.pk}",
        "q={row.sha256}",
        "model_version__id__exact={row.model_version_id}",
        "created_at__gte=2026-01-01 00:00%2B00:00",
        "content_type=image/jpeg",
        "answer=exact",
        "answer=exact,broader",
    ],
)
def test_predictions_are_searched_and_filtered(
    staff_client: Client, user: User, other_user: User, serving: ModelVersion, query: str
) -> None:

    row = make_prediction(
        user, serving, "red_fox", created_at=datetime(2026, 1, 2, tzinfo=UTC), sha256="ab" * 32, answer_kind="exact"
    )
    elsewhere = ModelVersion.objects.create(name="other", version="1", manifest=serving.manifest)
    long_ago = datetime(2025, 1, 2, tzinfo=UTC)
    make_prediction(other_user, elsewhere, "tench", created_at=long_ago, content_type="image/png")

    page = staff_client.get(f"{reverse(LIST)}?{query.format(row=row)}")

    assert [found.pk for found in page.context["cl"].result_list] == [row.pk]


def test_predictions_are_filtered_by_a_label_seen_of_late(
    staff_client: Client, user: User, serving: ModelVersion
) -> None:
    fox, _ = make_prediction(user, serving, "red_fox"), make_prediction(user, serving, "tench")

    offered = staff_client.get(reverse(LIST)).content.decode()
    page = staff_client.get(f"{reverse(LIST)}?label=red_fox")

    assert "?label=red_fox" in offered
    assert [row.pk for row in page.context["cl"].result_list] == [fox.pk]


def test_a_prediction_is_shown_with_its_picture_and_best_labels(
    staff_client: Client, user: User, serving: ModelVersion, api_client: Any
) -> None:
    body = api_client.post("/api/v1/predictions/", {"image": upload()}, format="multipart").json()

    page = staff_client.get(reverse("admin:classifier_prediction_change", args=[body["id"]])).content.decode()

    assert reverse("prediction-image", args=[body["id"]]) in page
    assert page.count("<meter") == 3
    assert 'name="_save"' not in page


def test_a_lost_photo_is_told_instead_of_shown(staff_client: Client, user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "red_fox", photo_lost=True)

    for path in (reverse(LIST), reverse("admin:classifier_prediction_change", args=[row.pk])):
        page = staff_client.get(path).content.decode()
        assert "photo lost" in page
        assert "<img class=" not in page


def test_predictions_deleted_in_bulk_take_their_files_along(
    staff_client: Client, serving: ModelVersion, api_client: Any, home: Any, django_capture_on_commit_callbacks: Any
) -> None:
    keys = [
        api_client.post("/api/v1/predictions/", {"image": upload()}, format="multipart").json()["id"] for _ in range(2)
    ]

    with django_capture_on_commit_callbacks(execute=True):
        staff_client.post(reverse(LIST), {"action": "delete_selected", "_selected_action": keys, "post": "yes"})

    assert not Prediction.objects.exists()
    assert not photo_files(home / "media")


def test_photos_are_classified_again_in_the_background(
    staff_client: Client, user: User, serving: ModelVersion, second: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = services.classify_upload(sender=Sender(user), upload=upload()).prediction
    versions.activate(second)
    monkeypatch.setattr(reclassification, "work_in_background", reclassification.reclassify_all)

    page = act(staff_client, LIST, "classify_again", stored.pk).content.decode()

    assert f"1 photo is being classified again by {second}" in page
    stored.refresh_from_db()
    assert stored.model_version == second
    change = staff_client.get(reverse("admin:classifier_prediction_change", args=[stored.pk])).content.decode()
    assert f"by {serving}, until {timezone.now():%Y-%m-%d}" in change


def test_nothing_is_classified_again_without_an_active_model(
    staff_client: Client, user: User, serving: ModelVersion
) -> None:
    row = make_prediction(user, serving, "red")
    ModelVersion.objects.update(is_active=False)

    page = act(staff_client, LIST, "classify_again", row.pk).content.decode()

    assert "No model is active" in page
    assert not ReclassificationJob.objects.exists()


def test_more_photos_than_can_be_noted_at_once_are_left_alone(
    staff_client: Client, user: User, serving: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predictions, "MAX_RECLASSIFIED", 1)
    rows = [make_prediction(user, serving, "red"), make_prediction(user, serving, "red")]

    page = act(staff_client, LIST, "classify_again", *(row.pk for row in rows)).content.decode()

    assert "At most 1 photos" in page
    assert not ReclassificationJob.objects.exists()


def test_a_prediction_shows_its_answer_and_what_is_wrong_with_its_photo(
    staff_client: Client, user: User, serving: ModelVersion
) -> None:
    row = make_prediction(user, serving, "tench", answer_kind="unsure", quality_codes="blurred")

    page = staff_client.get(reverse("admin:classifier_prediction_change", args=[row.pk])).content.decode()

    assert "Not sure: perhaps a tench (90 %)" in page
    assert "hold the camera still" in page
