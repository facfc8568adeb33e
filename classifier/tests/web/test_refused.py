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
