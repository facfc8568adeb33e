"""Photos as a phone prepares them for a network: decoded at no more than is needed, then by the app's own code."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.results import ROOT
from classifier.inference.images.decoding import decode_image
from classifier.inference.types import Pixels, Preprocessing

APP = ROOT / "mobile_client"
PROGRAM = APP / "tool/preprocess_photos.dart"
SPARE = 2
"""A phone decodes to this many times what the network sees, as `Twin` in the app asks for."""


def decoded_as_on_phones(photo: Path, spec: Preprocessing) -> Image.Image:
    """In full, then scaled down with smoothing: about what the decoders of phones do."""
    image = decode_image(photo.read_bytes()).convert("RGB")
    scale = SPARE * max(spec.width_px, spec.height_px) / min(image.size)
    if scale >= 1:
        return image
    return image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BILINEAR)


def prepared_by_app(images: Sequence[Image.Image], spec: Preprocessing, dart: str) -> Pixels:
    """What the app's code makes of pictures, `(N, H, W, 3)`; `dart` runs a Dart program."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        facts = {"preprocessing": asdict(spec), "sizes": [image.size for image in images]}
        (folder / "photos.json").write_text(json.dumps(facts))
        (folder / "photos.rgb").write_bytes(b"".join(image.tobytes() for image in images))
        package = {
            "name": "image_classifier",
            "rootUri": f"{APP.as_uri()}/",
            "packageUri": "lib/",
            "languageVersion": "3.7",
        }
        (folder / "packages.json").write_text(json.dumps({"configVersion": 2, "packages": [package]}))
        subprocess.run([dart, f"--packages={folder}/packages.json", str(PROGRAM), name], check=True)
        values = np.fromfile(folder / "photos.f32", np.float32)
    return values.reshape(len(images), spec.height_px, spec.width_px, 3)
