"""Many photos at once, in a real browser: totals, what can be done about each, and a page that is closed half-way."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import QuerySet

from classifier.models import ModelVersion, Prediction
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.tests.examples import upload
from classifier.tests.flows.browser import (
    DESKTOP,
    PHONE,
    Browsing,
    browsing,
    distinct,
    needs_chromium,
    photo,
    register,
)
from classifier.tests.waiting import wait_until

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]
LONGEST_MS = 120_000
SEND = "**/api/v1/predictions/"


@pytest.fixture(params=[PHONE, DESKTOP], ids=str)
def scripted(request: Any, chromium: Any, live_server: Any, active: ModelVersion) -> Iterator[Browsing]:
    with browsing(chromium, live_server.url, width=request.param) as opened:
        yield opened


def forty_one() -> list[dict[str, Any]]:
    """38 good photos, of which the first two are there already, and three that are none."""
    good = [photo(f"IMG_{n:04}.jpg", distinct(n)) for n in range(38)]
    bad = [photo(f"broken {n}.jpg", b"no picture") for n in range(3)]
    return [*good[:20], *bad, *good[20:]]


def store_two(user: User) -> None:
    for n in range(2):
        services.classify_upload(sender=Sender(user), upload=upload(distinct(n)))


def totals(window: Browsing) -> str:
    return str(window.page.inner_text("#panel .totals"))


def wait_for(window: Browsing, text: str) -> None:
    window.page.wait_for_function(
        "text => document.querySelector('#panel .totals').textContent === text", arg=text, timeout=LONGEST_MS
    )


def own() -> "QuerySet[Prediction]":
    return Prediction.objects.filter(owner__username="linus")


@pytest.mark.slow
def test_forty_one_photos_are_all_accounted_for(scripted: Browsing) -> None:
    register(scripted)
    store_two(User.objects.get())
    scripted.open("/")

    scripted.page.set_input_files("#pick", forty_one())
    scripted.page.wait_for_selector("#photos [data-state=done]")
    scripted.picture("some")
    first = scripted.page.get_attribute("#photos > :first-child", "data-state")
    wait_for(scripted, "36 of 41, 3 failed, 2 seen before")
    scripted.picture("all")

    assert first == "working"
    assert own().count() == 38
    assert scripted.page.locator("#photos .failed").count() == 3
    assert not scripted.page.get_by_role("button", name="Try the failed again").is_visible()
    scripted.check()


@pytest.mark.slow
def test_a_page_that_is_closed_half_way_goes_on_when_it_is_opened_again(scripted: Browsing) -> None:
    register(scripted)
    store_two(User.objects.get())
    scripted.open("/")
    answers: list[Any] = []

    def lose_all_after_twenty(route: Any) -> None:
        if len(answers) < 20:
            answers.append(route)
            route.continue_()
        else:
            answers.append(route.fetch())  # the server stores it, and nobody hears of it

    scripted.page.route(SEND, lose_all_after_twenty)
    scripted.page.set_input_files("#pick", forty_one())
    scripted.page.wait_for_function(
        "() => document.querySelectorAll('#photos [data-state=done]').length >= 17", timeout=LONGEST_MS
    )
    wait_until(lambda: bool(scripted.page.title()) and len(answers) >= 22, within_s=30)

    scripted.reopen()
    scripted.look("/")
    wait_for(scripted, "36 of 41, 3 failed, 2 seen before")

    assert own().count() == 38
    assert len(set(own().values_list("sha256", flat=True))) == 38
    scripted.check()
    scripted.page.get_by_role("button", name="Clear the list").click()
    scripted.look("/")
    assert scripted.page.locator("#photos > *").count() == 0


def test_nobody_else_who_signs_in_here_sees_what_waits(desktop: Browsing) -> None:
    register(desktop)
    desktop.page.route(SEND, lambda route: route.abort())
    desktop.page.set_input_files("#pick", [photo()])
    desktop.page.get_by_text("No connection. Trying again…").wait_for()
    desktop.reopen()
    desktop.page.context.clear_cookies()
    desktop.complaints.clear()

    register(desktop, "grace")
    desktop.look("/")

    assert desktop.page.locator("#photos > *").count() == 0
    assert not Prediction.objects.exists()


def test_signing_out_deletes_what_waits(desktop: Browsing) -> None:
    register(desktop)
    desktop.page.route(SEND, lambda route: route.abort())
    desktop.page.set_input_files("#pick", [photo()])
    desktop.page.get_by_text("No connection. Trying again…").wait_for()
    desktop.page.on("dialog", lambda dialog: dialog.accept())
    desktop.press("Sign out")

    left = desktop.page.evaluate("async () => (await indexedDB.databases()).length")

    assert left == 0


def test_the_queue_is_stopped_and_goes_on(desktop: Browsing) -> None:
    register(desktop)
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    desktop.page.route(SEND, hold)
    desktop.page.set_input_files("#pick", [photo(f"{n}.jpg", distinct(n)) for n in range(8)])
    wait_until(lambda: bool(desktop.page.title()) and len(held) >= 2, within_s=30)

    desktop.page.get_by_role("button", name="Stop").click()
    desktop.page.wait_for_function("() => document.querySelectorAll('#photos [data-state=waiting]').length === 8")
    desktop.page.get_by_role("button", name="Remove 7.jpg").click()
    desktop.check()
    desktop.page.unroute(SEND)
    desktop.page.get_by_role("button", name="Go on").click()
    wait_for(desktop, "7 of 7")

    assert Prediction.objects.count() == 7


def test_those_that_failed_are_tried_again_together(desktop: Browsing) -> None:
    register(desktop)
    desktop.page.route(SEND, lambda route: route.fulfill(status=500, body=""))
    desktop.page.set_input_files("#pick", [photo(f"{n}.jpg", distinct(n)) for n in range(3)])
    wait_for(desktop, "0 of 3, 3 failed")
    desktop.page.unroute(SEND)

    desktop.page.get_by_role("button", name="Try the failed again").click()
    wait_for(desktop, "3 of 3")

    assert Prediction.objects.count() == 3


def test_a_photo_that_is_there_is_stored_again_when_asked(desktop: Browsing) -> None:
    register(desktop)
    store_two(User.objects.get())
    desktop.open("/")
    desktop.page.set_input_files("#pick", [photo("again.jpg", distinct(0))])
    desktop.page.wait_for_selector("#photos [data-state=seen] .sentence")
    assert "You have this photo already." in desktop.text
    assert Prediction.objects.count() == 2

    desktop.page.get_by_role("button", name="Store it again").click()
    desktop.page.wait_for_selector("#photos [data-state=done]")

    assert Prediction.objects.count() == 3


def test_the_same_photo_twice_at_once_is_stored_once(desktop: Browsing) -> None:
    register(desktop)

    desktop.page.set_input_files("#pick", [photo("one.jpg"), photo("two.jpg")])
    wait_for(desktop, "1 of 2, 1 seen before")

    assert "The same photo as one.jpg." in desktop.text
    assert Prediction.objects.count() == 1


def test_a_folder_is_taken_with_the_photos_in_it(desktop: Browsing, tmp_path: Path) -> None:
    register(desktop)
    inside = tmp_path / "holidays/day 2"
    inside.mkdir(parents=True)
    for name, data in (("a.jpg", distinct(1)), ("b.PNG", distinct(2)), ("notes.txt", b"nice"), (".c.jpg", b"")):
        (inside / name).write_bytes(data)

    desktop.page.set_input_files("#folder", str(tmp_path / "holidays"))
    wait_for(desktop, "2 of 2")

    assert "2 files in the folder left out" in desktop.text


def test_leaving_is_warned_about_while_photos_are_sent(desktop: Browsing) -> None:
    register(desktop)
    warnings: list[str] = []

    def stay(dialog: Any) -> None:
        warnings.append(dialog.type)
        dialog.dismiss()

    desktop.page.on("dialog", stay)
    desktop.page.route(SEND, lambda route: None)
    desktop.page.set_input_files("#pick", [photo()])
    desktop.page.wait_for_selector("#photos [data-state=working]")

    # By a link, as people leave, and not by closing the window: Chromium ends by itself, now and then, where its window
    # is closed while it still asks whether to.
    desktop.page.get_by_role("link", name="History", exact=True).click()
    wait_until(lambda: bool(desktop.page.context.cookies()) and bool(warnings), within_s=30)

    assert warnings == ["beforeunload"]
    assert desktop.page.is_visible("#photos [data-state=working]")
    assert desktop.path == "/"


def test_a_page_without_tls_hashes_as_others_do(desktop: Browsing) -> None:
    register(desktop)
    sizes = [0, 1, 55, 56, 63, 64, 65, 119, 1000]

    hashed = desktop.page.evaluate(
        """sizes => sizes.map((size) => Array.from(
            new Uint8Array(window.classifierPages.digestOf(new Uint8Array(size).fill(7))),
            (byte) => byte.toString(16).padStart(2, "0")).join(""))""",
        sizes,
    )

    assert hashed == [hashlib.sha256(b"\x07" * size).hexdigest() for size in sizes]
