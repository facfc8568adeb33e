"""The history of predictions: filtered and in pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from classifier.models import ModelVersion, Prediction
from classifier.predictions.filters import PredictionFilter
from classifier.tests.rows import cursor_of, make_prediction

URL = "/api/v1/predictions/"

pytestmark = pytest.mark.usefixtures("serving")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["red_fox", "tabby", "pay-phone"]),
        ("label=red_fox", ["red_fox"]),
        ("label=red fox", ["red_fox"]),
        ("search=d f", ["red_fox"]),
        ("search=TAB", ["tabby"]),
        ("min_probability=0.5", ["red_fox", "pay-phone"]),
        ("model=colours", ["red_fox", "tabby", "pay-phone"]),
        ("model=vgg16", []),
        ("answer=exact", ["red_fox"]),
        ("answer=unsure,exact", ["red_fox", "tabby"]),
        ("answer=broader", []),
        ("created_after={hour}", ["red_fox", "tabby"]),
        ("created_before={hour}", ["pay-phone"]),
    ],
)
def test_the_history_is_filtered(
    api_client: APIClient, user: User, serving: ModelVersion, query: str, found: list[str]
) -> None:
    now = timezone.now()
    make_prediction(user, serving, "red_fox", created_at=now, answer_kind="exact")
    make_prediction(
        user, serving, "tabby", created_at=now - timedelta(minutes=1), probability=0.3, answer_kind="unsure"
    )
    make_prediction(user, serving, "pay-phone", created_at=now - timedelta(hours=2))
    hour = (now - timedelta(hours=1)).isoformat().replace("+00:00", "Z")

    response = api_client.get(f"{URL}?{query.format(hour=hour)}")

    assert [row["label"] for row in response.json()["results"]] == found


def test_the_model_filter_takes_a_version(api_client: APIClient, user: User, serving: ModelVersion) -> None:
    make_prediction(user, serving, "tabby")

    assert len(api_client.get(f"{URL}?model={serving}").json()["results"]) == 1


@pytest.mark.parametrize(
    ("moment", "is_after"),
    [
        ("0001-01-01T00:00:00+14:00", True),
        ("0001-01-01T00:00:00", True),
        ("0001-01-01T00:00:00-14:00", True),
        ("9999-12-31T23:59:59.999999-14:00", False),
        ("9999-12-31T23:59:59.999999", False),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_a_moment_at_the_end_of_the_calendar_bounds_nothing(
    api_client: APIClient, user: User, serving: ModelVersion, moment: str, is_after: bool, zone: str
) -> None:
    make_prediction(user, serving, "tabby")

    with timezone.override(zone):
        after, before = (api_client.get(URL, {f"created_{side}": moment}) for side in ("after", "before"))

    assert (len(after.json()["results"]), len(before.json()["results"])) == (is_after, not is_after)


def test_a_filter_that_cannot_be_understood_is_refused(api_client: APIClient) -> None:
    response = api_client.get(f"{URL}?min_probability=high")

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "min_probability"


def test_pages_follow_each_other_without_gap_or_repeat(
    api_client: APIClient, user: User, other_user: User, serving: ModelVersion, settings: Any
) -> None:
    settings.CLASSIFIER_HISTORY_PAGE_SIZE = 2
    made = [str(make_prediction(user, serving, "tabby").pk) for _ in range(5)]
    make_prediction(other_user, serving, "tabby")

    seen, url = [], URL
    while url:
        page = api_client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]

    assert seen == made[::-1]


def test_the_page_before_is_the_one_that_led_here_even_where_all_photos_share_a_moment(
    api_client: APIClient, user: User, serving: ModelVersion, settings: Any
) -> None:
    settings.CLASSIFIER_HISTORY_PAGE_SIZE = 2
    moment = timezone.now()
    for _ in range(5):
        make_prediction(user, serving, "tabby", created_at=moment)
    first = api_client.get(URL).json()
    second = api_client.get(first["next"]).json()
    third = api_client.get(second["next"]).json()

    assert (len(third["results"]), third["next"], first["previous"]) == (1, None, None)
    assert api_client.get(third["previous"]).json()["results"] == second["results"]
    assert api_client.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "\N{SNOWMAN}",
        cursor_of("p=2026-03-01T00:00:00+00:00"),
        cursor_of("p=yesterday_00000000-0000-0000-0000-000000000000"),
        cursor_of("p=0001-01-01T00:00:00%2B23:59_00000000-0000-0000-0000-000000000000"),
        cursor_of("o=-1"),
        cursor_of("p="),
        cursor_of("p=None"),
        cursor_of("p=garbage"),
        cursor_of("p=garbage&r=1"),
        cursor_of("p=garbage&o=1000"),
        cursor_of("r=" + "9" * 5000),
    ],
)
def test_a_cursor_that_is_none_is_not_found(api_client: APIClient, cursor: str) -> None:
    response = api_client.get(URL, {"cursor": cursor})

    assert response.status_code == 404
    assert response.json()["errors"][0]["detail"] == "Invalid cursor"


def test_a_page_of_the_history_takes_the_same_few_queries_however_long_it_is(
    api_client: APIClient, user: User, serving: ModelVersion, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        make_prediction(user, serving, "tabby")

    with django_assert_max_num_queries(4):
        assert len(api_client.get(URL).json()["results"]) == 20


@pytest.mark.parametrize("query", ["label=my_cat", "label=my cat", "search=y_c", "search=y c"])
def test_a_label_of_ones_own_is_found_by_spaces_or_underscores(
    api_client: APIClient, user: User, serving: ModelVersion, query: str
) -> None:
    make_prediction(user, serving, "my cat")

    assert len(api_client.get(f"/api/v1/predictions/?{query}").json()["results"]) == 1


def test_a_kind_of_answer_that_there_is_not_is_refused(api_client: APIClient) -> None:
    response = api_client.get(f"{URL}?answer=exact,certain")

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "answer"


@pytest.mark.parametrize("kinds", ["exact", "exact,unsure"])
def test_a_kind_of_answer_is_found_by_an_index(
    api_client: APIClient, user: User, serving: ModelVersion, kinds: str
) -> None:
    filtered = PredictionFilter({"answer": kinds}, queryset=Prediction.objects.filter(owner=user)).qs
    if connection.vendor == "postgresql":  # it chooses by what it knows of the rows
        for _ in range(300):
            make_prediction(user, serving, "tabby", answer_kind="broader")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE classifier_prediction")

    plan = filtered.order_by().explain()

    assert "prediction_by_answer" in plan or "prediction_answers" in plan  # whichever the database takes for shorter


def test_what_was_classified_before_there_were_answers_has_none(
    api_client: APIClient, user: User, serving: ModelVersion
) -> None:
    make_prediction(user, serving, "tabby")

    assert api_client.get(URL).json()["results"][0]["answer"] is None


def test_the_least_sure_come_first_page_by_page(api_client: APIClient, user: User, serving: ModelVersion) -> None:
    for probability in (0.5, 0.2, 0.9, 0.2):
        make_prediction(user, serving, "tench", probability=probability)

    first = api_client.get(f"{URL}?ordering=probability&page_size=3").json()
    second = api_client.get(first["next"]).json()

    assert [row["probability"] for row in first["results"] + second["results"]] == [0.2, 0.2, 0.5, 0.9]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("ordering=-created_at", 200),
        ("ordering=label", 400),
        (f"ordering=probability&cursor={cursor_of('p=nan_00000000-0000-0000-0000-000000000000')}", 404),
        (f"ordering=probability&cursor={cursor_of('p=2026-03-01T00:00:00_00000000-0000-0000-0000-000000000000')}", 404),
    ],
)
def test_an_order_that_is_none_is_refused(api_client: APIClient, query: str, status: int) -> None:
    assert api_client.get(f"{URL}?{query}").status_code == status


@pytest.mark.parametrize(
    ("search", "count"),
    [("EUREKA le", 1), ("eureka_lemon", 1), ("äpf", 1), ("triever", 1), ("(", 1), ("wnid", 0), ("0.1", 0), ('"', 0)],
)
def test_the_search_looks_at_all_labels_kept(
    api_client: APIClient, user: User, serving: ModelVersion, search: str, count: int
) -> None:
    names = ("cauliflower", "Eureka_lemon", "äpfel", "smile (")
    top = [{"wnid": "n07", "label": name, "probability": 0.1} for name in names]
    make_prediction(user, serving, "cauliflower", top=top, answer_kind="broader", answer_label="golden_retriever")

    assert len(api_client.get(URL, {"search": search}).json()["results"]) == count
