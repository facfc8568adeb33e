"""The first tutorial's four functions, with its arguments and results, over this project's classifier.

`initialize_model(include_top, weights, input_tensor, input_shape, pooling, classes)` is the project's own.
"""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from classifier.inference import instance, preprocessing
from classifier.inference.errors import LabelsError
from classifier.inference.labels.imagenet import imagenet_labels
from classifier.inference.packaging.pretrained import initialize_model
from classifier.inference.scores import ranking
from classifier.inference.types import Label, Pixels, Scores
from classifier.model_registry import versions
from classifier.predictions import intake
from classifier.predictions.intake import classify_photo, decode_within_limits

__all__ = ["decode_prediction", "initialize_model", "predict", "preprocess_image"]

Photo = Image.Image | str | Path
_PNG_MODES = frozenset({"1", "L", "LA", "I", "I;16", "P", "RGB", "RGBA"})


def preprocess_image(image_sample: Photo) -> Pixels:
    """A batch of one, `(1, 224, 224, 3)`, as ResNet-50 expects it.

    An image of 224 by 224 pixels stays as it is, as in the tutorial; others failed there, and are scaled and cropped.
    """
    spec = preprocessing.RESNET50
    image = _upright(image_sample, shorter_side_px=preprocessing.kept_side_px(spec))
    is_fitting = image.size == (spec.width_px, spec.height_px)
    return preprocessing.preprocess_image(image, replace(spec, resize="stretch") if is_fitting else spec)[None]


def decode_prediction(prediction: Scores) -> tuple[str, float]:
    """The best label of a network's scores `(1, C)`, and its percentage.

    The labels are ImageNet's for 1000 classes, else those of the serving model. Raises LabelsError.
    """
    scores = np.asarray(prediction, dtype=np.float32)[0]
    best = ranking.decode_prediction(scores, _labels_of(len(scores)), top_k=1)[0]
    return best.label, best.probability * 100


def predict(image1: Photo) -> tuple[str, float]:
    """Prints and returns the best label and its percentage, by the active model, which is loaded at the first call.

    Raises ModelNotReadyError, ModelError, ImageError.
    """
    if instance.current() is None:
        versions.serve_active()
    best = classify_photo(_file_or_pixels(image1), top_k=1).top[0]
    print(f"{best.label} ({best.probability * 100:.2f}%)")
    return best.label, best.probability * 100


def _labels_of(classes: int) -> tuple[Label, ...]:
    if classes == len(imagenet_labels()):
        return imagenet_labels()
    service = instance.current()
    if service is None or len(service.labels) != classes:
        raise LabelsError(f"No labels are known for {classes} classes. Activate the model that has them.")
    return service.labels


def _file_or_pixels(photo: Photo) -> intake.Photo:
    """The bytes of a file, or the pixels of an image, at full size."""
    if isinstance(photo, Image.Image):
        return np.asarray(_upright(photo, shorter_side_px=max(photo.size)))
    return Path(photo).read_bytes()


def _upright(photo: Photo, *, shorter_side_px: int) -> Image.Image:
    """RGB, upright, transparency on white, decoded as uploads are; an image becomes a PNG first, without loss."""
    return decode_within_limits(_file_of(photo), shorter_side_px=shorter_side_px).image


def _file_of(photo: Photo) -> bytes:
    if not isinstance(photo, Image.Image):
        return Path(photo).read_bytes()
    file = io.BytesIO()
    (photo if photo.mode in _PNG_MODES else photo.convert("RGB")).save(file, "PNG", exif=photo.getexif())
    return file.getvalue()
