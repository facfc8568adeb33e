"""Every page there is, in both languages, both widths and both themes, as axe sees it: it finds nothing at all.

A page is opened once for each language, then made narrow and dark, which is what its style sheets answer to.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test.signals import template_rendered

from classifier.errors import BusyError
from classifier.models import DeviceToken, ModelVersion, Prediction
from classifier.storage.pairing import check_folder
from classifier.storage.photos import write_files
from classifier.tests.examples import jpeg
from classifier.tests.flows.browser import DESKTOP, PASSWORD, PHONE, Browsing, browsing, needs_chromium
from classifier.tests.rows import make_prediction, say
from classifier.tests.second_factors import set_up
from classifier.web.views import pairing

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True)]
TEMPLATES = Path(__file__).parents[2] / "templates"
OTHERS = ("admin_", "api_", "_")
"""Pages of the admin and of the API's documentation, which the operator's tests open, and parts of pages."""
LOOKS = {
    "en": [(DESKTOP, "light"), (PHONE, "dark")],
    "de": [(DESKTOP, "dark"), (PHONE, "light")],
    "en, the other way round": [(DESKTOP, "dark"), (PHONE, "light")],
    "de, the other way round": [(DESKTOP, "light"), (PHONE, "dark")],
}
OPEN = ("/", "/sign-in/", "/register/", "/password/forgotten/", "/password/new/", "/pair/", "/nothing/", "/try/")
OWN = (
    "/",
    "/predictions/",
    "/predictions/?search=violet",
    "/model/",
    "/account/",
    "/account/email/",
    "/account/name/",
    "/account/second-factor/",
    "/account/delete/",
)
OF_A_PREDICTION = ("", "why/", "why/?label=blue", "compare/", "delete/")


@pytest.fixture
def rendered() -> Iterator[set[str]]:
    """The names of the templates that were rendered."""
    names: set[str] = set()

    def note(template: Any, **_: Any) -> None:
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


class Looking:
    """Looks at each page of a window in some sizes and themes, and leaves a picture of each."""

    def __init__(self, window: Browsing, language: str, looks: list[tuple[int, str]]) -> None:
        self._window, self._language, self._looks = window, language, looks

    def open(self, path: str) -> None:
        self._window.go(path)
        self.look(path)

    def look(self, name: str) -> None:
        page = self._window.page
        assert page.get_attribute("html", "lang") == self._language, name
        for width, theme in self._looks:
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            self._window.check()
            self._window.picture(f"{self._language}-{theme}-{name.strip('/').replace('/', '-') or 'start'}")

    def submit(self, form: str) -> None:
        """Sends the form that leads to this address."""
        with self._window.page.expect_navigation():
            self._window.page.locator(f"form[action$='{form}'] button").click()

    def fill(self, **fields: str) -> None:
        """Sends the page's form, as Enter does in its last field."""
        self._window.fill(**fields)
        with self._window.page.expect_navigation():
            self._window.page.press(f"main [name={list(fields)[-1]}]", "Enter")


def predictions_of_each_kind(user: User, version: ModelVersion) -> list[Prediction]:
    shares = {"red": 0.5, "blue": 0.3, "green": 0.2}
    top = [{"wnid": "", "label": label, "probability": share} for label, share in shares.items()]
    kinds: list[dict[str, Any]] = [
        {"answer_kind": "exact", "answer_label": "red", "answer_wnid": "", "answer_probability": 0.9},
        {"answer_kind": "broader", "answer_label": "colour", "answer_wnid": "", "answer_probability": 0.8},
        {"answer_kind": "unsure", "quality_codes": "blurred,dark", "filename": "IMG 1.jpg"},
        {},
    ]
    check_folder()
    rows = [make_prediction(user, version, "red", top=top, **fields) for fields in kinds]
    for row in rows:
        write_files(row, jpeg(), jpeg())
        row.save()
    lost = make_prediction(user, version, "red", top=top, photo_lost=True)
    say(rows[-1], "my own red")
    return [*rows, lost]


@pytest.mark.parametrize(
    "looks", [pytest.param(looks, marks=[pytest.mark.slow] if "other" in looks else []) for looks in LOOKS]
)
def test_axe_finds_nothing_on_any_page(
    chromium: Any,
    live_server: Any,
    places: ModelVersion,
    second: ModelVersion,
    rendered: set[str],
    monkeypatch: pytest.MonkeyPatch,
    looks: str,
) -> None:
    language = looks[:2]
    user = User.objects.create_user("linus", "linus@example.org", PASSWORD)
    with browsing(chromium, live_server.url, width=DESKTOP, language=language) as window:
        looking = Looking(window, language, LOOKS[looks])
        for path in OPEN:
            looking.open(path)
        window.go("/register/")
        looking.fill(username="linus", password=PASSWORD)
        looking.look("register-refused")

        window.go("/sign-in/")
        looking.fill(username="linus", password=PASSWORD)
        looking.open("/predictions/")
        rows = predictions_of_each_kind(user, places)
        DeviceToken.objects.create(user, device_name="red phone")
        for path in OWN:
            looking.open(path)
        window.go("/account/")
        looking.submit("/account/pairing/")
        looking.look("pairing-code")
        for row in rows:
            looking.open(f"/predictions/{row.pk}/")
        for path in OF_A_PREDICTION:
            looking.open(f"/predictions/{rows[0].pk}/{path}")
        window.go("/predictions/")
        window.page.locator(".tile-pick input").first.check()
        looking.look("selected")
        window.page.locator("#selection [value=delete]").click()
        looking.look("delete-selected")

        for error in (PermissionDenied(), SuspiciousOperation(), RuntimeError("a bug"), BusyError()):
            monkeypatch.setattr(pairing, "render", raiser(error))
            window.go("/pair/")
            looking.look(f"failed-{type(error).__name__}")

        set_up(user)
        looking.open("/account/second-factor/")
        window.page.context.clear_cookies()
        window.go("/sign-in/")
        looking.fill(username="linus", password=PASSWORD)
        looking.look("sign-in-code")
        window.page.context.clear_cookies()
        looking.fill(code="123456")
        looking.look("form-expired")

    pages = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.glob("*.html")}
    pages |= {f"classifier/{path.name}" for path in (TEMPLATES / "classifier").glob("*.html")}
    assert {page for page in pages - rendered if not page.removeprefix("classifier/").startswith(OTHERS)} == set()


def raiser(error: Exception) -> Any:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    return fail
