"""With the keyboard alone: from the start page to a photo's corrected label, in Tab, Enter, Space and letters."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.models import Feedback, ModelVersion
from classifier.tests.flows.browser import DESKTOP, PASSWORD, Browsing, browsing, needs_chromium, photo

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]
MOST_STEPS = 60
FOCUSED = """() => {
  const found = document.activeElement;
  const style = getComputedStyle(found.matches("input[type=file]") ? found.previousElementSibling : found);
  return { text: found.innerText || found.value || "", name: found.name || "", id: found.id,
           shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 };
}"""


class Keyboard:
    """Goes through a page as somebody does who has no mouse."""

    def __init__(self, window: Browsing) -> None:
        self._page = window.page

    def go_to(self, **wanted: str) -> None:
        """Tabs until what is focused has this name, id or text; wherever it stops on the way can be seen."""
        for _ in range(MOST_STEPS):
            self._page.keyboard.press("Tab")
            focused = self._page.evaluate(FOCUSED)
            assert focused["shown"], focused
            if all(focused[key].strip() == value for key, value in wanted.items()):
                return
        raise AssertionError(f"nothing to focus: {wanted}")

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)


def test_from_signing_in_to_a_corrected_label(chromium: Any, live_server: Any, active: ModelVersion) -> None:
    User.objects.create_user("linus", password=PASSWORD)
    with browsing(chromium, live_server.url, width=DESKTOP) as window:
        keyboard, page = Keyboard(window), window.page
        window.open("/")
        keyboard.go_to(name="username")
        keyboard.type("linus")
        keyboard.go_to(name="password")
        keyboard.type(PASSWORD)
        keyboard.press("Enter")
        page.wait_for_selector("#classify")

        keyboard.go_to(id="pick")
        page.set_input_files("#pick", [photo()])  # as the system's own window does, which no page can steer
        page.wait_for_selector("#photos .sentence")
        keyboard.go_to(text="Open this prediction")
        keyboard.press("Enter")
        page.wait_for_selector("summary:has-text('It is something else')")

        keyboard.go_to(text="It is something else")
        keyboard.press("Enter")
        keyboard.go_to(name="it_is")
        keyboard.type("bl")
        page.wait_for_selector("#label-choices button")
        keyboard.go_to(text="blue")
        keyboard.press("Enter")
        page.wait_for_selector("text=It is a blue")

        assert Feedback.objects.get().label == "blue"
        assert not window.complaints
