"""`python -m faults.faulty_server ...` is `manage.py ...` with a network that hangs or fails as long as a file says so.

The one fault that cannot be made from outside: an engine around the real one, behind the protocol of all engines.
"""

import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.core.management import execute_from_command_line

from classifier.inference import engines
from classifier.inference.engines import Engine, open_engine
from classifier.inference.types import Inferred, Pixels, Preprocessing, Scores

HANGS, FAILS = "network-hangs", "network-fails"
"""Files in the server's home."""


class FaultyEngine:
    """An engine whose answers never come, or are errors, while there is a file that says so."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self._engine, self._home = engine, home

    def predict(self, batch: Pixels) -> Scores:
        return self._engine.predict(batch)

    def start(self, pixels: Pixels) -> Callable[[], Inferred]:
        return partial(self._finish, self._engine.start(pixels))

    def check(self) -> None:
        self._engine.check()

    def give_up(self) -> None:
        self._engine.give_up()

    def close(self) -> None:
        self._engine.close()

    def _finish(self, finish: Callable[[], Inferred]) -> Inferred:
        if (self._home / HANGS).exists():
            threading.Event().wait()
        inferred = finish()
        if (self._home / FAILS).exists():
            raise RuntimeError("The network failed on purpose.")
        return inferred


def open_faulty_engine(kind: str, folder: Path, preprocessing: Preprocessing, **options: Any) -> Engine:
    engine = open_engine(kind, folder, preprocessing, **options)
    return FaultyEngine(engine, Path(os.environ["DATA_DIR"]))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
    with patch.object(engines, "open_engine", open_faulty_engine):  # before anything else has imported it
        execute_from_command_line(["manage.py", *sys.argv[1:]])
