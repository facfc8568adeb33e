"""From a Keras network to OpenVINO's files, on every Python that Keras runs on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras


def export_to_openvino(model: "keras.Model", path: Path) -> None:
    """Writes the network to `path`, which ends in `.xml`, and its weights to a `.bin` beside it; needs scipy."""
    with _own_environment_setup():
        model.export(str(path), format="openvino", verbose=False)


@contextmanager
def _own_environment_setup() -> Iterator[None]:
    """Puts a function of ours in the place of one in OpenVINO's converter that fails on Python 3.13.

    OpenVINO 2026.4 asks for TensorFlow's version by `exec("import tensorflow")` and then `exec("del tensorflow")`.
    Since PEP 667 each `exec` has its own copy of a function's variables, so the second raises NameError. Delete this
    when `get_environment_setup` no longer calls `exec`.
    """
    from openvino.frontend.tensorflow import utils

    theirs, utils.get_environment_setup = utils.get_environment_setup, _environment_setup
    try:
        yield
    finally:
        utils.get_environment_setup = theirs


def _environment_setup(framework: str) -> dict[str, str]:
    """What OpenVINO's converter asks for; TensorFlow is loaded by then, since the network is one of its own."""
    python = ".".join(str(part) for part in sys.version_info[:3])
    tensorflow = sys.modules["tensorflow"].__version__
    return {"python_version": python, "tensorflow": tensorflow, "sys_platform": sys.platform}
