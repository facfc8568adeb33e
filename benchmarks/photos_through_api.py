"""How often networks with ImageNet's weights are right about real photos, sent to a real server."""

import csv
import json
import tempfile
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.results import SHARED_DATA, verdict, write_result
from benchmarks.serving import manage, serving
from classifier.inference.images.decoding import decode_image
from classifier.inference.service import ClassifierService

MODELS = ("efficientnet_lite0", "mobilenet_v2")
LEAST_RIGHT = 39
KERAS_HOME = SHARED_DATA / "keras_home"
"""MobileNetV2's weights; those of EfficientNet-Lite0 are among the requirements."""


def main() -> None:
    listing = SHARED_DATA / "photos/labels.tsv"
    if not listing.exists():
        print("photos through the API: skipped, their data is not here")
        return
    figures = {model: measure(model, listing) for model in MODELS}
    for model, (right, difference, photos) in figures.items():
        print(
            f"{verdict(is_kept=right >= LEAST_RIGHT)} {model}, photos through the API: top-1 right for {right} of "
            f"{photos}, probabilities differ from Keras on the whole decode by at most {difference:.4f}"
        )
    named = {model: {"right": r, "photos": n, "difference": d} for model, (r, d, n) in figures.items()}
    write_result("photos_through_api", named)


def measure(model: str, listing: Path) -> tuple[int, float, int]:
    """For how many of the listed photos the server is right, and its largest difference from Keras."""
    with tempfile.TemporaryDirectory() as folder, prepared(Path(folder), model) as address:
        token = sign_in(address)
        (model_folder,) = (Path(folder) / "models").glob(f"{model}-*")
        keras = ClassifierService.open(model_folder, engine="keras")
        right, differences = 0, []
        with listing.open(newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                photo = (listing.parent / row["file"]).read_bytes()
                best = post(address, token, photo)["top"][0]
                reference = keras.classify(decode_image(photo)).top[0]
                right += best["wnid"] == row["wnid"]
                differences.append(abs(best["probability"] - reference.probability))
    return right, max(differences), len(differences)


@contextmanager
def prepared(data_dir: Path, model: str) -> Iterator[str]:
    """A server that answers with that model; yields its address."""
    manage(data_dir, "migrate")
    manage(data_dir, "install_model", model, "--activate", KERAS_HOME=str(KERAS_HOME))
    with serving(data_dir) as address:
        yield address


def sign_in(address: str) -> str:
    body = json.dumps({"username": "bench", "password": uuid.uuid4().hex}).encode()
    token: str = send(f"{address}/api/v1/auth/register/", body, {"Content-Type": "application/json"})["token"]
    return token


def post(address: str, token: str, photo: bytes) -> dict[str, Any]:
    boundary = uuid.uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="photo.jpg"\r\n\r\n'
    body = head.encode() + photo + f"\r\n--{boundary}--\r\n".encode()
    headers = {"Authorization": f"Token {token}", "Content-Type": f"multipart/form-data; boundary={boundary}"}
    return send(f"{address}/api/v1/predictions/", body, headers)


def send(url: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as response:
        answer: dict[str, Any] = json.load(response)
        return answer


if __name__ == "__main__":
    main()
