"""Django's pages of errors: for staff at a developer's own machine, and for nobody else."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

from classifier.web.views import history

MISSING, BROKEN = "/nothing/", "/predictions/"


@pytest.fixture
def own_machine(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError("of a test")

    settings.OWN_MACHINE = True
    monkeypatch.setattr(history, "render", fail)


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False, headers={"Accept": "text/html"})


@pytest.mark.usefixtures("own_machine")
@pytest.mark.parametrize(
    ("path", "status", "shown"), [(MISSING, 404, "classifier_project.urls"), (BROKEN, 500, "ZeroDivisionError")]
)
def test_staff_at_their_own_machine_see_where_an_error_came_from(
    browser: Client, staff: User, path: str, status: int, shown: str
) -> None:
    browser.force_login(staff)

    response = browser.get(path)

    assert response.status_code == status
    assert shown in response.content.decode()
    assert response["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")


@pytest.mark.usefixtures("own_machine")
@pytest.mark.parametrize(("path", "title"), [(MISSING, "Page not found"), (BROKEN, "Something went wrong")])
@pytest.mark.parametrize("who", ["user", "staff of another machine", "staff of a server for others"])
def test_nobody_else_sees_code_or_settings(
    browser: Client, staff: User, user: User, settings: Any, path: str, title: str, who: str
) -> None:
    browser.force_login(user if who == "user" else staff)
    settings.OWN_MACHINE = who != "staff of a server for others"
    address = "192.0.2.7" if who == "staff of another machine" else "127.0.0.1"

    page = browser.get(path, REMOTE_ADDR=address).content.decode()

    assert title in page
    assert not [word for word in ("ZeroDivisionError", "classifier_project", "Traceback") if word in page]


@pytest.mark.usefixtures("own_machine")
def test_a_stranger_is_told_that_a_page_is_missing(browser: Client, db: None) -> None:
    page = browser.get(MISSING).content.decode()

    assert "Page not found" in page
    assert "classifier_project" not in page


@pytest.mark.usefixtures("own_machine")
@pytest.mark.parametrize("path", ["/api/nothing/", "/api/v1/nothing/", "/compat/nothing/"])
def test_programs_are_told_in_json_whoever_asks(browser: Client, staff: User, path: str) -> None:
    browser.force_login(staff)

    response = browser.get(path, headers={"Accept": "application/json"})

    assert (response.status_code, response["Content-Type"]) == (404, "application/json")


@pytest.mark.usefixtures("own_machine")
def test_a_form_of_another_page_is_refused_in_the_sites_own_look(staff: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff)

    response = strict.post("/sign-out/")

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


@pytest.mark.usefixtures("own_machine")
def test_a_database_that_fails_is_no_reason_to_show_more(
    browser: Client, staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise OperationalError("silent")

    browser.force_login(staff)
    monkeypatch.setattr("django.contrib.auth.middleware.get_user", fail)

    page = browser.get(BROKEN).content.decode()

    assert "Traceback" not in page
    assert "silent" not in page
