"""What the peers share that serve the OpenVINO model: this project's own decoding and preprocessing."""

import os
from pathlib import Path
from typing import Any

from classifier.inference.images.decoding import decode_image
from classifier.inference.openvino_runtime import core
from classifier.inference.packaging.folders import read_model_labels
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.preprocessing import kept_side_px, preprocess_image
from classifier.inference.scores.ranking import decode_prediction

MODEL_FOLDER = Path(os.environ.get("MODEL_FOLDER", ""))
CORES = os.cpu_count() or 1


class Network:
    """The network on one core, for a worker of which there is one a core."""

    def __init__(self) -> None:
        self._manifest = read_manifest(MODEL_FOLDER)
        self._labels = read_model_labels(MODEL_FOLDER)
        config = {"NUM_STREAMS": "1", "INFERENCE_NUM_THREADS": "1", "INFERENCE_PRECISION_HINT": "f32"}
        compiled = core.compile_model(MODEL_FOLDER / "model.xml", "CPU", config)
        self._request = compiled.create_infer_request()

    def decode(self, photo: bytes) -> Any:
        """The network's input, `(1, H, W, 3)`."""
        spec = self._manifest.preprocessing
        image = decode_image(photo, shorter_side_px=kept_side_px(spec))
        return preprocess_image(image, spec)[None]

    def predict(self, batch: Any) -> Any:
        """The scores of one photo, `(C,)`."""
        return self._request.infer([batch])[0][0]

    def answer(self, scores: Any) -> dict[str, Any]:
        top = decode_prediction(scores, self._labels, top_k=5, output=self._manifest.output)
        return {
            "success": True,
            "predictions": [{"label": scored.label, "probability": scored.probability} for scored in top],
        }
