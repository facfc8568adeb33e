"""The process's classifier: get, start, reset. The only room of this floor that reads Django's settings."""

import threading
from pathlib import Path

from PIL import Image

from classifier.conf import conf
from classifier.errors import ModelNotReadyError
from classifier.inference.images.decoding import decode_image
from classifier.inference.service import ClassifierService
from classifier.inference.types import ImageLimits

_starting = threading.Lock()
_current: ClassifierService | None = None


def start(folder: Path) -> ClassifierService:
    """Loads and warms up a model folder, then makes it the process's classifier; until then the old one answers.

    Requests under way finish on the old one. Raises ModelError, and leaves the old one, when it cannot be loaded.
    """
    global _current
    with _starting:
        service = ClassifierService.open(folder, engine=conf.engine, precision=conf.precision)
        before, _current = _current, service
    if before is not None:
        before.close()
    return service


def get() -> ClassifierService:
    """The process's classifier. Raises ModelNotReadyError before the first `start`."""
    service = _current
    if service is None:
        raise ModelNotReadyError(
            "No model serves yet. Install one: manage.py install_model resnet50 --activate", retry_after_s=5
        )
    return service


def current() -> ClassifierService | None:
    """The process's classifier, or None before the first `start`."""
    return _current


def image_limits() -> ImageLimits:
    """What the settings let `decode_image` accept."""
    return ImageLimits(max_pixels=conf.max_image_pixels, max_decoding_bytes=conf.max_decoding_bytes)


def reset() -> None:
    """Forgets the process's classifier."""
    global _current
    with _starting:
        before, _current = _current, None
    if before is not None:
        before.close()


def predict(photo: Image.Image | Path) -> tuple[str, float]:
    """Classifies one photo with the process's classifier; prints and returns the best label and its percentage."""
    image = decode_image(photo.read_bytes(), limits=image_limits()) if isinstance(photo, Path) else photo
    best = get().classify(image, top_k=1).top[0]
    print(f"{best.label} ({best.probability * 100:.2f}%)")
    return best.label, best.probability * 100
