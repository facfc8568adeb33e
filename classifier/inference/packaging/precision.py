"""How exact bf16 is: the same network in bf16 and f32, on the same images."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from classifier.inference.engines import open_engine
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.packaging.probes import parity_of, probe_images
from classifier.inference.preprocessing import preprocess_image
from classifier.inference.types import Parity

PROBES = 64


def is_bf16_known() -> bool:
    """Whether this processor computes in bf16; if not, OpenVINO uses f32."""
    from classifier.inference.openvino_runtime import core

    return "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def compare_bf16(folder: Path, images: Iterable[Image.Image] = ()) -> Parity:
    """How far a model's probabilities in bf16 are from those in f32, on upright RGB images, or else on probe images.

    Raises BrokenModelFolderError.
    """
    preprocessing = read_manifest(folder).preprocessing
    rows = [preprocess_image(image, preprocessing) for image in images]
    inputs = np.stack(rows) if rows else probe_images(preprocessing, count=PROBES)
    exact, rounded = (
        open_engine("openvino", folder, preprocessing, precision=precision).predict(inputs)
        for precision in ("f32", "bf16")
    )
    return parity_of(rounded, exact)
