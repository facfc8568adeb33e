"""The operator's desk, the API's documentation and the browsable API in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.feedback.retraining import retrain
from classifier.model_registry import versions
from classifier.models import ModelComparison, ModelVersion, Prediction, Retraining
from classifier.tests.feedback.lessons import teach
from classifier.tests.flows.browser import DESKTOP, PASSWORD, PHONE, Browsing, browsing, classify, needs_chromium, photo
from classifier.tests.training.blocks import build_blocks_model

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]
DESK = "/admin/classifier/prediction/"
SWAGGERS_OWN = ("nested-interactive", "heading-order", "region")
"""Swagger UI puts buttons into buttons, its headings skip a level, and its title is outside of its `main`."""
REDOCS_OWN = ("heading-order",)
REDOCS_LOGO = "cdn.redoc.ly/redoc/logo-mini.svg"
"""Its makers' picture, from their own server: the policy keeps the browser from asking for it."""


WITHOUT_SCRIPTS = pytest.mark.parametrize(
    "operator", [(PHONE, True, True), (DESKTOP, False, True), (DESKTOP, False, False)], indirect=True, ids=str
)


@pytest.fixture(params=[(PHONE, True, True), (DESKTOP, False, True)], ids=str)
def operator(request: Any, chromium: Any, live_server: Any, active: ModelVersion) -> Iterator[Browsing]:
    """The operator's window, with one photo classified."""
    width, dark, scripts = request.param
    User.objects.create_superuser("root", password=PASSWORD)
    with browsing(chromium, live_server.url, width=width, dark=dark, scripts=scripts) as window:
        window.open("/sign-in/")
        window.fill(username="root", password=PASSWORD)
        window.press("Sign in")
        classify(window, photo())
        yield window


def test_the_desk_is_for_everybody_under_the_policy(operator: Browsing) -> None:
    row = Prediction.objects.get()
    for path in ("/admin/", DESK, f"{DESK}dashboard/", f"{DESK}{row.pk}/change/", "/admin/classifier/modelversion/"):
        operator.look(path)

    operator.go(DESK)
    assert operator.page.locator("select[name=action]").bounding_box()["width"] > 200
    assert not operator.complaints


@WITHOUT_SCRIPTS
def test_models_are_compared_and_their_probabilities_judged(operator: Browsing) -> None:
    row, version = Prediction.objects.get(), ModelVersion.objects.get()
    report = {"photos": 1, "agreed": 0, "known": 1, "old_right": 1, "new_right": 0, "only_old": 1, "only_new": 0}
    use = {"photo_ms": 5.0, "memory_mib": 40.0}
    comparison = ModelComparison.objects.create(
        old=version,
        new=version,
        state="done",
        report={**report, "verdict": "Neither is better by more than chance.", "skipped": 0, "old": use, "new": use},
    )
    comparison.flips.create(
        prediction=row, old_label="red", old_probability=0.9, new_label="blue", new_probability=0.8, truth="red"
    )
    ModelComparison.objects.create(old=version, new=version, photos=50, state="running", inferences=30)
    models, comparisons = "/admin/classifier/modelversion/", "/admin/classifier/modelcomparison/"
    for path in (f"{comparisons}", f"{comparisons}add/", f"{comparisons}{comparison.pk}/change/"):
        operator.look(path)
    operator.look(f"{models}{version.pk}/change/")
    operator.look(f"{models}{version.pk}/calibration/")

    assert "60 % would have made 0 of 1 answers unsure" in operator.text
    assert not operator.complaints


@WITHOUT_SCRIPTS
def test_a_retraining_is_for_everybody_under_the_policy(operator: Browsing, user: User, tmp_path: Path) -> None:
    versions.activate(versions.register(build_blocks_model(tmp_path / "own")))
    teach(user, each=8)
    row = retrain(Retraining.objects.create())
    for path in ("/admin/classifier/retraining/", f"/admin/classifier/retraining/{row.pk}/change/"):
        operator.look(path)

    operator.press("Make it the active model")

    assert f"Active model: {row.candidate}." in operator.text
    assert not operator.complaints


def test_the_browsable_api_is_for_everybody_under_the_policy(operator: Browsing) -> None:
    row = Prediction.objects.get()
    for path in ("predictions/", f"predictions/{row.pk}/", "predict/", "me/", "auth/register/", "labels/"):
        operator.open(f"/api/v1/{path}")

    assert not operator.complaints


def test_the_documentation_shows_every_call_under_the_policy(operator: Browsing) -> None:
    operator.look("/api/docs/", until=".opblock", but=SWAGGERS_OWN)

    assert operator.page.locator(".opblock").count() >= 18
    assert not operator.complaints


@pytest.mark.parametrize(
    "operator",
    [(DESKTOP, False, True), pytest.param((PHONE, True, True), marks=pytest.mark.slow)],
    indirect=True,
    ids=str,
)
def test_the_reference_shows_every_call_under_the_policy(operator: Browsing) -> None:
    operator.expected = REDOCS_LOGO
    operator.look("/api/redoc/", until="[id='operation/predictions_why_retrieve']", but=REDOCS_OWN)

    assert operator.page.locator("[id^='operation/']").count() >= 18
    assert not operator.complaints


@pytest.mark.parametrize("path", ["/api/docs/", "/api/redoc/", "/api/v1/"])
def test_the_apis_pages_follow_the_browser_into_the_dark(chromium: Any, live_server: Any, db: None, path: str) -> None:
    seen = []
    for dark in (False, True):
        with browsing(chromium, live_server.url, width=DESKTOP, dark=dark) as window:
            window.page.goto(f"{live_server.url}{path}")
            seen.append(window.page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert seen == ["rgb(251, 251, 253)", "rgb(15, 19, 26)"]


def test_a_prediction_is_deleted_in_the_browsable_api(desktop: Browsing) -> None:
    User.objects.create_superuser("root", password=PASSWORD)
    desktop.open("/sign-in/")
    desktop.fill(username="root", password=PASSWORD)
    desktop.press("Sign in")
    classify(desktop, photo())
    desktop.open(f"/api/v1/predictions/{Prediction.objects.get().pk}/")

    desktop.page.click("summary:has-text('DELETE')")
    desktop.page.get_by_role("button", name="DELETE").click()
    desktop.page.wait_for_selector("text=204 No Content")

    assert not Prediction.objects.exists()


def test_json_is_posted_in_the_browsable_api(desktop: Browsing) -> None:
    desktop.open("/api/v1/auth/register/")
    desktop.page.click("summary:has-text('Raw POST')")

    desktop.page.fill("[name=_content]", f'{{"username": "ada", "password": "{PASSWORD}"}}')
    desktop.page.locator("form[data-method=POST] button").click()
    desktop.page.wait_for_selector("text=201 Created")

    assert User.objects.filter(username="ada").exists()
