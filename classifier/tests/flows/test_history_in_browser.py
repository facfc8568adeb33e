"""The history in a real browser: many are selected, more are loaded, and the place is kept."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.models import ModelVersion, Prediction
from classifier.tests.flows.browser import Browsing, needs_chromium, register
from classifier.tests.rows import make_prediction
from classifier.tests.waiting import wait_until

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]
LARGEST_BYTES = 60 * 1024


def fill(window: Browsing, count: int) -> None:
    register(window)
    user, version = User.objects.get(), ModelVersion.objects.get()
    for number in range(count):
        make_prediction(user, version, f"label {number}", photo_lost=True, answer_kind="exact")


def test_the_selected_are_deleted(window: Browsing) -> None:
    fill(window, 8)
    window.open("/predictions/")
    window.picture("history")
    boxes = window.page.locator(".tile input[type=checkbox]")
    boxes.nth(1).check()
    if window.has_scripts:
        boxes.nth(3).click(modifiers=["Shift"])
        assert window.page.inner_text(".selected-count") == "3 selected"
        window.picture("history-selected")
    else:
        boxes.nth(2).check()
        boxes.nth(3).check()
    window.check()

    window.press("Delete")
    window.check()
    window.picture("history-delete")
    window.press("Delete")

    assert "3 predictions and their photos are deleted." in window.text
    assert Prediction.objects.count() == 5


def test_the_keyboard_selects_and_lets_go(desktop: Browsing) -> None:
    fill(desktop, 4)
    desktop.open("/predictions/")
    boxes = desktop.page.locator(".tile input[type=checkbox]")

    boxes.first.focus()
    desktop.page.keyboard.press("Space")
    boxes.nth(2).focus()
    desktop.page.keyboard.press("Shift+Space")
    selected = desktop.page.inner_text(".selected-count")
    desktop.page.keyboard.press("Escape")

    assert selected == "3 selected"
    assert desktop.page.locator(".tile input:checked").count() == 0


def test_more_are_shown_as_one_scrolls_and_back_is_where_one_was(desktop: Browsing, settings: Any) -> None:
    settings.CLASSIFIER_HISTORY_PAGE_SIZE = 12
    fill(desktop, 40)
    desktop.open("/predictions/")

    def has_scrolled_to_the_end() -> bool:
        desktop.page.mouse.wheel(0, 2000)
        return bool(desktop.page.locator(".tile").count() == 40)

    wait_until(has_scrolled_to_the_end, within_s=30)
    days, tile = desktop.page.locator(".day h2").count(), desktop.page.locator(".tile").nth(30)
    key = tile.get_attribute("id")
    tile.locator(".tile-link").click()
    desktop.page.wait_for_load_state("load")
    desktop.check()
    desktop.page.go_back()

    assert days == 1
    assert desktop.page.locator(f"#{key}").is_visible()
    assert desktop.page.locator(".tile").count() < 40


def test_one_page_is_small(desktop: Browsing) -> None:
    fill(desktop, 25)

    desktop.open("/predictions/")

    assert desktop.sent_bytes < LARGEST_BYTES
