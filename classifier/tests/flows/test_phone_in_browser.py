"""What a phone shows before anybody scrolls: the form that the page is for, whole."""

from typing import Any

import pytest

from classifier.models import ModelVersion
from classifier.tests.flows.browser import PASSWORD, PHONE, Browsing, browsing, needs_chromium

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
