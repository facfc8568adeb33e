"""The API in a browser: every call that takes something has a form for it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from classifier.models import ModelVersion
from classifier.tests.examples import upload
from classifier.tests.rows import make_prediction

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("predictions/", ["image"]),
        ("predict/", ["image"]),
        ("auth/register/", ["username", "password", "email", "device_name"]),
        ("auth/login/", ["username", "password", "device_name"]),
        ("auth/password/change/", ["current_password", "new_password"]),
        ("auth/password/reset/", ["email"]),
        ("auth/password/reset/confirm/", ["email", "code", "new_password"]),
    ],
)
def test_a_call_has_its_form(client: Any, user: User, path: str, fields: list[str]) -> None:
    client.force_login(user)

    page = client.get(f"/api/v1/{path}", headers=HTML).content.decode()

    assert [name for name in fields if f'name="{name}"' not in page] == []


def test_the_form_of_predict_answers_on_a_page(client: Any, user: User, serving: ModelVersion) -> None:
    client.force_login(user)

    answer = client.post("/api/v1/predict/", {"image": upload()}, headers=HTML)

    assert answer.status_code == 200
    assert "red" in answer.content.decode()


def test_a_call_that_only_takes_something_shows_its_form_and_no_error(client: Any, user: User) -> None:
    client.force_login(user)

    pages = [client.get(f"/api/v1/{path}", headers=HTML).content.decode() for path in ("predict/", "predictions/")]

    assert ["HTTP 405" in page for page in pages] == [False, False]
    assert ['class="answer"' in page for page in pages] == [False, True]


def test_every_page_leads_to_the_documentation(client: Any, user: User) -> None:
    client.force_login(user)

    assert 'href="/api/docs/"' in client.get("/api/v1/me/", headers=HTML).content.decode()


@pytest.mark.parametrize("path", ["/api/docs/", "/api/redoc/", "/api/v1/", "/api/v1/auth/login/"])
def test_every_page_leads_back_to_the_site(client: Any, db: None, path: str) -> None:
    page = client.get(path, headers=HTML).content.decode()

    assert ['href="/"' in page, 'href="/api/v1/"' in page] == [True, True]


def test_a_stranger_is_led_to_sign_in_and_back(client: Any, db: None) -> None:
    page = client.get("/api/v1/me/", headers=HTML).content.decode()

    assert 'href="/sign-in/?next=%2Fapi%2Fv1%2Fme%2F"' in page


def test_pages_of_predictions_follow_one_another(client: Any, user: User, serving: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_HISTORY_PAGE_SIZE = 1
    client.force_login(user)
    for label in ("red", "blue"):
        make_prediction(user, serving, label)

    page = client.get("/api/v1/predictions/", headers=HTML).content.decode()

    assert 'rel="next"' in page
    assert 'rel="prev"' not in page


def test_the_browsable_history_has_a_form_for_a_photo(client: Any, user: User) -> None:
    client.force_login(user)

    page = client.get(reverse("prediction-list"), headers={"Accept": "text/html"}).content.decode()

    assert 'enctype="multipart/form-data"' in page
    assert 'type="file"' in page
    assert 'name="image"' in page


def test_a_browser_posts_its_form_with_a_session(client: Any, user: User, serving: ModelVersion) -> None:
    client.force_login(user)

    response = client.post(reverse("prediction-list"), {"image": upload()}, headers={"Accept": "text/html"})

    assert response.status_code == 201
    assert "text/html" in response["Content-Type"]


def test_a_prediction_is_shown_with_its_answer_in_words(client: Any, user: User, serving: ModelVersion) -> None:
    top = [{"wnid": "", "label": "tench", "probability": 0.25}]
    row = make_prediction(user, serving, "tench", probability=0.25, top=top, answer_kind="unsure")
    client.force_login(user)

    page = client.get(f"/api/v1/predictions/{row.pk}/", headers=HTML).content.decode()

    assert "Not sure: perhaps a tench (25 %)" in page
