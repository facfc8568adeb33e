"""From a name or a file to a model folder that answers as Keras does."""

import csv
import resource
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifier.inference.engines import open_engine
from classifier.inference.errors import (
    LabelsError,
    ModelError,
    UnknownModelError,
    UnsupportedModelError,
    WeightsMismatchError,
    WeightsUnavailableError,
)
from classifier.inference.images.decoding import decode_image
from classifier.inference.packaging import on_device
from classifier.inference.packaging.catalog import get_architecture
from classifier.inference.packaging.export import Description, install_keras_model
from classifier.inference.packaging.install import Choices, install
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.packaging.pretrained import initialize_model
from classifier.inference.packaging.probes import probe_images
from classifier.inference.preprocessing import preprocess_image
from classifier.inference.service import ClassifierService
from classifier.inference.types import Label, Preprocessing, Scaling
from classifier.tests.examples import SHARED, build_colour_model, needs_shared, picture
from classifier.tests.inference.packaging.networks import colour_onnx, names_file, small_network

RESNET50_URL = (
    "https://storage.googleapis.com/tensorflow/keras-applications/resnet/resnet50_weights_tf_dim_ordering_tf_kernels.h5"
)
KERAS_HOME = SHARED / "data/keras_home"


@pytest.mark.parametrize("scaling", ["caffe", "tf", "tf_lite", "torch", "unit", "none"])
def test_both_engines_give_equal_answers_for_every_scaling(tmp_path: Path, scaling: Scaling) -> None:
    model = small_network(units=7, size=64)
    preprocessing = Preprocessing(64, 64, "crop", scaling)
    labels = [Label("", f"class {n}") for n in range(7)]

    folder = install_keras_model(
        model,
        models_dir=tmp_path,
        preprocessing=preprocessing,
        labels=labels,
        description=Description("random", "own", weights_sha256=""),
    )

    probes = probe_images(preprocessing, count=4)
    answers = [open_engine(kind, folder, preprocessing).predict(probes) for kind in ("openvino", "keras")]
    assert np.abs(answers[0] - answers[1]).max() <= 1e-4
    assert answers[0].shape == (4, 7)
    assert np.allclose(answers[0].sum(axis=1), 1, atol=1e-4)


@pytest.mark.slow
@needs_shared
def test_mobilenet_v2_with_its_weights_is_right_about_the_photos_and_agrees_with_keras(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERAS_HOME", str(KERAS_HOME))
    (weights,) = (KERAS_HOME / "models").glob("mobilenet_v2*_1.0_224.h5")

    folder = install("mobilenet_v2", models_dir=tmp_path, choices=Choices(weights=weights))

    served, reference = ClassifierService.open(folder), ClassifierService.open(folder, engine="keras")
    right = 0
    with (SHARED / "data/photos/labels.tsv").open(newline="") as listing:
        for row in csv.DictReader(listing, delimiter="\t"):
            image = decode_image((SHARED / "data/photos" / row["file"]).read_bytes(), shorter_side_px=256)
            top, keras_top = served.classify(image).top[0], reference.classify(image).top[0]
            right += top.wnid == row["wnid"]
            assert top.probability == pytest.approx(keras_top.probability, abs=1e-4)
            assert top.probability == pytest.approx(float(row["mobilenet_v2_top1_probability"]), abs=0.02)
    assert right >= 39


def test_resnet50_without_a_network_names_the_address_and_two_ways_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: Any, **__: Any) -> None:
        raise OSError("Name or service not known")

    monkeypatch.setattr("urllib.request.urlopen", unreachable)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    start = time.monotonic()

    with pytest.raises(WeightsUnavailableError) as refused:
        install("resnet50", models_dir=tmp_path)

    assert time.monotonic() - start < 30
    assert RESNET50_URL in str(refused.value)
    assert "--weights FILE" in str(refused.value)
    assert "another model" in str(refused.value)


def test_weights_from_a_file_are_installed_and_those_of_another_network_refused(tmp_path: Path) -> None:
    model = initialize_model(weights=None, architecture="mobilenet_v2")
    file = tmp_path / "weights.weights.h5"
    model.save_weights(file)

    folder = install("mobilenet_v2", models_dir=tmp_path / "models", choices=Choices(weights=file))

    pixels = preprocess_image(picture("red", (300, 300)), get_architecture("mobilenet_v2").preprocessing)[None]
    served = open_engine("openvino", folder, get_architecture("mobilenet_v2").preprocessing).predict(pixels)
    assert np.abs(served - np.asarray(model(pixels, training=False))).max() <= 1e-4
    with pytest.raises(WeightsMismatchError, match="mobilenet"):
        install("mobilenet", models_dir=tmp_path / "models", choices=Choices(weights=file))


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_an_own_network_of_one_sigmoid_output_answers_with_both_names(tmp_path: Path, suffix: str) -> None:
    model = small_network(units=1, activation="sigmoid", size=180)
    file = tmp_path / f"Pets at home{suffix}"
    model.save(file)

    folder = install(str(file), models_dir=tmp_path, choices=Choices(labels=names_file(tmp_path, "cat", "dog")))

    answer = ClassifierService.open(folder).classify(picture("red", (300, 200)))
    pixels = preprocess_image(picture("red", (300, 200)), Preprocessing(180, 180, "crop", "none"))
    dog = float(np.asarray(model(pixels[None]))[0, 0])
    assert {scored.label: scored.probability for scored in answer.top} == pytest.approx(
        {"dog": dog, "cat": 1 - dog}, abs=1e-4
    )
    assert folder.name.startswith("pets_at_home-")


