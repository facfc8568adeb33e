"""A real browser for tests, and what they do in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from benchmarks.live.chromium import ARGUMENTS, CHROMIUM
from classifier.tests.examples import jpeg

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium, which is not here")
LARGEST_PAGE_BYTES = 100 * 1024
PHONE, DESKTOP = 390, 1280
LOOK = 'axe.run({preload: false, resultTypes: ["violations"]}).then(found => found.violations)'
"""Without all that is right on a page, which is longer than the page."""
PASSWORD = "penguins on the ice"


class Browsing:
    """A window of the browser on the server; collects what the browser complains about."""

    def __init__(self, page: Any, address: str) -> None:
        self._address = address
        self.complaints: list[str] = []
        self.expected = ""
        """What a complaint may say and not count."""
        self._bytes = 0
        self._watch(page)

    def open(self, path: str) -> None:
        """Opens a page of the site and holds it to what every page must be."""
        self._bytes = 0
        self.look(path)
        assert self._bytes < LARGEST_PAGE_BYTES

    def look(self, path: str, *, until: str = "body", but: tuple[str, ...] = ()) -> None:
        """Opens any page; `but` names the rules of axe that it need not keep."""
        self.go(path)
        self.page.wait_for_selector(until)
        self.check(but=but)

    def go(self, path: str) -> None:
        self.page.goto(f"{self._address}{path}", wait_until="load")

    def reopen(self) -> None:
        """Closes the page, whatever it is at, and opens an empty one of the same browser."""
        context = self.page.context
        self.page.close()
        self._watch(context.new_page())

    def picture(self, name: str) -> None:
        """Leaves a picture of the page in the folder that SCREENSHOTS names, for people to look at."""
        if folder := os.environ.get("SCREENSHOTS"):
            width = self.page.viewport_size["width"]
            self.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)

    def check(self, *, but: tuple[str, ...] = ()) -> None:
        assert not self.complaints
        if self.has_scripts:
            # Not `innerWidth`: a phone zooms out until the page fits.
            width = self.page.evaluate("document.documentElement.scrollWidth")
            assert width <= self.page.viewport_size["width"], self.page.url
            self._look_as_axe_does(but)

    @property
    def sent_bytes(self) -> int:
        """What the server has sent since the page was opened, beside photos."""
        return self._bytes

    @property
    def path(self) -> str:
        return str(self.page.url).removeprefix(self._address)

    @property
    def text(self) -> str:
        return str(self.page.inner_text("body"))

    @property
    def has_scripts(self) -> bool:
        return bool(self.page.context.has_scripts)

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.fill(f"main [name={name}]", value)

    def press(self, name: str) -> None:
        self.page.locator("main, header").get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state("load")

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state("load")

    def _watch(self, page: Any) -> None:
        self.page = page
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._count)

    def _note(self, message: Any) -> None:
        if self.expected and self.expected in message.text:
            return
        if message.type in ("error", "warning") and "status of" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _count(self, response: Any) -> None:
        if not response.headers.get("content-type", "").startswith(("image/jpeg", "image/png")):
            self._bytes += int(response.headers.get("content-length", 0))

    def _look_as_axe_does(self, but: tuple[str, ...]) -> None:
        found = self.page.evaluate(f"{axe_core()}; {LOOK}")
        violations = [rule for rule in found if rule["id"] not in but]
        broken = [(rule["id"], rule["impact"], [node["html"] for node in rule["nodes"]]) for rule in violations]
        assert not broken, (self.page.url, broken)


@cache
def axe_core() -> str:
    """The accessibility checker that runs in the page; its Python package brings it along."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@contextmanager
def starting() -> Iterator[Any]:
    """The browser itself, which windows of several tests may share."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def browsing(
    browser: Any, address: str, *, width: int, scripts: bool = True, dark: bool = False, language: str = "en"
) -> Iterator[Browsing]:
    """A window so many pixels wide, with a memory of its own; closed again, with nothing of it left."""
    context: Any = browser.new_context(
        viewport={"width": width, "height": 844},
        java_script_enabled=scripts,
        color_scheme="dark" if dark else "light",
        has_touch=width < 500,
        is_mobile=width < 500,
        locale=language,
    )
    context.has_scripts = scripts
    try:
        yield Browsing(context.new_page(), address)
    finally:
        context.close()


def photo(name: str = "photo.jpg", data: bytes | None = None) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg() if data is None else data}


def distinct(number: int) -> bytes:
    """A photo with other bytes for each number; what follows the picture's end is no part of it."""
    return jpeg() + number.to_bytes(2)


def register(window: Browsing, name: str = "linus") -> None:
    window.open("/register/")
    window.fill(username=name, password=PASSWORD)
    window.press("Create my account")
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
