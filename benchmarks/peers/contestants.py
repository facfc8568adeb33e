"""Who is measured: how each is started, in what environment, and where it takes photos."""

import os
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import material
from benchmarks.results import ROOT
from benchmarks.serving import manage, surroundings

VENVS = material.FOLDER / "venvs"
WORKERS_OF_S1 = 3
SIGN_IN = """
from django.contrib.auth.models import User
from classifier import accounts
print(accounts.sign_in(User.objects.create_user("bench")).token)
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a server starts with, and what is said with each photo."""

    environment: Mapping[str, str]
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server to start with `command(port)`, which takes photos at `path`."""

    title: str
    command: Callable[[int], Sequence[str]]
    prepare: Callable[[], Prepared]
    path: str = "/predict"
    clients: tuple[int, ...] = (1, 8, 32)


def peer_python(name: str) -> str:
    """The interpreter of a peer's own environment, which is made and filled when its versions changed."""
    folder, wanted = VENVS / name, Path(__file__).with_name(f"{name}.txt")
    installed = folder / "installed.txt"
    python = folder / "bin/python"
    if not installed.exists() or installed.read_text() != wanted.read_text():
        print(f"installing {name} into {folder.relative_to(ROOT)}; some minutes the first time", flush=True)
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
        installed.write_text(wanted.read_text())
    return str(python)


def _peer(name: str, title: str, *, clients: tuple[int, ...] = (1, 8, 32)) -> Contestant:
    def command(port: int) -> Sequence[str]:
        return [peer_python(name), "-m", f"benchmarks.peers.{name}", str(port)]

    return Contestant(title, command, _what_peers_need, clients=clients)


def _start_s1(port: int) -> Sequence[str]:
    options = ["-w", str(WORKERS_OF_S1), "-b", f"127.0.0.1:{port}", "-t", "120", "--log-level", "error"]
    return [peer_python("s1"), "-m", "gunicorn", *options, "benchmarks.peers.s1:app"]


def _what_peers_need() -> Prepared:
    return Prepared(
        {
            **os.environ,
            "MODEL_FOLDER": str(material.model_folder()),
            "WEIGHTS": str(material.weights()),
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "",
        }
    )


def _server(title: str, *, precision: str) -> Contestant:
    return Contestant(
        title,
        lambda port: [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port)],
        prepare=lambda: _prepare_server(precision),
        path="/api/v1/predictions/",
    )


def _prepare_server(precision: str) -> Prepared:
    """As `make run` does it; only the limits of what one person may send are not what is measured."""
    data_dir = material.fresh_folder(f"server_{precision}")
    manage(data_dir, "migrate")
    manage(data_dir, "install_model", str(material.model_folder()), "--activate")
    token = manage(data_dir, "shell", "--no-imports", "--command", SIGN_IN).strip()
    limits = {"CLASSIFIER_UPLOADS_PER_MINUTE": "1000000", "CLASSIFIER_MAX_BYTES_PER_USER": str(2**40)}
    return Prepared(surroundings(data_dir, {**limits, "CLASSIFIER_PRECISION": precision}), f"Token {token}")


def _prepare_least() -> Prepared:
    needed = {"MODEL_FOLDER": str(material.model_folder()), "STORE": str(material.fresh_folder("least"))}
    return Prepared({**os.environ, **needed})


CONTESTANTS = {
    "server": _server("this project, storing", precision="f32"),
    "server_bf16": _server("this project in bf16", precision="bf16"),
    "least": Contestant(
        "least: no Django, storing",
        lambda port: [sys.executable, "-m", "benchmarks.peers.least", str(port)],
        prepare=_prepare_least,
    ),
    "lit_serve": _peer("lit_serve", "LitServe"),
    "ray_serve": _peer("ray_serve", "Ray Serve"),
    "s1": Contestant("S1: Flask, gunicorn, Keras", _start_s1, _what_peers_need),
    "s0": _peer("s0", "S0: a model built per photo", clients=(1, 8)),
}
"""Name to server; S0 with 32 clients would answer none of them within a run."""
