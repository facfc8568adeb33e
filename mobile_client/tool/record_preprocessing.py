"""Writes what the server's preprocessing makes of pictures to testing/recorded/preprocessing.json.

The app's own must make the same of them. Run it in the repository's root:
`.venv/bin/python mobile_client/tool/record_preprocessing.py`
"""

import base64
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from classifier.inference.preprocessing import preprocess_image, scale_pixels  # noqa: E402
from classifier.inference.types import Preprocessing  # noqa: E402

SIZES = [(97, 61), (61, 97), (300, 200), (33, 33), (20, 50), (640, 7), (24, 24)]
SCALINGS = ["caffe", "tf", "tf_lite", "torch", "unit", "none"]


def picture(width: int, height: int) -> Image.Image:
    """Noise over a slope, by whole numbers alone, so that the app can draw the same one."""
    index = np.arange(width * height * 3, dtype=np.int64)
    values = (index * index * 31 + index * 17 + (index // 97) * 5) % 256
    return Image.fromarray(values.astype(np.uint8).reshape(height, width, 3), "RGB")


def main() -> None:
    cases = []
    for width, height in SIZES:
        for resize in ("crop", "fit", "stretch"):
            spec = Preprocessing(width_px=24, height_px=24, resize=resize, scaling="none")
            pixels = preprocess_image(picture(width, height), spec).astype(np.uint8)
            cases.append(
                {
                    "width": width,
                    "height": height,
                    "resize": resize,
                    "pixels": base64.b64encode(pixels.tobytes()).decode(),
                }
            )
    values = np.array([[0, 1, 2], [127, 128, 129], [253, 254, 255], [10, 200, 90]], np.uint8)
    scaled = {name: [float(v) for v in scale_pixels(values, name).ravel()] for name in SCALINGS}
    recorded = {"size": 24, "cases": cases, "values": values.ravel().tolist(), "scaled": scaled}
    path = ROOT / "mobile_client/testing/recorded/preprocessing.json"
    path.write_text(json.dumps(recorded, indent=1) + "\n")


if __name__ == "__main__":
    main()
