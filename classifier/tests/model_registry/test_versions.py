"""Which model serves: registered, activated, swapped while requests are under way."""

import threading
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from classifier.errors import ModelNotReadyError
from classifier.inference import instance
from classifier.inference.errors import BrokenModelFolderError, UnknownModelError
from classifier.inference.types import ModelRef
from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import build_colour_model, picture


@pytest.fixture
def second(tmp_path: Path, db: None) -> ModelVersion:
    return versions.register(build_colour_model(tmp_path, name="second", gain=3.0))


def broken(version: ModelVersion) -> ModelVersion:
    (version.folder / "model.bin").write_bytes(b"not weights")
    return version


def test_registering_a_folder_twice_gives_one_row(serving: ModelVersion, model_folder: Path) -> None:
    assert versions.register(model_folder).pk == serving.pk
    assert ModelVersion.objects.get().is_active


def test_an_activated_version_answers(serving: ModelVersion, second: ModelVersion) -> None:
    versions.activate(second)

    assert instance.get().classify(picture("red")).model.name == "second"
    assert versions.active() == second
    assert ModelVersion.objects.filter(is_active=True).count() == 1


def test_a_broken_version_never_takes_over(serving: ModelVersion, second: ModelVersion) -> None:
    with pytest.raises(BrokenModelFolderError, match="altered"):
        versions.activate(broken(second))

    assert versions.active() == serving
    assert instance.get().classify(picture("red")).model.name == "colours"
    assert "altered" in ModelVersion.objects.get(pk=second.pk).load_error


def test_a_running_server_follows_the_active_row(serving: ModelVersion, second: ModelVersion) -> None:
    ModelVersion.objects.update(is_active=False)
    ModelVersion.objects.filter(pk=second.pk).update(is_active=True)

    versions.serve_active()

    assert instance.get().ref.name == "second"


def test_a_running_server_keeps_the_old_model_when_the_new_one_is_broken(
    serving: ModelVersion, second: ModelVersion
) -> None:
    ModelVersion.objects.update(is_active=False)
    ModelVersion.objects.filter(pk=broken(second).pk).update(is_active=True)

    with pytest.raises(BrokenModelFolderError):
        versions.serve_active()

    assert instance.get().ref.name == "colours"
    assert ModelVersion.objects.get(pk=second.pk).load_error


def test_the_active_version_is_loaded_once(serving: ModelVersion) -> None:
    before = instance.get()

    versions.serve_active()

    assert instance.get() is before


def test_a_request_under_way_finishes_on_the_model_it_began_with(serving: ModelVersion, second: ModelVersion) -> None:
    service = instance.get()

    versions.activate(second)

    assert service.classify(picture("blue")).top[0].label == "blue"
    assert service.ref.name == "colours"


def test_many_threads_are_answered_while_models_are_swapped(serving: ModelVersion, second: ModelVersion) -> None:
    answers: list[str] = []

    def classify() -> None:
        answers.extend(instance.get().classify(Image.new("RGB", (40, 30), "green")).top[0].label for _ in range(50))

    threads = [threading.Thread(target=classify) for _ in range(4)]
    for thread in threads:
        thread.start()
    for version in (second, serving, second):
        instance.start(version.folder)
    for thread in threads:
        thread.join()

    assert answers == ["green"] * 200


def test_a_version_is_found_by_name_or_by_name_and_version(serving: ModelVersion) -> None:
    assert versions.find("colours") == versions.find(str(serving)) == serving


def test_an_unknown_name_says_what_is_installed(serving: ModelVersion) -> None:
    with pytest.raises(UnknownModelError, match=str(serving)):
        versions.find("colour")


def test_there_is_no_classifier_before_the_first_start(db: None) -> None:
    with pytest.raises(ModelNotReadyError, match="install_model"):
        instance.get()


def test_the_row_of_the_answering_model_is_looked_up_once(
    serving: ModelVersion, django_assert_num_queries: Any
) -> None:
    ref = ModelRef(serving.name, serving.version)
    versions.row_for(ref)

    with django_assert_num_queries(0):
        assert versions.row_for(ref) == serving


def test_a_version_that_was_registered_anew_is_looked_up_anew(serving: ModelVersion, model_folder: Path) -> None:
    ref = ModelRef(serving.name, serving.version)
    versions.row_for(ref)
    serving.delete()

    again = versions.register(model_folder)

    assert versions.row_for(ref).pk == again.pk
