"""The whole way through the pages in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier import model_versions
from classifier.models import DeviceToken, ModelVersion, Prediction
from classifier.tests.examples import jpeg
from classifier.tests.web.browser import Browsing, browsing, needs_chromium

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]
PHONE, DESKTOP = 390, 1280
PASSWORD = "penguins on the ice"
SENTENCE = re.compile(r"The photo you uploaded is a red \(\d+\.\d\d%\)")


@pytest.fixture(autouse=True)
def database_beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright runs an event loop in the test's thread, where Django would refuse to be asked anything."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def active(transactional_db: None, model_folder: Path) -> ModelVersion:
    version = model_versions.register(model_folder)
    model_versions.activate(version)
    return version


@pytest.fixture(params=[(PHONE, True), (PHONE, False), (DESKTOP, True), (DESKTOP, False)], ids=str)
def window(request: Any, live_server: Any, active: ModelVersion) -> Iterator[Browsing]:
    width, scripts = request.param
    with browsing(live_server.url, width=width, scripts=scripts) as opened:
        yield opened


@pytest.fixture
def desktop(live_server: Any, active: ModelVersion) -> Iterator[Browsing]:
    with browsing(live_server.url, width=DESKTOP) as opened:
        yield opened


def photo(name: str = "photo.jpg", data: bytes | None = None) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg() if data is None else data}


def register(window: Browsing, name: str = "linus") -> None:
    window.open("/register/")
    window.fill(username=name, password=PASSWORD)
    window.press("Make my account")
    window.check()


def classify(window: Browsing, *photos: dict[str, Any]) -> None:
    """Sends photos and waits for their answers, on the page itself or on the one that follows."""
    window.open("/")
    window.page.set_input_files("#pick", list(photos))
    if window.has_scripts:
        window.page.wait_for_function(
            "count => document.querySelectorAll('#photos .sentence, #photos .failed').length === count",
            arg=len(photos),
        )
        window.check()
    else:
        window.press("Classify")


def test_from_registration_to_deletion(window: Browsing) -> None:
    window.open("/")
    window.follow("Register")
    window.fill(username="linus", password=PASSWORD)
    window.press("Make my account")
    assert window.path == "/"

    classify(window, photo())
    assert SENTENCE.search(window.text)
    if window.has_scripts:
        window.follow("This prediction’s own page")
    row = Prediction.objects.get()
    assert window.path == f"/predictions/{row.pk}/"
    assert window.page.locator(".bars li").count() == 3
    window.check()

    window.open("/predictions/")
    assert window.page.locator(".tile").count() == 1
    window.open("/predictions/?search=blue")
    assert "Nothing in your history fits this filter." in window.text
    window.open(f"/predictions/{row.pk}/delete/")
    window.press("Delete")
    assert "The prediction and its photo are deleted." in window.text
    assert not Prediction.objects.exists()

    window.open("/model/?search=gre")
    assert window.page.locator("#label-list li:visible").all_inner_texts() == ["green"]

    classify(window, photo())
    window.open("/account/")
    window.fill(current_password=PASSWORD, new_password="another good one")
    window.press("Change it")
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
    window.fill(password="another good one")
    window.press("Delete everything")
    assert "Your account is deleted" in window.text
    assert not User.objects.exists()
    assert not Prediction.objects.exists()
    assert not window.complaints


def test_devices_are_signed_out(window: Browsing) -> None:
    register(window)
    DeviceToken.objects.create(User.objects.get(), device_name="red phone")
    window.open("/account/")

    window.press("Sign out red phone")

    assert "No app is signed in." in window.text
    assert not DeviceToken.objects.exists()


def test_several_photos_are_answered_each_on_its_own(window: Browsing) -> None:
    register(window)

    classify(window, photo("one.jpg"), photo("two.jpg"), photo("three.jpg"))

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
    window.complaints.clear()
    window.check()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_every_page_is_readable_in_the_dark(live_server: Any, active: ModelVersion, width: int) -> None:
    with browsing(live_server.url, width=width, dark=True) as window:
        window.open("/")
        register(window)
        classify(window, photo())
        key = Prediction.objects.get().pk
        for path in ("/predictions/", f"/predictions/{key}/", "/model/", "/account/", "/account/delete/"):
            window.open(path)
        assert window.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 19, 26)"


def test_a_photo_is_pasted_and_dropped(desktop: Browsing) -> None:
    register(desktop)
    for kind, holder in (("paste", "clipboardData"), ("drop", "dataTransfer")):
        desktop.page.evaluate(
            """([kind, holder, bytes]) => {
                const files = new DataTransfer();
                files.items.add(new File([new Uint8Array(bytes)], `${kind}.jpg`, {type: "image/jpeg"}));
                const event = kind === "paste" ? new ClipboardEvent(kind, {[holder]: files, bubbles: true})
                    : new DragEvent(kind, {[holder]: files, bubbles: true, cancelable: true});
                document.body.dispatchEvent(event);
            }""",
            [kind, holder, list(jpeg())],
        )

    desktop.page.wait_for_function("() => document.querySelectorAll('#photos .sentence').length === 2")

    assert Prediction.objects.count() == 2
    assert {"paste.jpg", "drop.jpg"} <= set(desktop.page.locator(".file-name").all_inner_texts())


def test_a_photo_whose_answer_was_lost_on_the_way_is_kept_once(desktop: Browsing) -> None:
    register(desktop)
    lost = []

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
    assert desktop.page.inner_text("#found") == "1 label with “bl”"


def test_the_desk_the_docs_and_the_browsable_api_work_under_the_policy(desktop: Browsing) -> None:
    User.objects.create_superuser("root", password="operator of the desk")
    desktop.open("/sign-in/?next=/admin/")
    desktop.fill(username="root", password="operator of the desk")
    desktop.press("Sign in")
    assert desktop.path == "/admin/"
    classify(desktop, photo())
    key = Prediction.objects.get().pk
    change = f"/admin/classifier/prediction/{key}/change/"
    for path in ("/admin/", "/admin/classifier/prediction/", change, "/admin/classifier/prediction/dashboard/"):
        desktop.page.goto(f"{desktop.page.url.split('/', 3)[0]}//{desktop.page.url.split('/', 3)[2]}{path}")
        desktop.page.wait_for_load_state("networkidle")
    origin = "/".join(desktop.page.url.split("/", 3)[:3])
    desktop.page.goto(f"{origin}/api/docs/")
    desktop.page.wait_for_selector(".opblock")
    desktop.page.goto(f"{origin}/api/v1/predictions/")
    desktop.page.wait_for_selector("form input[type=file]")

    assert not desktop.complaints
