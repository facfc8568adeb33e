"""What bf16 costs in exactness: the same network in both precisions, on the same pictures."""

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
    """Whether this processor computes in bf16; on another one OpenVINO stays with f32."""
    import openvino as ov

    return "BF16" in ov.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def compare_bf16(folder: Path, pictures: Iterable[Image.Image] = ()) -> Parity:
    """How far a model folder's answers in bf16 are from those in f32, on upright RGB pictures; on probes without any.

    Raises BrokenModelFolderError.
    """
    preprocessing = read_manifest(folder).preprocessing
    rows = [preprocess_image(picture, preprocessing) for picture in pictures]
    inputs = np.stack(rows) if rows else probe_images(preprocessing, count=PROBES)
    exact, rounded = (
        open_engine("openvino", folder, preprocessing, precision=precision).predict(inputs)
        for precision in ("f32", "bf16")
    )
    return parity_of(rounded, exact)
