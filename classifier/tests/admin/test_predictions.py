"""The operator's desk."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from classifier.model_registry import versions
from classifier.models import DeviceToken, ModelVersion, Prediction
from classifier.tests.api.views.test_predictions import make
from classifier.tests.examples import build_colour_model, upload

LIST = "admin:classifier_prediction_changelist"
TOKENS = "admin:classifier_devicetoken_changelist"
MODELS = "admin:classifier_modelversion_changelist"


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    client.force_login(staff)
    return client


def test_predictions_are_listed_with_picture_label_and_probability(
    desk: Client, user: User, serving: ModelVersion
) -> None:
    row = make(user, serving, "red_fox", probability=0.87)

    page = desk.get(reverse(LIST)).content.decode()

    assert reverse("prediction-thumbnail", args=[row.pk]) in page
    assert "red fox" in page
    assert "87.0%" in page
    assert str(serving) in page


def queries_for(desk: Client, capture: Any, name: str) -> int:
    with capture() as queries:
        assert desk.get(reverse(name)).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", [LIST, MODELS, TOKENS])
def test_a_list_takes_no_more_queries_for_more_rows(desk: Client, user: User, serving: ModelVersion, name: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(count: int) -> None:
        for number in range(count):
            owner = User.objects.create_user(f"u{User.objects.count()}")
            version = ModelVersion.objects.create(name=owner.username, version="1", manifest=serving.manifest)
            make(owner, version, f"label{number}")
            DeviceToken.objects.create(owner)

    fill(3)
    few = queries_for(desk, lambda: CaptureQueriesContext(connection), name)
    fill(27)
    many = queries_for(desk, lambda: CaptureQueriesContext(connection), name)

    assert few == many


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
    ],
)
def test_predictions_are_searched_and_filtered(
    desk: Client, user: User, other_user: User, serving: ModelVersion, query: str
) -> None:
    from datetime import UTC, datetime

    row = make(user, serving, "red_fox", created_at=datetime(2026, 1, 2, tzinfo=UTC), sha256="ab" * 32)
    elsewhere = ModelVersion.objects.create(name="other", version="1", manifest=serving.manifest)
    long_ago = datetime(2025, 1, 2, tzinfo=UTC)
    make(other_user, elsewhere, "tench", created_at=long_ago, content_type="image/png")

    page = desk.get(f"{reverse(LIST)}?{query.format(row=row)}")

    assert [found.pk for found in page.context["cl"].result_list] == [row.pk]


def test_predictions_are_filtered_by_a_label_seen_of_late(desk: Client, user: User, serving: ModelVersion) -> None:
    fox, _ = make(user, serving, "red_fox"), make(user, serving, "tench")

    offered = desk.get(reverse(LIST)).content.decode()
    page = desk.get(f"{reverse(LIST)}?label=red_fox")

    assert "?label=red_fox" in offered
    assert [row.pk for row in page.context["cl"].result_list] == [fox.pk]


def test_a_prediction_is_shown_with_its_picture_and_best_labels(
    desk: Client, user: User, serving: ModelVersion, api_client: Any
) -> None:
    body = api_client.post("/api/v1/predictions/", {"image": upload()}, format="multipart").json()

    page = desk.get(reverse("admin:classifier_prediction_change", args=[body["id"]])).content.decode()

    assert reverse("prediction-image", args=[body["id"]]) in page
    assert page.count("<meter") == 3
    assert 'name="_save"' not in page


def test_a_lost_photo_is_told_instead_of_shown(desk: Client, user: User, serving: ModelVersion) -> None:
    row = make(user, serving, "red_fox", photo_lost=True)

    for path in (reverse(LIST), reverse("admin:classifier_prediction_change", args=[row.pk])):
        page = desk.get(path).content.decode()
        assert "photo lost" in page
        assert "<img class=" not in page


def test_predictions_deleted_in_bulk_take_their_files_along(
    desk: Client, serving: ModelVersion, api_client: Any, home: Any, django_capture_on_commit_callbacks: Any
) -> None:
    keys = [
        api_client.post("/api/v1/predictions/", {"image": upload()}, format="multipart").json()["id"] for _ in range(2)
    ]

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse(LIST), {"action": "delete_selected", "_selected_action": keys, "post": "yes"})

    assert not Prediction.objects.exists()
    assert not [path for path in (home / "media").rglob("*") if path.is_file()]


def act(desk: Client, action: str, *versions: ModelVersion, **more: str) -> str:
    data = {"action": action, "_selected_action": [v.pk for v in versions], **more}
    return desk.post(reverse(MODELS), data, follow=True).content.decode()


def test_a_model_is_activated(desk: Client, serving: ModelVersion, tmp_path: Any) -> None:
    second = versions.register(build_colour_model(tmp_path, name="second", gain=3.0))

    page = act(desk, "activate", second)

    assert f"Serving now: {second}." in page
    assert versions.active() == second


def test_a_broken_model_is_not_activated_and_the_desk_says_why(
    desk: Client, serving: ModelVersion, tmp_path: Any
) -> None:
    second = versions.register(build_colour_model(tmp_path, name="second", gain=3.0))
    (second.folder / "model.bin").write_bytes(b"not weights")

    page = act(desk, "activate", second)

    assert "was altered" in page
    assert f"{serving} goes on serving" in page
    assert versions.active() == serving


def test_the_model_that_serves_is_marked_and_no_other(desk: Client, serving: ModelVersion, tmp_path: Any) -> None:
    versions.register(build_colour_model(tmp_path, name="second", gain=3.0))

    assert desk.get(reverse(MODELS)).content.decode().count("● now") == 1


def test_the_active_model_cannot_be_deleted(desk: Client, serving: ModelVersion) -> None:
    act(desk, "delete_selected", serving, post="yes")

    assert ModelVersion.objects.filter(pk=serving.pk).exists()


def test_tokens_are_told_apart_but_never_shown_and_deleting_one_signs_out(desk: Client, user: User) -> None:
    instance, token = DeviceToken.objects.create(user, device_name="red phone")

    page = desk.get(reverse(TOKENS)).content.decode()
    desk.post(reverse(TOKENS), {"action": "delete_selected", "_selected_action": [instance.pk], "post": "yes"})

    assert ">red phone</a>" in page
    assert token not in page
    assert not DeviceToken.objects.exists()


def test_the_desk_is_for_staff(client: Client, user: User) -> None:
    client.force_login(user)

    assert client.get(reverse(LIST)).status_code == 302


def test_the_home_page_says_which_model_answers(client: Client, serving: ModelVersion) -> None:
    page = client.get("/").content.decode()

    assert "colours" in page
    assert serving.version in page


def test_browsers_find_the_icon_where_they_look_for_it(client: Client, db: None) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("favicon.svg")


def test_the_home_page_without_a_model_says_how_to_get_one(client: Client, db: None) -> None:
    assert "install_model" in client.get("/").content.decode()
