"""How often MobileNetV2 with its ImageNet weights is right about real photos, sent to a real server."""

import csv
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.results import ROOT, write_result
from benchmarks.starter_accuracy import SHARED_DATA
from classifier.inference.images import decode_image
from classifier.inference.service import ClassifierService

MODEL = "mobilenet_v2"


def main() -> None:
    listing = SHARED_DATA / "photos/labels.tsv"
    if not listing.exists():
        print("mobilenet_v2, photos through the API: skipped, its data is not here")
        return
    with tempfile.TemporaryDirectory() as data_dir, server(Path(data_dir)) as address:
        token = sign_in(address)
        (folder,) = (Path(data_dir) / "models").glob(f"{MODEL}-*")
        keras = ClassifierService.open(folder, engine="keras")
        right, differences = 0, []
        with listing.open(newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                photo = (listing.parent / row["file"]).read_bytes()
                best = post(address, token, photo)["top"][0]
                reference = keras.classify(decode_image(photo)).top[0]
                right += best["wnid"] == row["wnid"]
                differences.append(abs(best["probability"] - reference.probability))
    print(
        f"{MODEL}, photos through the API: top-1 right for {right} of {len(differences)}, "
        f"probabilities differ from Keras on the whole decode by at most {max(differences):.4f}"
    )
    write_result("photos_through_api", {"right": right, "photos": len(differences), "difference": max(differences)})


@contextmanager
def server(data_dir: Path) -> Iterator[str]:
    """A server of its own, with MobileNetV2, on a free port; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = {"KERAS_HOME": str(SHARED_DATA / "keras_home")}
    environment = {**os.environ, **home, "DEBUG": "1", "DATA_DIR": str(data_dir), "PORT": str(port)}

    def manage(*arguments: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *arguments]

    for arguments in (("migrate",), ("install_model", MODEL, "--activate")):
        subprocess.run(manage(*arguments), env=environment, check=True, capture_output=True)
    running = subprocess.Popen(manage("serve"), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(address)
        yield address
    finally:
        running.terminate()
        running.wait()


def wait_until_ready(address: str, timeout_s: float = 30) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


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