def test_a_network_that_gives_logits_answers_with_probabilities(tmp_path: Path) -> None:
    file = tmp_path / "logits.keras"
    small_network(activation=None).save(file)

    folder = install(str(file), models_dir=tmp_path, choices=Choices(labels=names_file(tmp_path, "a", "b", "c")))

    top = ClassifierService.open(folder).classify(picture()).top
    assert sum(scored.probability for scored in top) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("library", ["keras", "tf_keras"])
@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
def test_a_network_of_mixed_precision_is_served_in_float32_by_both_engines(
    tmp_path: Path, policy: str, library: str
) -> None:
    keras = pytest.importorskip(library)
    keras.mixed_precision.set_global_policy(policy)
    try:
        small_network(library=library).save(tmp_path / "mixed.keras")
    finally:
        keras.mixed_precision.set_global_policy("float32")

    folder = install(
        str(tmp_path / "mixed.keras"),
        models_dir=tmp_path / "models",
        choices=Choices(labels=names_file(tmp_path, "a", "b", "c")),
    )

    parity, preprocessing = read_manifest(folder).parity, read_manifest(folder).preprocessing
    assert parity is not None
    assert parity.max_difference < 1e-5
    if library == "keras":
        probes = probe_images(preprocessing)
        answers = [open_engine(kind, folder, preprocessing).predict(probes) for kind in ("openvino", "keras")]
        assert np.abs(answers[0] - answers[1]).max() < 1e-5


def test_an_output_with_a_name_is_served_by_keras_and_on_phones_too(tmp_path: Path) -> None:
    import keras

    inner = small_network()
    keras.Model(inner.inputs[0], {"probs": inner.outputs[0]}).save(tmp_path / "named.keras")

    folder = install(
        str(tmp_path / "named.keras"),
        models_dir=tmp_path / "models",
        choices=Choices(labels=names_file(tmp_path, "a", "b", "c")),
    )

    preprocessing = read_manifest(folder).preprocessing
    probes = probe_images(preprocessing)
    answers = [open_engine(kind, folder, preprocessing).predict(probes) for kind in ("openvino", "keras")]
    assert answers[0] == pytest.approx(answers[1], abs=1e-5)
    assert on_device.make(folder) is not None


def test_a_network_of_any_size_needs_one(tmp_path: Path) -> None:
    file = tmp_path / "free.keras"
    small_network(size=None).save(file)
    labels = names_file(tmp_path, "a", "b", "c")

    with pytest.raises(UnsupportedModelError, match="--input-size"):
        install(str(file), models_dir=tmp_path, choices=Choices(labels=labels))

    folder = install(str(file), models_dir=tmp_path, choices=Choices(labels=labels, input_px=32))
    assert read_manifest(folder).preprocessing.width_px == 32


@pytest.mark.parametrize("names", [(), ("a", "b"), ("a", "b", "c", "d")])
def test_labels_must_fit_the_outputs(tmp_path: Path, names: tuple[str, ...]) -> None:
    file = tmp_path / "own.keras"
    small_network().save(file)
    labels = names_file(tmp_path, *names) if names else None

    with pytest.raises(LabelsError, match="3"):
        install(str(file), models_dir=tmp_path, choices=Choices(labels=labels))


def test_a_network_that_runs_code_out_of_its_file_is_refused(tmp_path: Path) -> None:
    import keras

    file = tmp_path / "lambda.keras"
    keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Lambda(lambda x: x)]).save(file)

    with pytest.raises(UnsupportedModelError, match="Lambda layer"):
        install(str(file), models_dir=tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a model", b"PK\x03\x04"])
@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_a_file_that_is_no_network_is_refused(tmp_path: Path, content: bytes, suffix: str) -> None:
    file = tmp_path / f"own{suffix}"
    file.write_bytes(content)

    with pytest.raises(UnsupportedModelError, match="not a whole Keras network"):
        install(str(file), models_dir=tmp_path)


def test_an_unknown_name_says_what_comes_close(tmp_path: Path) -> None:
    with pytest.raises(UnknownModelError, match="resnet50"):
        install("resnet-50", models_dir=tmp_path)


def test_a_model_folder_is_copied_whole(tmp_path: Path) -> None:
    source = build_colour_model(tmp_path, name="colours")

    folder = install(str(source), models_dir=tmp_path / "models")

    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in source.iterdir())
    assert install(str(source), models_dir=tmp_path / "models") == folder


def test_an_install_that_fails_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "own.keras"
    small_network().save(file)

    with pytest.raises(LabelsError):
        install(str(file), models_dir=tmp_path / "models", choices=Choices(labels=names_file(tmp_path, "a")))

    assert not list((tmp_path / "models").glob("*"))


def test_a_disk_that_takes_no_more_is_told(tmp_path: Path) -> None:
    file = colour_onnx(tmp_path / "colours.onnx")
    labels = names_file(tmp_path, "a", "b", "c", "d")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        with pytest.raises(ModelError, match=f"cannot be written below {tmp_path / 'models'}: the disk is full"):
            install(str(file), models_dir=tmp_path / "models", choices=Choices(labels=labels))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert not list((tmp_path / "models").glob("*"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("model.tflite", "phones"),
        ("model.pt", r"torch\.onnx\.export"),
        ("model.pb", r"model\.save"),
        ("model.pkl", "pickle"),
        ("model.txt", "Known are"),
    ],
)
def test_a_file_of_another_kind_says_what_to_do(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_bytes(b"anything")

    with pytest.raises(UnsupportedModelError, match=said):
        install(str(tmp_path / name), models_dir=tmp_path / "models")


def test_a_saved_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "saved_model.pb").write_bytes(b"anything")

    with pytest.raises(UnsupportedModelError, match="SavedModel"):
        install(str(tmp_path), models_dir=tmp_path / "models")
