"""What JavaScript adds to the pages, in a real browser."""

from typing import Any

import pytest

from classifier.models import Prediction
from classifier.tests.examples import jpeg
from classifier.tests.flows.browser import (
    Browsing,
    classify,
    needs_chromium,
    photo,
    register,
)

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]


def test_a_photo_is_pasted_and_dropped(desktop: Browsing) -> None:
    register(desktop)
    for kind, holder, data in (("paste", "clipboardData", jpeg()), ("drop", "dataTransfer", jpeg("blue"))):
        desktop.page.evaluate(
            """([kind, holder, bytes]) => {
                const files = new DataTransfer();
                files.items.add(new File([new Uint8Array(bytes)], `${kind}.jpg`, {type: "image/jpeg"}));
                const event = kind === "paste" ? new ClipboardEvent(kind, {[holder]: files, bubbles: true})
                    : new DragEvent(kind, {[holder]: files, bubbles: true, cancelable: true});
                document.body.dispatchEvent(event);
            }""",
            [kind, holder, list(data)],
        )

    desktop.page.wait_for_function("() => document.querySelectorAll('#photos .sentence').length === 2")

    assert Prediction.objects.count() == 2
    assert {"paste.jpg", "drop.jpg"} <= set(desktop.page.locator(".file-name").all_inner_texts())


def test_a_photo_whose_answer_was_lost_on_the_way_is_kept_once(desktop: Browsing) -> None:
    register(desktop)
    lost: list[Any] = []

    def lose_the_first_answer(route: Any) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch())
            route.fulfill(status=503, headers={"Retry-After": "1"}, body="")

    desktop.page.route("**/api/v1/predictions/", lose_the_first_answer)
    desktop.page.set_input_files("#pick", [photo()])
    desktop.page.wait_for_selector("#photos .sentence")

    assert lost[0].status == 201
    assert Prediction.objects.count() == 1


def test_a_session_that_ended_is_told_and_the_photo_can_be_tried_again(desktop: Browsing) -> None:
    register(desktop)
    cookies = desktop.page.context.cookies()
    desktop.page.context.clear_cookies()
    desktop.page.set_input_files("#pick", [photo()])
    desktop.page.wait_for_selector("#photos .failed")
    assert "You are signed out." in desktop.text

    desktop.page.context.add_cookies(cookies)
    desktop.page.get_by_role("button", name="Try again").click()
    desktop.page.wait_for_selector("#photos .sentence")

    assert Prediction.objects.count() == 1


def test_a_file_name_is_never_taken_for_markup(desktop: Browsing) -> None:
    register(desktop)

    classify(desktop, photo("<img src=x onerror=alert(1)>.jpg"))

    assert "<img src=x onerror=alert(1)>.jpg" in desktop.text


def test_the_keyboard_is_enough(desktop: Browsing) -> None:
    desktop.open("/sign-in/")
    desktop.page.keyboard.press("Tab")
    assert desktop.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    register(desktop)
    desktop.open("/")
    desktop.page.focus("#pick")
    outlined = desktop.page.evaluate("getComputedStyle(document.querySelector('label[for=pick]')).outlineStyle")

    assert outlined == "solid"


def test_labels_are_searched_while_one_types(desktop: Browsing) -> None:
    register(desktop)
    desktop.open("/model/")

    desktop.page.fill("#search", "bl")

    assert desktop.page.locator("#label-list li:visible").all_inner_texts() == ["blue"]
    assert desktop.page.inner_text("#label-count") == "1 name with “bl”"


def test_the_link_of_a_mail_fills_the_form_in_and_leaves_no_code_behind(desktop: Browsing) -> None:
    asked: list[str] = []
    desktop.page.on("request", lambda request: asked.append(request.url))

    desktop.look("/password/new/#email=ada%2Bphotos%40example.org&code=ABCDEFGHJK")

    filled = [desktop.page.input_value(f"main [name={name}]") for name in ("email", "code", "new_password")]
    assert filled == ["ada+photos@example.org", "ABCDEFGHJK", ""]
    assert desktop.page.evaluate("document.activeElement.name") == "new_password"
    assert desktop.path == "/password/new/"
    assert not [url for url in asked if "ABCDEFGHJK" in url.partition("#")[0]]
