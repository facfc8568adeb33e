"""The servers that are measured: how each is started, in what environment, and where it takes photos."""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.live.server import PREDICTIONS, LiveServer, serve_command
from benchmarks.models import MODELS, RESNET50, model_folder, resnet50_weights
from benchmarks.samples import FOLDER, fresh_folder
from benchmarks.venvs import python_with
from classifier.inference.labels.imagenet import imagenet_labels

KERAS_HOME = FOLDER / "keras_home"
WORKERS_OF_S1 = 3


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a server starts with, and what is sent with each photo."""

    environment: Mapping[str, str]
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class MeasuredServer:
    """A server to start with `command(port)`, which takes photos at `path`; `prepare` is given the model's name."""

    title: str
    command: Callable[[int], Sequence[str]]
    prepare: Callable[[str], Prepared]
    path: str = "/predict"
    clients: tuple[int, ...] = (1, 8, 32)
    models: tuple[str, ...] = MODELS


def peer_python(name: str) -> str:
    """The interpreter of a peer's own environment."""
    return python_with(Path(__file__).with_name(f"{name}.txt"), name)


def _started_as(name: str) -> Callable[[int], Sequence[str]]:
    return lambda port: [peer_python(name), "-m", f"benchmarks.peers.{name}", str(port)]


def _start_s1(port: int) -> Sequence[str]:
    options = ["-w", str(WORKERS_OF_S1), "-b", f"127.0.0.1:{port}", "-t", "120", "--log-level", "error"]
    return [peer_python("s1"), "-m", "gunicorn", *options, "benchmarks.peers.s1:app"]


def _prepare_peer(model: str) -> Prepared:
    return Prepared({**os.environ, "MODEL_FOLDER": str(model_folder(model))})


def _prepare_tutorial(_: str) -> Prepared:
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    given = {"WEIGHTS": str(resnet50_weights()), "KERAS_HOME": str(_keras_home_with_labels())}
    return Prepared({**os.environ, **quiet, **given})


def _keras_home_with_labels() -> Path:
    """A cache with ImageNet's labels, which Keras' `decode_predictions` would download."""
    path = KERAS_HOME / "models/imagenet_class_index.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({str(i): [label.wnid, label.name] for i, label in enumerate(imagenet_labels())}))
    return KERAS_HOME


def this_project(model: str, *, precision: str = "f32") -> LiveServer:
    """This project's server, prepared to serve a model."""
    server = LiveServer(fresh_folder(f"server_{precision}"), {"CLASSIFIER_PRECISION": precision})
    server.prepare(model_folder(model))
    return server


def _project(title: str, *, precision: str) -> MeasuredServer:
    def prepare(model: str) -> Prepared:
        server = this_project(model, precision=precision)
        return Prepared(server.whole_environment, server.authorization["Authorization"])

    return MeasuredServer(title, serve_command, prepare, PREDICTIONS)


def _start_minimal(port: int) -> Sequence[str]:
    return [sys.executable, "-m", "benchmarks.peers.minimal_server", str(port)]


def _prepare_minimal(model: str) -> Prepared:
    needed = {"MODEL_FOLDER": str(model_folder(model)), "STORE": str(fresh_folder("minimal"))}
    return Prepared({**os.environ, **needed})


SERVERS = {
    "server": _project("this project, storing", precision="f32"),
    "server_bf16": _project("this project in bf16", precision="bf16"),
    "minimal": MeasuredServer("minimal: no Django, storing", _start_minimal, _prepare_minimal),
    "lit_serve": MeasuredServer("LitServe", _started_as("lit_serve"), _prepare_peer),
    "ray_serve": MeasuredServer("Ray Serve", _started_as("ray_serve"), _prepare_peer),
    "s1": MeasuredServer("S1: Flask, gunicorn, Keras", _start_s1, _prepare_tutorial, models=(RESNET50,)),
    "s0": MeasuredServer(
        "S0: a model built per photo", _started_as("s0"), _prepare_tutorial, clients=(1, 8), models=(RESNET50,)
    ),
}
"""Name to server; S0 with 32 clients would answer none of them within a run."""
