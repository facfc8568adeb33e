"""The networks that are measured: each as a model folder, and ResNet-50 as a file of Keras weights for the tutorials.

`python -m benchmarks.models` makes the folders of all, and prints them.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.live.server import CommandFailedError, LiveServer
from benchmarks.results import ROOT
from benchmarks.samples import FOLDER, SHARED_DATA

RESNET50, EFFICIENTNET_LITE0, MOBILENET_V2 = "resnet50", "efficientnet_lite0", "mobilenet_v2"
RESNET152 = "resnet152"
"""Three times the work of ResNet-50; its weights are random, which cost the same."""
MODELS = (RESNET50, EFFICIENTNET_LITE0)
"""What a benchmark measures unless it is told otherwise."""
KERAS_WEIGHTS = "resnet50_weights_tf_dim_ordering_tf_kernels.h5"
INSTALLED = FOLDER / "installed"


class ModelUnavailableError(Exception):
    """A network that cannot be had on this machine; the message says why."""


def add_model_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", nargs="+", choices=MODELS, default=list(MODELS), help="which are measured")


def available(names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Name and folder of each network that can be had; says of the others why not."""
    for name in names:
        try:
            yield name, model_folder(name)
        except ModelUnavailableError as error:
            print(f"{name}: skipped. {error}", flush=True)


def model_folder(name: str) -> Path:
    """The folder that this project makes of a network; made once. Raises ModelUnavailableError."""
    return _installed(name) or _install(name)


def resnet50_weights() -> Path:
    """ResNet-50's ImageNet weights where Keras has them; else random ones, the same each time: they cost the same."""
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    imagenet = home / "models" / KERAS_WEIGHTS
    return imagenet if imagenet.exists() else _random_weights("ResNet50")


def _random_weights(architecture: str) -> Path:
    path = FOLDER / f"{architecture}.weights.h5"
    if not path.exists():
        unfinished = path.with_name("unfinished.weights.h5")
        path.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "benchmarks.random_weights", architecture, str(unfinished)]
        subprocess.run(command, cwd=ROOT, check=True)
        unfinished.rename(path)
    return path


def _installed(name: str) -> Path | None:
    return next(iter(sorted((INSTALLED / "models").glob(f"{name}-*"))), None)


def _install(name: str) -> Path:
    """As a person would, with `install_model`."""
    server = LiveServer(INSTALLED, _environment_of(name))
    try:
        server.manage("migrate", "--verbosity", "0")
        server.manage("install_model", name, *_options_of(name))
    except CommandFailedError as error:
        if "Traceback" in str(error):
            raise
        raise ModelUnavailableError(str(error).strip().rpartition("\n")[2]) from error
    return next((INSTALLED / "models").glob(f"{name}-*"))


def _options_of(name: str) -> list[str]:
    if name == RESNET152:
        return ["--weights", str(_random_weights("ResNet152")), "--not-for-phones"]
    return ["--weights", str(resnet50_weights())] if name == RESNET50 else []


def _environment_of(name: str) -> dict[str, str]:
    """MobileNetV2's weights come from a Keras cache beside the project."""
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    return {**quiet, "KERAS_HOME": str(SHARED_DATA / "keras_home")} if name == MOBILENET_V2 else quiet


def main() -> None:
    for name, folder in available([*MODELS, MOBILENET_V2]):
        print(f"{name}: {folder.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
