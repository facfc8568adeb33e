"""What tests share: a tiny real model that answers by colour, people, and a client that is signed in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, settings
from rest_framework.test import APIClient

from classifier.inference import instance
from classifier.inference.engines import openvino
from classifier.inference.engines.openvino import OpenVinoEngine
from classifier.inference.openvino_runtime import ov
from classifier.inference.types import LinearHead, Preprocessing
from classifier.model_registry import versions
from classifier.models import DeviceToken, ModelVersion
from classifier.process import cores
from classifier.tests.examples import build_colour_model, build_places_model

# How fast an example is made tells how busy the machine is.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


class KeptEngine(OpenVinoEngine):
    """One that tells what it was made of."""

    def __init__(self, compiled: ov.CompiledModel, places: int, head: LinearHead | None = None) -> None:
        super().__init__(compiled, places, head)
        self.compiled = compiled


DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
"""Those of pytest-django that let a test meet the database; others rest on one of them, or a mark of its own does."""


@pytest.hookimpl(tryfirst=True)  # before `-m` is looked at
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that may meet the database: pytest-django refuses it to all others."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or not DATABASE_FIXTURES.isdisjoint(fixtures):
            item.add_marker("database")


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network of three classes, red, green and blue, that answers by the mean colour."""
    return build_colour_model(tmp_path_factory.mktemp("models"), name="colours")


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Every test has its own data folder and no model."""
    settings.DATA_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = tmp_path / "var/media"
    settings.SECURE_SSL_REDIRECT = False
    versions.forget_rows()
    yield settings.DATA_DIR
    instance.reset()


@pytest.fixture(scope="session")
def opened_soon(model_folder: Path) -> Iterator[None]:
    """From the first test on that asks for it, the colour model is compiled once: that takes longer than most tests."""
    compiled: dict[tuple[str, int], KeptEngine] = {}
    open_folder = openvino.open_folder

    def open_once(folder: Path, preprocessing: Preprocessing, precision: str) -> OpenVinoEngine:
        if folder != model_folder:
            return open_folder(folder, preprocessing, precision)
        places = cores.usable_cores()
        if (precision, places) not in compiled:
            engine = open_folder(folder, preprocessing, precision)
            assert isinstance(engine, KeptEngine)
            compiled[precision, places] = engine
        first = compiled[precision, places]
        return KeptEngine(first.compiled, places, first.head)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(openvino, "OpenVinoEngine", KeptEngine)
        patched.setattr(openvino, "open_folder", open_once)
        yield


@pytest.fixture
def serving(db: None, opened_soon: None, model_folder: Path) -> ModelVersion:
    """The colour model, registered and active."""
    version = versions.register(model_folder)
    versions.activate(version)
    return version


@pytest.fixture
def second(db: None, tmp_path: Path) -> ModelVersion:
    """Another model, registered: it answers the same with other probabilities."""
    return versions.register(build_colour_model(tmp_path, name="second", gain=3.0))


@pytest.fixture
def places(db: None, tmp_path: Path) -> ModelVersion:
    """A model that can tell what speaks for its labels, registered and active."""
    version = versions.register(build_places_model(tmp_path))
    versions.activate(version)
    return version


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("ada", password="correct horse battery")


@pytest.fixture
def other_user(db: None) -> User:
    return User.objects.create_user("grace", password="staple battery horse")


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_superuser("root", password="operator of the desk")


def signed_in(user: User) -> APIClient:
    client = APIClient(raise_request_exception=False)
    _, token = DeviceToken.objects.create(user)
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


@pytest.fixture
def client_of(db: None) -> Any:
    """Makes a client that is signed in by token."""
    return signed_in


@pytest.fixture
def api_client(user: User) -> APIClient:
    return signed_in(user)


@pytest.fixture
def anonymous() -> APIClient:
    return APIClient(raise_request_exception=False)
