import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from classifier.models import Feedback, ModelVersion, Prediction
from classifier.tests.rows import make_prediction


@pytest.fixture
def prediction(user: User, serving: ModelVersion) -> Prediction:
    return make_prediction(user, serving, "green")


def path_of(prediction: Prediction) -> str:
    return f"/api/v1/predictions/{prediction.pk}/feedback/"


def listed(client: APIClient, query: str) -> list[str]:
    return [row["label"] for row in client.get(f"/api/v1/predictions/{query}").json()["results"]]


def test_an_answer_that_is_right_is_confirmed_and_shown_so(api_client: APIClient, prediction: Prediction) -> None:
    response = api_client.put(path_of(prediction), {"verdict": "right"})

    shown = api_client.get(f"/api/v1/predictions/{prediction.pk}/").json()["feedback"]
    assert response.status_code == 200
    assert response.json() == shown
    assert {name: shown[name] for name in ("verdict", "label", "wnid")} == {
        "verdict": "right",
        "label": "green",
        "wnid": "",
    }


def test_a_prediction_of_which_nothing_was_said_has_none(api_client: APIClient, prediction: Prediction) -> None:
    assert api_client.get(f"/api/v1/predictions/{prediction.pk}/").json()["feedback"] is None


@pytest.mark.parametrize(
    ("said", "label"),
    [({"label": "BLUE"}, "blue"), ({"label": "  lime   green "}, "lime green"), ({}, ""), ({"label": ""}, "")],
)
def test_a_wrong_answer_gets_one_of_the_labels_or_a_new_one_or_none(
    api_client: APIClient, prediction: Prediction, said: dict[str, str], label: str
) -> None:
    response = api_client.put(path_of(prediction), {"verdict": "wrong", **said})

    assert (response.status_code, response.json()["label"]) == (200, label)


def test_what_is_said_last_counts(api_client: APIClient, prediction: Prediction) -> None:
    api_client.put(path_of(prediction), {"verdict": "wrong", "label": "blue"})

    api_client.put(path_of(prediction), {"verdict": "right"})

    assert [(row.verdict, row.label) for row in Feedback.objects.all()] == [("right", "green")]


def test_it_is_taken_back_and_taking_back_nothing_is_no_error(api_client: APIClient, prediction: Prediction) -> None:
    api_client.put(path_of(prediction), {"verdict": "right"})

    statuses = [api_client.delete(path_of(prediction)).status_code for _ in range(2)]

    assert statuses == [204, 204]
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("said", "attr"),
    [
        ({}, "verdict"),
        ({"verdict": "maybe"}, "verdict"),
        ({"verdict": "\ud800"}, "verdict"),
        ({"verdict": "right", "label": "blue"}, "label"),
        ({"verdict": "wrong", "label": "green"}, "label"),
        ({"verdict": "wrong", "label": "a\u0007b"}, "label"),
        ({"verdict": "wrong", "label": "x" * 201}, "label"),
        ({"verdict": "wrong", "wnid": "n1"}, "wnid"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(
    api_client: APIClient, prediction: Prediction, said: dict[str, str], attr: str
) -> None:
    api_client.put(path_of(prediction), {"verdict": "wrong", "label": "blue"})

    response = api_client.put(path_of(prediction), json.dumps(said), content_type="application/json")

    assert (response.status_code, response.json()["errors"][0]["attr"]) == (400, attr)
    assert Feedback.objects.get().label == "blue"


@pytest.mark.parametrize("method", ["put", "delete"])
def test_it_is_for_the_owner_alone(
    anonymous: APIClient, client_of: Any, other_user: User, staff: User, prediction: Prediction, method: str
) -> None:
    clients = [anonymous, client_of(other_user), client_of(staff)]

    statuses = [getattr(client, method)(path_of(prediction), {"verdict": "right"}).status_code for client in clients]

    assert statuses == [401, 404, 404]
    assert not Feedback.objects.exists()


def test_the_history_is_filtered_by_it(api_client: APIClient, user: User, serving: ModelVersion) -> None:
    rows = {label: make_prediction(user, serving, label) for label in ("none", "right", "wrong")}
    for verdict in ("right", "wrong"):
        api_client.put(path_of(rows[verdict]), {"verdict": verdict})

    assert listed(api_client, "?feedback=right") == ["right"]
    assert sorted(listed(api_client, "?feedback=none,wrong")) == ["none", "wrong"]
    assert len(listed(api_client, "?feedback=")) == 3
    assert api_client.get("/api/v1/predictions/?feedback=right,perhaps").status_code == 400


def test_it_goes_with_its_photo(api_client: APIClient, prediction: Prediction) -> None:
    api_client.put(path_of(prediction), {"verdict": "right"})

    api_client.delete(f"/api/v1/predictions/{prediction.pk}/")

    assert not Feedback.objects.exists()
