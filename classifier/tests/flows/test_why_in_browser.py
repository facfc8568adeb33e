"""What speaks for a label, in a real browser: the map lies exactly over the photo, on a phone and without scripts."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.models import ModelVersion, Prediction
from classifier.tests.examples import encoded, two_colours
from classifier.tests.flows.browser import DESKTOP, PASSWORD, PHONE, Browsing, browsing, classify, needs_chromium, photo

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]
RED_CORNER = encoded(two_colours("red", (0, 0, 160, 200), size=(640, 800)))


@pytest.fixture(params=[(PHONE, True, False), (PHONE, False, True), (DESKTOP, True, True)], ids=str)
def operator(request: Any, chromium: Any, live_server: Any, places_active: ModelVersion) -> Iterator[Browsing]:
    width, scripts, dark = request.param
    User.objects.create_superuser("root", password=PASSWORD)
    with browsing(chromium, live_server.url, width=width, scripts=scripts, dark=dark) as window:
        window.open("/sign-in/")
        window.fill(username="root", password=PASSWORD)
        window.press("Sign in")
        classify(window, photo(data=RED_CORNER))
        yield window


def test_a_label_is_chosen_and_its_map_lies_over_the_photo(operator: Browsing) -> None:
    row = Prediction.objects.get()
    operator.open(f"/predictions/{row.pk}/")
    operator.follow("red")
    operator.check()

    assert "mostly the upper left" in operator.text
    assert_covered(operator, ".heat-map img")
    operator.follow("blue")
    assert re.search("What speaks for blue", operator.text)
    operator.follow("Back to the prediction")
    assert operator.path == f"/predictions/{row.pk}/"
    assert not operator.complaints


def test_the_operator_sees_it_too(operator: Browsing) -> None:
    row = Prediction.objects.get()
    operator.look(f"/admin/classifier/prediction/{row.pk}/change/")
    operator.follow("why red")
    operator.check()

    assert "mostly the upper left" in operator.text
    assert_covered(operator, ".classifier-heat-map img")
    assert not operator.complaints


def assert_covered(window: Browsing, pictures: str) -> None:
    """Photo and map have the same place, and both were loaded."""
    located = window.page.locator(pictures)
    boxes = [located.nth(index).bounding_box() for index in range(located.count())]
    widths = [located.nth(index).evaluate("picture => picture.naturalWidth") for index in range(located.count())]
    assert len(boxes) == 2
    assert boxes[0] == boxes[1]
    assert all(widths)
