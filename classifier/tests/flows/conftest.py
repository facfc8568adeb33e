"""What tests in a real browser share: a model that serves it, and its windows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import build_places_model
from classifier.tests.flows.browser import DESKTOP, PHONE, Browsing, browsing, starting


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for a module: to start it takes longer than most of its tests."""
    with pytest.MonkeyPatch.context() as patch, starting() as browser:
        # Playwright runs an event loop in the test's thread, where Django would refuse to be asked anything.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield browser


@pytest.fixture
def active(transactional_db: None, opened_soon: None, model_folder: Path) -> ModelVersion:
    """The colour model, for a browser to ask."""
    version = versions.register(model_folder)
    versions.activate(version)
    return version


@pytest.fixture
def places_active(transactional_db: None, tmp_path: Path) -> ModelVersion:
    """A model that can tell what speaks for its labels."""
    version = versions.register(build_places_model(tmp_path))
    versions.activate(version)
    return version


@pytest.fixture(params=[(PHONE, True), (PHONE, False), (DESKTOP, True), (DESKTOP, False)], ids=str)
def window(request: Any, chromium: Any, live_server: Any, active: ModelVersion) -> Iterator[Browsing]:
    width, scripts = request.param
    with browsing(chromium, live_server.url, width=width, scripts=scripts) as opened:
        yield opened


@pytest.fixture
def desktop(chromium: Any, live_server: Any, active: ModelVersion) -> Iterator[Browsing]:
    with browsing(chromium, live_server.url, width=DESKTOP) as opened:
        yield opened
