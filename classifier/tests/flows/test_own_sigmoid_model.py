"""The third tutorial's way: an own network with one sigmoid output, trained, saved as `.h5` and served."""

import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from PIL import Image, ImageDraw
from rest_framework.test import APIClient

from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import encoded, upload

SIZE_PX = 180
NAMES = ("disc", "grid")


def drawn(name: str, random: np.random.Generator) -> Image.Image:
    """A disc or a grid, of any size, place and grey."""
    background, pen = (int(grey) for grey in random.choice(256, 2, replace=False))
    image = Image.new("RGB", (SIZE_PX, SIZE_PX), (background,) * 3)
    draw = ImageDraw.Draw(image)
    x, y, radius = (int(value) for value in (*random.integers(60, 120, 2), random.integers(30, 60)))
    if name == "disc":
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(pen,) * 3)
        return image
    for place in range(x % 15, SIZE_PX, 15):
        draw.line((place, 0, place, SIZE_PX), fill=(pen,) * 3, width=3)
        draw.line((0, place, SIZE_PX, place), fill=(pen,) * 3, width=3)
    return image


@pytest.fixture(scope="module")
def trained() -> Any:
    """A small network of the tutorial's kind, which scales its pixels itself."""
    import keras

    keras.utils.set_random_seed(3)
    random = np.random.default_rng(3)
    truth = np.arange(64) % 2
    photos = np.stack([np.asarray(drawn(NAMES[kind], random), np.float32) for kind in truth])
    model = keras.Sequential(
        [
            keras.Input((SIZE_PX, SIZE_PX, 3)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(8, 7, strides=4, activation="relu"),
            keras.layers.BatchNormalization(momentum=0.5),
            keras.layers.Conv2D(16, 3, strides=2, activation="relu"),
            keras.layers.GlobalMaxPooling2D(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    model.fit(photos, truth, batch_size=16, epochs=15, verbose=0)
    return model


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test leaves the model folder that was made of the network; not there before."""
    return tmp_path_factory.mktemp("packaged") / "folder"


@pytest.fixture
def installed(db: None, trained: Any, tmp_path: Path, packaged: Path) -> Any:
    if packaged.exists():
        versions.activate(versions.register(packaged))
        return trained
    file, names = tmp_path / "discs_and_grids.h5", tmp_path / "names.txt"
    trained.save(file)
    names.write_text("\n".join(NAMES))
    call_command("install_model", str(file), "--labels", str(names), "--resize", "stretch", "--activate")
    shutil.copytree(ModelVersion.objects.get().folder, packaged)
    return trained


def test_it_answers_both_percentages_as_the_tutorial_counts_them(installed: Any, api_client: APIClient) -> None:
    image = drawn("grid", np.random.default_rng(5))

    answer = api_client.post("/api/v1/predictions/", {"image": upload(encoded(image, "PNG"))}, format="multipart")

    score = float(installed(np.asarray(image, np.float32)[None], training=False)[0, 0])
    percentages = {found["label"]: found["probability"] * 100 for found in answer.json()["top"]}
    assert percentages == {
        "disc": pytest.approx(100 * (1 - score), abs=0.01),
        "grid": pytest.approx(100 * score, abs=0.01),
    }


def test_it_tells_drawings_apart_that_it_has_not_seen(installed: Any, api_client: APIClient) -> None:
    random, told = np.random.default_rng(7), []

    for name in NAMES * 5:
        photo = upload(encoded(drawn(name, random).resize((640, 480)), quality=90))
        answer = api_client.post("/api/v1/predict/", {"image": photo}, format="multipart").json()
        told.append(answer["predictions"][0]["label"])

    assert sum(label == name for label, name in zip(told, NAMES * 5, strict=True)) >= 9


def test_the_page_tells_both_percentages(installed: Any, client: Client, user: User) -> None:
    image = drawn("disc", np.random.default_rng(6))
    client.force_login(user)

    answer = client.post("/", {"image": upload(encoded(image, "PNG"))}, follow=True)

    score = float(installed(np.asarray(image, np.float32)[None], training=False)[0, 0])
    told = re.search(r"It is (\d+) % (\w+) and (\d+) % (\w+)\.", answer.content.decode())
    assert told
    assert {told[2]: float(told[1]), told[4]: float(told[3])} == {
        "disc": pytest.approx(100 * (1 - score), abs=1),
        "grid": pytest.approx(100 * score, abs=1),
    }
