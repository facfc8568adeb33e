"""A page that is refused for a while says so, whatever view it was."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.test import Client

from classifier.errors import ModelNotReadyError
from classifier.web.views import history


def test_a_page_says_when_to_come_again(client: Client, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise ModelNotReadyError

    client.force_login(user)
    monkeypatch.setattr(history, "render", refuse)
    answer = client.get("/predictions/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert ModelNotReadyError.detail in answer.content.decode()


def test_other_failures_stay_what_they_are(client: Client, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(request: HttpRequest, *arguments: object) -> None:
        raise ZeroDivisionError

    client.force_login(user)
    client.raise_request_exception = False
    monkeypatch.setattr(history, "render", fail)

    assert client.get("/predictions/").status_code == 500


@pytest.mark.parametrize("path", ["/try/", "/predictions/selected/", "/account/export/", "/sign-out/"])
def test_whoever_is_led_to_what_a_button_sends_to_reads_what_to_do(client: Client, user: User, path: str) -> None:
    client.force_login(user)
    answer = client.get(path)

    assert (answer.status_code, answer["Allow"], answer["X-Frame-Options"]) == (405, "POST", "DENY")
    assert "go back to its page and press it again" in answer.content.decode()


def test_the_api_says_in_its_own_way_what_a_path_does_not_take(client: Client, db: None) -> None:
    assert client.get("/api/v1/auth/login/").json()["errors"][0]["code"] == "method_not_allowed"
