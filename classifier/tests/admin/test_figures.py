"""The dashboard, the export and the second look, on the operator's desk."""

import csv
import io
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from classifier.admin import predictions
from classifier.admin.figures import figures
from classifier.model_registry import versions
from classifier.models import ModelVersion, ReclassificationJob, StorageUse
from classifier.predictions import reclassification, services
from classifier.tests.api.views.test_predictions import make
from classifier.tests.examples import build_colour_model, upload

LIST = "admin:classifier_prediction_changelist"
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    client.force_login(staff)
    return client


def test_predictions_are_counted_by_day_within_the_window(user: User, serving: ModelVersion) -> None:
    for days_ago in (0, 0, 2, 6, 7):
        make(user, serving, "red", created_at=NOW - timedelta(days=days_ago))

    found = figures(days=7, now=NOW)

    assert [column.count for column in found["per_day"]] == [1, 0, 0, 0, 1, 0, 2]
    assert (found["total"], found["busiest"]) == (4, 2)


def test_labels_probabilities_and_latencies_are_told(user: User, serving: ModelVersion) -> None:
    for inference_ms in range(1, 101):
        make(user, serving, "red", created_at=NOW, inference_ms=inference_ms, probability=1.0)
    make(user, serving, "blue", created_at=NOW, inference_ms=0, probability=0.04)

    found = figures(days=7, now=NOW)

    assert [(line.name, line.figure) for line in found["labels"]] == [("red", 100), ("blue", 1)]
    assert [column.count for column in found["probabilities"]] == [1, *[0] * 18, 100]
    assert found["latencies"][2].percentiles_ms == (50, 90, 99)


def test_users_are_ranked_by_what_they_keep(user: User, other_user: User) -> None:
    StorageUse.objects.create(owner=user, photos=1, byte_size=10)
    StorageUse.objects.create(owner=other_user, photos=4, byte_size=5)

    found = figures(days=7, now=NOW)

    assert [(line.name, line.figure, line.share) for line in found["users"]] == [("grace", 4, 1.0), ("ada", 1, 0.25)]
    assert (found["photos"], found["bytes"]) == (5, 15)


def test_the_dashboard_asks_no_more_of_the_database_for_more_rows(
    desk: Client, user: User, serving: ModelVersion
) -> None:
    url = reverse("admin:classifier_dashboard")
    make(user, serving, "red")
    with CaptureQueriesContext(connection) as few:
        assert desk.get(url).status_code == 200
    for _ in range(30):
        make(user, serving, f"label{_}")
    with CaptureQueriesContext(connection) as many:
        page = desk.get(url).content.decode()

    assert len(few) == len(many)
    assert "<svg" in page
    assert "style=" not in page.partition("classifier-board")[2]


def test_the_dashboard_of_an_empty_server_is_a_page(desk: Client) -> None:
    page = desk.get(reverse("admin:classifier_dashboard"), {"days": "7; drop"}).content.decode()

    assert "No prediction in this time." in page


def test_the_dashboard_is_for_those_who_may_see_predictions(client: Client, user: User) -> None:
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert client.get(reverse("admin:classifier_dashboard")).status_code == 403

    user.user_permissions.add(Permission.objects.get(codename="view_prediction"))

    assert client.get(reverse("admin:classifier_dashboard")).status_code == 200


def act(desk: Client, action: str, *keys: uuid.UUID) -> Any:
    return desk.post(reverse(LIST), {"action": action, "_selected_action": keys}, follow=True)


def test_predictions_are_exported_as_a_table(desk: Client, user: User, serving: ModelVersion) -> None:
    row = make(user, serving, "red_fox", probability=0.5)
    make(user, serving, "not chosen")

    response = act(desk, "export_csv", row.pk)

    assert response.streaming
    table = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert [(line["id"], line["owner"], line["label"], line["probability"]) for line in table] == [
        (str(row.pk), "ada", "red_fox", "0.5")
    ]


def test_no_cell_of_the_table_is_taken_for_a_formula(desk: Client, user: User, serving: ModelVersion) -> None:
    row = make(user, serving, '=HYPERLINK("http://example.org")')

    body = b"".join(act(desk, "export_csv", row.pk).streaming_content).decode()

    assert "'=HYPERLINK" in body


def test_photos_are_classified_again_in_the_background(
    desk: Client, user: User, serving: ModelVersion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = services.classify_upload(owner=user, upload=upload()).prediction
    second = versions.register(build_colour_model(tmp_path, name="second", gain=3.0))
    versions.activate(second)
    monkeypatch.setattr(reclassification, "work_in_background", reclassification.reclassify_all)

    page = act(desk, "classify_again", stored.pk).content.decode()

    assert f"1 photos are being classified again by {second}" in page
    stored.refresh_from_db()
    assert stored.model_version == second
    change = desk.get(reverse("admin:classifier_prediction_change", args=[stored.pk])).content.decode()
    assert f"by {serving}, until {timezone.now():%Y-%m-%d}" in change


def test_nothing_is_classified_again_without_an_active_model(desk: Client, user: User, serving: ModelVersion) -> None:
    row = make(user, serving, "red")
    ModelVersion.objects.update(is_active=False)

    page = act(desk, "classify_again", row.pk).content.decode()

    assert "No model is active" in page
    assert not ReclassificationJob.objects.exists()


def test_more_photos_than_can_be_noted_at_once_are_left_alone(
    desk: Client, user: User, serving: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predictions, "MOST_CLASSIFIED_AGAIN", 1)
    rows = [make(user, serving, "red"), make(user, serving, "red")]

    page = act(desk, "classify_again", *(row.pk for row in rows)).content.decode()

    assert "At most 1 photos" in page
    assert not ReclassificationJob.objects.exists()


def test_the_desk_sends_strangers_to_the_pages_own_way_in(client: Client, db: None) -> None:
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0] == "/sign-in/?next=%2Fadmin%2F"
