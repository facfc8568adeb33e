"""The whole way through the pages in a real browser, with and without JavaScript, on a phone and a desktop."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.accounts import second_factor
from classifier.models import DeviceToken, Feedback, Prediction
from classifier.predictions import account_deletion
from classifier.tests.flows.browser import (
    PASSWORD,
    Browsing,
    classify,
    distinct,
    needs_chromium,
    photo,
    register,
)
from classifier.tests.second_factors import code_of

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]
SENTENCE = re.compile(r"The photo you uploaded is a red \(\d+ %\)")


def test_from_registration_to_deletion(window: Browsing) -> None:
    window.open("/")
    window.follow("Register")
    window.fill(username="linus", password=PASSWORD)
    window.press("Create my account")
    assert window.path == "/"

    classify(window, photo())
    assert SENTENCE.search(window.text)
    if window.has_scripts:
        window.follow("Open this prediction")
    row = Prediction.objects.get()
    assert window.path == f"/predictions/{row.pk}/"
    assert window.page.locator(".bars li").count() == 3
    window.check()

    window.open("/predictions/")
    assert window.page.locator(".tile").count() == 1
    window.open("/predictions/?search=violet")
    assert "No prediction matches this filter." in window.text
    window.open(f"/predictions/{row.pk}/delete/")
    window.press("Delete")
    assert "The prediction and its photo are deleted." in window.text
    assert not Prediction.objects.exists()

    window.open("/model/?search=gre")
    assert window.page.locator("#label-list li:visible").all_inner_texts() == ["green"]

    classify(window, photo())
    window.open("/account/")
    window.fill(current_password=PASSWORD, new_password="another good one")
    window.press("Change password")
    assert "Your password is changed" in window.text
    with window.page.expect_download() as download:
        window.page.get_by_role("button", name="Export everything").click()
    assert download.value.suggested_filename == "predictions.zip"

    window.press("Sign out")
    window.open("/account/")
    assert window.path.startswith("/sign-in/")
    window.fill(username="linus", password="another good one")
    window.press("Sign in")
    assert window.path == "/account/"
    window.follow("Delete my account")
    window.fill(current_password="another good one")
    window.press("Delete everything")
    assert "Your account is deleted" in window.text
    account_deletion.delete_requested()  # a server does it in the background
    assert not User.objects.exists()
    assert not Prediction.objects.exists()
    assert not window.complaints


def test_a_second_factor_is_set_up_and_asked_for(window: Browsing) -> None:
    register(window)
    user = User.objects.get()
    window.open("/account/")
    window.follow("Set up a second factor")
    window.fill(current_password=PASSWORD)
    window.press("Next")
    window.check()
    device: Any = second_factor.begun(user)
    window.fill(code=code_of(device))
    window.press("Turn on")
    window.check()
    codes = window.page.locator(".codes li").all_inner_texts()

    window.follow("I have kept them")
    window.press("Sign out")
    window.open("/sign-in/")
    window.fill(username=user.username, password=PASSWORD)
    window.press("Sign in")
    window.check()
    window.fill(code=codes[0])
    window.press("Sign in")

    window.open("/account/")
    assert window.path == "/account/"
    assert not window.complaints


def test_devices_are_signed_out(window: Browsing) -> None:
    register(window)
    DeviceToken.objects.create(User.objects.get(), device_name="red phone")
    window.open("/account/")

    window.press("Sign out red phone")

    assert "The device is signed out." in window.text
    assert "red phone" not in window.text
    assert not DeviceToken.objects.exists()


def test_several_photos_are_answered_each_on_its_own(window: Browsing) -> None:
    register(window)

    classify(window, *(photo(f"{n}.jpg", distinct(n)) for n in range(3)))

    assert Prediction.objects.count() == 3
    if window.has_scripts:
        assert window.page.locator("#photos .sentence").count() == 3
    else:
        assert window.path == "/predictions/"


def test_what_is_wrong_with_a_photo_is_told(window: Browsing) -> None:
    register(window)

    classify(window, photo("broken.jpg", b"no picture"))

    assert "This format is not accepted." in window.text
    assert "broken.jpg" in window.text
    assert window.page.get_by_role("button", name="Try again").count() == 0
    window.complaints.clear()
    window.check()


def test_an_answer_is_confirmed_taken_back_and_corrected(window: Browsing) -> None:
    register(window)
    classify(window, photo())
    window.open(f"/predictions/{Prediction.objects.get().pk}/")
    window.press("Right")
    assert "The answer is right" in window.text
    window.check()

    window.press("Undo")
    window.page.click("summary:has-text('It is something else')")
    window.fill(it_is="bl")
    if window.has_scripts:
        window.page.wait_for_selector("#label-choices button")
    else:
        window.press("Search")
    window.check()
    window.press("blue")

    assert "It is a blue" in window.text
    assert Feedback.objects.get().label == "blue"
    window.check()
