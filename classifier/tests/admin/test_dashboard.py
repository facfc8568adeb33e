"""The figures of the dashboard, and who may see them."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from classifier.admin.dashboard import figures
from classifier.models import ModelVersion, StorageUse
from classifier.tests.rows import make_prediction

LIST = "admin:classifier_prediction_changelist"

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def test_predictions_are_counted_by_day_within_the_window(user: User, serving: ModelVersion) -> None:
    for days_ago in (0, 0, 2, 6, 7):
        make_prediction(user, serving, "red", created_at=NOW - timedelta(days=days_ago))

    shown = figures(days=7, now=NOW)

    assert [column.count for column in shown["per_day"]] == [1, 0, 0, 0, 1, 0, 2]
    assert (shown["total"], shown["busiest"]) == (4, 2)


def test_labels_probabilities_and_latencies_are_told(user: User, serving: ModelVersion) -> None:
    for inference_ms in range(1, 101):
        make_prediction(user, serving, "red", created_at=NOW, inference_ms=inference_ms, probability=1.0)
    make_prediction(user, serving, "blue", created_at=NOW, inference_ms=0, probability=0.04)

    shown = figures(days=7, now=NOW)

    assert [(line.name, line.figure) for line in shown["labels"]] == [("red", 100), ("blue", 1)]
    assert [column.count for column in shown["probabilities"]] == [1, *[0] * 18, 100]
    assert shown["latencies"][2].percentiles_ms == (50, 90, 99)


def test_answers_are_counted_by_kind(user: User, serving: ModelVersion) -> None:
    for kind in ("exact", "exact", "unsure", None):
        make_prediction(user, serving, "red", created_at=NOW, answer_kind=kind)

    shown = figures(days=7, now=NOW)

    assert [(line.name, line.figure) for line in shown["answers"]] == [("exact", 2), ("unsure", 1)]


def test_users_are_ranked_by_what_they_keep(user: User, other_user: User) -> None:
    StorageUse.objects.create(owner=user, photos=1, byte_size=10)
    StorageUse.objects.create(owner=other_user, photos=4, byte_size=5)

    shown = figures(days=7, now=NOW)

    assert [(line.name, line.figure, line.share) for line in shown["users"]] == [("grace", 4, 1.0), ("ada", 1, 0.25)]
    assert (shown["photos"], shown["bytes"]) == (5, 15)


def test_the_dashboard_asks_no_more_of_the_database_for_more_rows(
    staff_client: Client, user: User, serving: ModelVersion
) -> None:
    url = reverse("admin:classifier_dashboard")
    make_prediction(user, serving, "red")
    with CaptureQueriesContext(connection) as few:
        assert staff_client.get(url).status_code == 200
    for _ in range(30):
        make_prediction(user, serving, f"label{_}")
    with CaptureQueriesContext(connection) as many:
        page = staff_client.get(url).content.decode()

    assert len(few) == len(many)
    assert "<svg" in page
    assert "style=" not in page.partition("classifier-board")[2]


def test_the_dashboard_of_an_empty_server_is_a_page(staff_client: Client) -> None:
    page = staff_client.get(reverse("admin:classifier_dashboard"), {"days": "7; drop"}).content.decode()

    assert "No predictions in this period." in page


def test_the_dashboard_is_for_those_who_may_see_predictions(client: Client, user: User) -> None:
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert client.get(reverse("admin:classifier_dashboard")).status_code == 403

    user.user_permissions.add(Permission.objects.get(codename="view_prediction"))

    assert client.get(reverse("admin:classifier_dashboard")).status_code == 200
