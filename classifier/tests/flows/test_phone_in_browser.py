"""What a phone shows before anybody scrolls: the form that the page is for, whole, and what came of a button."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.models import ModelVersion, Prediction
from classifier.tests.flows.browser import (
    PASSWORD,
    PHONE,
    Browsing,
    browsing,
    classify,
    needs_chromium,
    photo,
    register,
)

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]


def is_in_sight(window: Browsing, selector: str) -> bool:
    """Whether the whole of it is in a window of 390 x 844."""
    box = window.page.locator(selector).first.bounding_box()
    return bool(box["y"] >= 0 and box["y"] + box["height"] <= window.page.viewport_size["height"])


@pytest.mark.parametrize("language", ["en", "de-DE"])
def test_a_form_is_in_sight_at_once(chromium: Any, live_server: Any, active: ModelVersion, language: str) -> None:
    with browsing(chromium, live_server.url, width=PHONE, language=language) as window:
        for path in ("/", "/sign-in/", "/register/"):
            window.open(path)
            assert is_in_sight(window, "main form .button"), path
        window.open("/register/")
        window.fill(username="linus", password=PASSWORD)
        window.page.locator("main form .button").first.click()
        window.page.wait_for_selector("#classify")

        assert is_in_sight(window, "#classify .snap .button")
        assert is_in_sight(window, "#classify")


def test_what_a_button_of_the_account_page_leads_to_is_in_sight(
    chromium: Any, live_server: Any, active: ModelVersion
) -> None:
    with browsing(chromium, live_server.url, width=PHONE) as window:
        register(window)
        window.open("/account/")
        window.press("Pair a phone")
        assert is_in_sight(window, ".qr")

        window.fill(current_password="wrong", new_password="another good one")
        window.press("Change password")
        assert is_in_sight(window, ".error")

        window.fill(current_password=PASSWORD, new_password="another good one")
        window.press("Change password")
        assert is_in_sight(window, ".notice-success")


def test_why_a_correction_was_refused_is_in_sight(chromium: Any, live_server: Any, active: ModelVersion) -> None:
    with browsing(chromium, live_server.url, width=PHONE) as window:
        register(window)
        classify(window, photo())
        window.open(f"/predictions/{Prediction.objects.get().pk}/")
        window.page.locator("#feedback summary").click()
        window.page.fill("#it_is", Prediction.objects.get().label)
        window.page.locator("#label-choices .button-choice:not(.button-new)").first.click()
        window.page.wait_for_selector(".notice-error")

        assert is_in_sight(window, ".notice-error")


@pytest.mark.parametrize("language", ["en", "de-DE"])
def test_the_search_has_room_for_words_beside_its_buttons(
    chromium: Any, live_server: Any, active: ModelVersion, language: str
) -> None:
    with browsing(chromium, live_server.url, width=PHONE, language=language) as window:
        User.objects.create_user("linus", password=PASSWORD)
        window.go("/sign-in/")
        window.fill(username="linus", password=PASSWORD)
        window.page.locator("main form .button").first.click()
        window.page.wait_for_selector("#classify")
        window.open("/predictions/?search=violet")

        assert window.page.locator(".search-line input").bounding_box()["width"] >= 160
