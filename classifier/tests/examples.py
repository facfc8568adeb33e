"""Pictures and model folders for tests, made on the spot."""

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from classifier.inference.engines import Engine
from classifier.inference.labels.reading import write_labels
from classifier.inference.openvino_runtime import opset, ov
from classifier.inference.packaging.folders import (
    ON_DEVICE_FACTS,
    ON_DEVICE_FILE,
    content_version,
    read_model_labels,
)
from classifier.inference.packaging.manifests import read_manifest, write_manifest
from classifier.inference.packaging.on_device import OnDeviceModel
from classifier.inference.service import ClassifierService
from classifier.inference.types import (
    Inferred,
    Label,
    ModelManifest,
    Pixels,
    Preprocessing,
    PublishedAccuracy,
    Resize,
    Scores,
)
from classifier.models import ModelVersion

SHARED = Path(__file__).resolve().parents[3] / "shared"
"""Material beside the checkout; tests that use it are skipped where it is absent."""

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared, which is not here")

PUBLISHED = PublishedAccuracy(0.751, None, "ImageNet validation", "https://example.org/figures")


def picture(colour: str | tuple[int, ...] = "red", size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    return Image.new(mode, size, colour)


def encoded(image: Image.Image, format: str = "JPEG", **options: object) -> bytes:
    """The picture as a file of that format."""
    file = io.BytesIO()
    if format == "HEIF":  # which the server can read, but not write
        pillow_heif.from_pillow(image).save(file, **options)
    else:
        image.save(file, format, **options)
    return file.getvalue()


def jpeg(colour: str = "red", size: tuple[int, int] = (64, 48)) -> bytes:
    return encoded(picture(colour, size))


def upload(data: bytes | None = None, name: str = "photo.jpg") -> SimpleUploadedFile:
    """A photo as a browser or an app sends it; a red one by default."""
    return SimpleUploadedFile(name, jpeg() if data is None else data)


def photo_files(media: Path) -> list[Path]:
    """The files of all photos, and any that crashes left among them; not the marker of the folder, nor its trash."""
    return [
        path for path in media.rglob("*") if path.is_file() and not path.relative_to(media).parts[0].startswith(".")
    ]


def build_colour_model(
    models_dir: Path,
    *,
    name: str,
    gain: float = 12.0,
    published: PublishedAccuracy | None = None,
    license: str = "",
) -> Path:
    """A model folder, made without TensorFlow: three classes, red, green and blue, by the mean colour.

    Another `gain` gives the same answers with other probabilities, and so another version.
    """
    folder = models_dir / name
    folder.mkdir(parents=True)
    size = 16
    photos = opset.parameter([1, size, size, 3], ov.Type.f32, name="photos")
    means = opset.reduce_mean(photos, opset.constant([1, 2], ov.Type.i64))
    scores = opset.softmax(opset.multiply(means, opset.constant(gain, ov.Type.f32)), axis=1)
    ov.save_model(ov.Model([scores], [photos], name), folder / "model.xml", compress_to_fp16=False)
    write_labels(folder / "labels.json", [Label("", colour) for colour in ("red", "green", "blue")])
    preprocessing = Preprocessing(size, size, "crop", "unit")
    manifest = ModelManifest(
        name=name,
        version=content_version(folder, preprocessing, "softmax"),
        architecture="mean_colour",
        preprocessing=preprocessing,
        output="softmax",
        classes=3,
        weights_sha256="",
        published=published,
        license=license,
    )
    write_manifest(folder, manifest)
    return folder


PLACES = 4
"""How many places in a row the network of `build_places_model` pools."""


def build_places_model(
    models_dir: Path, *, name: str = "places", side_px: int = 32, resize: Resize = "stretch", bias: float = 0.0
) -> Path:
    """A model folder with a pooled end: red, green and blue by the mean colours of `PLACES` x `PLACES` places.

    What speaks for red is where red is, so it is known where a map must say so.
    """
    folder = models_dir / name
    folder.mkdir(parents=True)
    place = side_px // PLACES
    photos = opset.parameter([1, side_px, side_px, 3], ov.Type.f32, name="photos")
    channels_first = opset.transpose(photos, opset.constant([0, 3, 1, 2], ov.Type.i64))
    places = opset.avg_pool(channels_first, [place, place], [0, 0], [0, 0], [place, place], exclude_pad=True)
    means = opset.reduce_mean(places, opset.constant([2, 3], ov.Type.i64), keep_dims=False)
    weights = opset.constant(np.array([[8, -4, -4], [-4, 8, -4], [-4, -4, 8]], np.float32))
    logits = opset.add(opset.matmul(means, weights, False, False), opset.constant([bias, 0.0, 0.0], ov.Type.f32))
    graph = ov.Model([opset.softmax(logits, axis=1)], [photos], name)
    ov.save_model(graph, folder / "model.xml", compress_to_fp16=False)
    write_labels(folder / "labels.json", [Label("", colour) for colour in ("red", "green", "blue")])
    preprocessing = Preprocessing(side_px, side_px, resize, "unit")
    manifest = ModelManifest(
        name=name,
        version=content_version(folder, preprocessing, "softmax"),
        architecture="mean_colours_of_places",
        preprocessing=preprocessing,
        output="softmax",
        classes=3,
        weights_sha256="",
    )
    write_manifest(folder, manifest)
    return folder


def two_colours(colour: str, box: tuple[int, int, int, int], *, size: tuple[int, int] = (64, 64)) -> Image.Image:
    """A blue picture with a box of another colour."""
    image = picture("blue", size)
    image.paste(colour, box)
    return image


def add_on_device(version: ModelVersion, elsewhere: Path) -> bytes:
    """Gives a registered model, in a folder of its own, a file for phones; gives the file's content."""
    folder = elsewhere / "with_phones"
    shutil.copytree(version.folder, folder)
    content = b"a network for phones"
    facts = OnDeviceModel(len(content), hashlib.sha256(content).hexdigest(), "float16", 200, 1.0, 0.001)
    (folder / ON_DEVICE_FILE).write_bytes(content)
    (folder / ON_DEVICE_FACTS).write_text(json.dumps(asdict(facts)))
    ModelVersion.objects.filter(pk=version.pk).update(path=str(folder))
    return content


def service_with(engine: Engine, folder: Path) -> ClassifierService:
    """A model folder's service, with another engine than its own."""
    return ClassifierService(engine=engine, manifest=read_manifest(folder), labels=read_model_labels(folder))


class BrokenEngine:
    """A network that fails at every photo."""

    def predict(self, batch: Pixels) -> Scores:
        raise RuntimeError("broken")

    def start(self, pixels: Pixels) -> Callable[[], Inferred]:
        raise RuntimeError("broken")

    def check(self) -> None: ...

    def give_up(self) -> None: ...

    def close(self) -> None: ...
