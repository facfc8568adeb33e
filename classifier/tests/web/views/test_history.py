"""The history: filtered, and paged by cursor."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.models import ModelVersion
from classifier.tests.rows import cursor_of, make_prediction
from classifier.tests.web.reading import read


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"red fox", "tench"}),
        ({"search": "red f"}, {"red fox"}),
        ({"min_percent": "50"}, {"red fox"}),
        ({"answer": "exact"}, set()),
        ({"since": "2026-03-02"}, {"tench"}),
        ({"until": "2026-03-01"}, {"red fox"}),
        ({"since": "nonsense", "min_percent": "many"}, {"red fox", "tench"}),
        ({"until": "9999-12-31"}, {"red fox", "tench"}),
    ],
)
def test_it_is_filtered(ada: Client, user: User, serving: ModelVersion, query: dict[str, str], found: set[str]) -> None:
    make_prediction(user, serving, "red_fox", created_at=datetime(2026, 3, 1, 23, 59, tzinfo=UTC))
    make_prediction(user, serving, "tench", probability=0.1, created_at=datetime(2026, 3, 2, tzinfo=UTC))

    page = read(ada, "/predictions/", **query)

    assert {label for label in ("red fox", "tench") if f'tile-label">{label} (' in page} == found


def test_it_is_filtered_by_model(ada: Client, user: User, serving: ModelVersion) -> None:
    other = ModelVersion.objects.create(name="vgg-16", version="abc", manifest=serving.manifest)
    make_prediction(user, serving, "red_fox")
    make_prediction(user, other, "tench")

    page = read(ada, "/predictions/", model=other.pk)

    assert 'tile-label">tench (' in page
    assert 'tile-label">red fox (' not in page


def test_every_prediction_is_on_one_page_forth_and_back(
    ada: Client, user: User, serving: ModelVersion, settings: Any
) -> None:
    settings.CLASSIFIER_HISTORY_PAGE_SIZE = 2
    same_moment = datetime(2026, 3, 1, tzinfo=UTC)
    rows = {str(make_prediction(user, serving, f"label{n}", created_at=same_moment).pk) for n in range(5)}

    forth = walk(ada, "older")
    back = walk(ada, "newer", start=forth[-1].newer)

    assert [len(step.keys) for step in forth] == [2, 2, 1]
    assert {key for step in forth for key in step.keys} == rows
    assert [step.keys for step in back] == [step.keys for step in forth[1::-1]]


def test_a_filter_stays_on_the_next_page(ada: Client, user: User, serving: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_HISTORY_PAGE_SIZE = 1
    for _ in range(2):
        make_prediction(user, serving, "red_fox")

    assert "&amp;search=fox" in read(ada, "/predictions/", search="fox")


def test_it_takes_no_more_queries_for_more_rows(
    ada: Client, user: User, serving: ModelVersion, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        make_prediction(user, serving, "red")

    with django_assert_max_num_queries(5):
        page = read(ada, "/predictions/")

    assert len(page) < 100_000


@pytest.mark.parametrize("cursor", ["nonsense", cursor_of("p=2026"), cursor_of("p=2026-03-01_x")])
def test_a_cursor_that_is_none_leads_to_the_newest(ada: Client, cursor: str) -> None:
    response = ada.get("/predictions/", {"cursor": cursor})

    assert response.headers["Location"] == "/predictions/"


class Step:
    """One page of the history: what is on it and where it leads."""

    def __init__(self, response: Any) -> None:
        page = response.context["page"]
        self.keys = [str(row.pk) for row in page.predictions]
        self.older, self.newer = page.older, page.newer


def walk(client: Client, way: str, start: str = "") -> list[Step]:
    steps = [Step(client.get(f"/predictions/?{start}"))]
    while query := getattr(steps[-1], way):
        steps.append(Step(client.get(f"/predictions/?{query}")))
    return steps


def test_it_is_filtered_by_kind_of_answer(ada: Client, user: User, serving: ModelVersion) -> None:
    make_prediction(user, serving, "red_fox", answer_kind="exact")
    make_prediction(user, serving, "tench", answer_kind="unsure")

    page = read(ada, "/predictions/", answer="unsure")

    assert "Not sure: perhaps a tench (90 %)" in page
    assert "red fox (" not in page
