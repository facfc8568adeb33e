"""What every contestant gets alike: the photos, and one ResNet-50 as Keras weights and as the OpenVINO model of it."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.load import multipart
from benchmarks.results import ROOT, SHARED_DATA
from classifier.inference.packaging.install import Choices, install

FOLDER = ROOT / "var/benchmarks"
SEED = 4
KERAS_WEIGHTS = "resnet50_weights_tf_dim_ordering_tf_kernels.h5"
SIZES = {"1024": (1024, 768, 150_000), "12mpx": (4032, 3024, 2_400_000)}
"""Of the photos: width, height and, as nearly as grain can make it, bytes."""
RANDOM_WEIGHTS = """
import keras
keras.utils.set_random_seed({seed})
keras.applications.ResNet50(weights=None).save_weights({path!r})
"""


def photo(size: str) -> Path:
    """A JPEG of that size; made once."""
    path = FOLDER / "photos" / f"{size}.jpg"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make_photo(*SIZES[size]))
    return path


def body(size: str) -> Path:
    """The form that carries it."""
    path = FOLDER / "photos" / f"{size}.multipart"
    path.write_bytes(multipart(photo(size).read_bytes()))
    return path


def make_photo(width: int, height: int, byte_size: int) -> bytes:
    """A JPEG of about so many bytes: smooth shapes, and as much grain as fills it up."""
    random = np.random.default_rng(SEED)
    coarse = Image.fromarray(random.integers(0, 256, (12, 16, 3), np.uint8))
    smooth = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC), np.float32)
    grain = random.standard_normal((height, width, 1), np.float32)
    least, most = 0.0, 40.0
    for _ in range(8):
        deviation = (least + most) / 2
        jpeg = _jpeg(smooth + deviation * grain)
        least, most = (deviation, most) if len(jpeg) < byte_size else (least, deviation)
    return jpeg


def weights() -> Path:
    """ResNet-50's ImageNet weights where Keras has them; else random ones, the same each time."""
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    imagenet = home / "models" / KERAS_WEIGHTS
    if imagenet.exists():
        return imagenet
    path = FOLDER / "random.weights.h5"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name("unfinished.weights.h5")
        _run_keras(RANDOM_WEIGHTS.format(seed=SEED, path=str(made)))
        made.rename(path)
    return path


def model_folder() -> Path:
    """The model folder that this project makes of those weights."""
    return _installed("resnet50") or _install("resnet50", weights())


def trained_model_folders() -> Iterator[Path]:
    """Networks with ImageNet's weights: EfficientNet-Lite0, and MobileNetV2 where its weights are."""
    yield _installed("efficientnet_lite0") or _install("efficientnet_lite0")
    if folder := _installed("mobilenet_v2"):
        yield folder
    elif weights_path := next(SHARED_DATA.glob("keras_home/models/mobilenet_v2*_1.0_224.h5"), None):
        yield _install("mobilenet_v2", weights_path)


def export(name: str, weights_path: str | None) -> None:
    """Exports a network to OpenVINO; loads TensorFlow, so call it in a process that ends."""
    choices = Choices(weights=Path(weights_path) if weights_path else None)
    install(name, models_dir=FOLDER / "models", choices=choices)


def _installed(name: str) -> Path | None:
    return next(iter(sorted((FOLDER / "models").glob(f"{name}-*"))), None)


def _install(name: str, weights_path: Path | None = None) -> Path:
    given = str(weights_path) if weights_path else None
    _run_keras(f"from benchmarks.material import export; export({name!r}, {given!r})")
    return next((FOLDER / "models").glob(f"{name}-*"))


def fresh_folder(name: str) -> Path:
    """An empty folder on the disk that the project's data would be on; a temporary one may be mere memory."""
    folder = FOLDER / "data" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _jpeg(pixels: "np.typing.NDArray[np.float32]") -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=85)
    return file.getvalue()


def _run_keras(code: str) -> None:
    surroundings = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=surroundings, check=True, stdout=subprocess.DEVNULL)
