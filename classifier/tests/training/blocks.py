"""A network that can learn new classes, and photos that it tells apart, made on the spot."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from classifier.inference.labels.reading import write_labels
from classifier.inference.openvino_runtime import opset, ov
from classifier.inference.packaging.folders import content_version
from classifier.inference.packaging.manifests import write_manifest
from classifier.inference.types import Label, ModelManifest, Preprocessing

COLOURS = {
    "red": (210, 40, 40),
    "green": (40, 210, 40),
    "blue": (40, 40, 210),
    "yellow": (210, 210, 40),
    "cyan": (40, 210, 210),
    "magenta": (210, 40, 210),
}
KNOWN = ("red", "green", "blue")
SIDE, BLOCKS = 16, 4


def build_blocks_model(models_dir: Path) -> Path:
    """A network of 48 features, the colours of 16 blocks, and one layer that tells red, green and blue apart."""
    folder = models_dir / "blocks"
    folder.mkdir(parents=True)
    photos = opset.parameter([1, SIDE, SIDE, 3], ov.Type.f32, name="photos")
    size = SIDE // BLOCKS
    blocks = opset.reshape(photos, opset.constant([1, BLOCKS, size, BLOCKS, size, 3]), special_zero=False)
    means = opset.reduce_mean(blocks, opset.constant([2, 4]))
    features = opset.reshape(means, opset.constant([1, 48]), special_zero=False)
    weights = np.tile(np.eye(3, dtype=np.float32), (BLOCKS**2, 1))
    logits = opset.matmul(features, opset.constant(weights), transpose_a=False, transpose_b=False)
    scores = opset.softmax(opset.add(logits, opset.constant(np.zeros((1, 3), np.float32))), axis=1)
    ov.save_model(ov.Model([scores], [photos], "blocks"), folder / "model.xml", compress_to_fp16=False)
    write_labels(folder / "labels.json", [Label("", colour) for colour in KNOWN])
    preprocessing = Preprocessing(SIDE, SIDE, "stretch", "unit")
    version = content_version(folder, preprocessing, "softmax")
    write_manifest(folder, ModelManifest("blocks", version, "blocks", preprocessing, "softmax", 3, ""))
    return folder


def blocks(colour: str, number: int) -> bytes:
    """A photo of that colour that is like no other one."""
    random = np.random.default_rng([number, *COLOURS[colour]])
    pixels = np.array(COLOURS[colour]) + random.normal(0, 70, (BLOCKS, BLOCKS, 3))
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).resize((64, 64), Image.Resampling.NEAREST)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
