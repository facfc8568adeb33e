"""The Flask tutorial as written: gunicorn's three workers, each with Keras' ResNet-50 loaded once; starts as
`gunicorn -w 3 benchmarks.peers.s1:app`."""

import io
import os
from typing import Any

import flask
import numpy as np
from keras.applications import ResNet50, imagenet_utils
from keras.utils import img_to_array
from PIL import Image

app = flask.Flask(__name__)
MODEL = ResNet50(weights=os.environ["WEIGHTS"])


def prepare_image(image: Image.Image, target: tuple[int, int]) -> Any:
    if image.mode != "RGB":
        image = image.convert("RGB")
    return imagenet_utils.preprocess_input(np.expand_dims(img_to_array(image.resize(target)), axis=0))


@app.route("/predict", methods=["POST"])
def predict() -> flask.Response:
    data: dict[str, Any] = {"success": False}
    if flask.request.files.get("image"):
        image = Image.open(io.BytesIO(flask.request.files["image"].read()))
        scores = MODEL.predict(prepare_image(image, target=(224, 224)))
        data["predictions"] = [
            {"label": label, "probability": float(probability)}
            for _, label, probability in imagenet_utils.decode_predictions(scores)[0]
        ]
        data["success"] = True
    return flask.jsonify(data)
