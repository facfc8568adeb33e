"""Keras' home, which its import leaves alone."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
CODE = """
from classifier.inference.engines.tensorflow_log import import_tensorflow
import_tensorflow()
import importlib, keras, os
print(importlib.import_module("keras.src.backend.config").keras_home())
print(os.environ.get("KERAS_HOME"), keras.config.floatx())
"""


def imported(**environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_keras_is_imported_without_a_trace_in_the_home_folder(tmp_path: Path) -> None:
    home, rest = imported(HOME=str(tmp_path))

    assert not list(tmp_path.iterdir())
    assert home == str(tmp_path / ".keras")
    assert rest == "None float32"


def test_weights_are_looked_for_in_keras_home_and_its_settings_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "keras.json").write_text('{"floatx": "float16"}')

    home, rest = imported(HOME=str(tmp_path / "nobody"), KERAS_HOME=str(tmp_path))

    assert home == str(tmp_path)
    assert rest == f"{tmp_path} float32"
