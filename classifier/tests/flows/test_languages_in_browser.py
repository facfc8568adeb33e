"""Pages in another language, in a real browser: in German, and in one that is written from right to left."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.models import ModelVersion, Prediction
from classifier.tests.examples import jpeg
from classifier.tests.flows.browser import (
    DESKTOP,
    PASSWORD,
    PHONE,
    Browsing,
    browsing,
    distinct,
    needs_chromium,
    photo,
)

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]


def sign_in(window: Browsing, button: str) -> None:
    User.objects.create_user("linus", password=PASSWORD)
    window.look("/sign-in/")
    window.fill(username="linus", password=PASSWORD)
    window.press(button)


def look_at_all(window: Browsing, prefix: str, pages: dict[str, str]) -> None:
    for name, path in pages.items():
        window.look(path)
        window.picture(f"{prefix}-{name}")


def classify(window: Browsing, *photos: dict[str, Any], done: int) -> None:
    window.look("/")
    window.page.set_input_files("#pick", list(photos))
    window.page.wait_for_function(
        "count => document.querySelectorAll('#photos [data-state=done], #photos .failed').length === count", arg=done
    )
    window.check()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_german_is_answered_in_german(chromium: Any, live_server: Any, active: ModelVersion, width: int) -> None:
    with browsing(chromium, live_server.url, width=width, language="de-DE") as window:
        sign_in(window, "Anmelden")
        classify(window, photo(), photo("kaputt.jpg", jpeg()[:200]), photo("zwei.jpg", distinct(2)), done=3)
        window.picture("german-classified")
        assert "Auf Ihrem Foto: red" in window.text
        assert "Die Datei ist beschädigt oder unvollständig." in window.text
        assert "2 von 3, 1 fehlgeschlagen" in window.text

        assert window.page.get_attribute("html", "lang") == "de"
        assert not window.complaints


def test_a_language_chosen_below_a_page_is_kept(desktop: Browsing) -> None:
    desktop.look("/register/")
    desktop.page.get_by_role("button", name="Deutsch").click()
    desktop.page.wait_for_load_state("load")

    assert desktop.path == "/register/"
    assert desktop.page.inner_text("h1") == "Konto anlegen"
    desktop.look("/")
    assert desktop.page.get_attribute("html", "lang") == "de"
    desktop.page.get_by_role("button", name="English").click()
    desktop.page.wait_for_load_state("load")
    assert desktop.page.get_attribute("html", "lang") == "en"


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_pages_are_whole_from_right_to_left(
    chromium: Any, live_server: Any, active: ModelVersion, settings: Any, width: int
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("he", "עברית")]
    with browsing(chromium, live_server.url, width=width, language="he") as window:
        look_at_all(window, "rtl", {"welcome": "/"})
        sign_in(window, "Sign in")
        classify(window, photo(), done=1)
        window.picture("rtl-classified")
        look_at_all(window, "rtl", {"history": "/predictions/", "account": "/account/"})
        key = Prediction.objects.values_list("pk", flat=True)[0]
        look_at_all(window, "rtl", {"prediction": f"/predictions/{key}/"})

        assert window.page.get_attribute("html", "dir") == "rtl"
        brand, nav = (window.page.locator(selector).bounding_box() for selector in (".brand", ".sign-out"))
        assert brand["x"] > nav["x"]
        assert not window.complaints
