"""Checkpoints of a training run: the model and its history after each epoch, whole whenever the run is killed."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.errors import DataSetError
from classifier.training.recipe import Recipe

if TYPE_CHECKING:
    import keras


def claim(work_dir: Path, recipe: Recipe, *, resume: bool) -> None:
    """Makes the folder this recipe's: a resumed run must have the same one, a new run starts from nothing.

    Raises DataSetError when it has another.
    """
    claimed = work_dir / "recipe.json"
    if resume and claimed.exists() and json.loads(claimed.read_text()) != asdict(recipe):
        raise DataSetError(f"{work_dir} holds a run with another recipe ({claimed}). Resume with the same options.")
    if not resume:
        (work_dir / "checkpoint.json").unlink(missing_ok=True)
    claimed.write_text(json.dumps(asdict(recipe), indent=1))


def last(work_dir: Path) -> tuple["keras.Model", list[dict[str, float]]] | None:
    """The model after the last epoch that was finished, and the history until then; None before the first."""
    import keras

    pointer = work_dir / "checkpoint.json"
    if not pointer.exists():
        return None
    written = json.loads(pointer.read_text())
    return keras.saving.load_model(work_dir / written["file"]), written["history"]


def write(model: "keras.Model", history: list[dict[str, float]], work_dir: Path) -> None:
    """The model under a name of its own, then the pointer to it: a kill between the two leaves the last one whole."""
    pointer = work_dir / "checkpoint.json"
    previous = json.loads(pointer.read_text())["file"] if pointer.exists() else None
    name = f"epoch-{len(history):03}.keras"
    model.save(work_dir / name)
    temporary = pointer.with_suffix(".tmp")
    with temporary.open("w") as file:
        json.dump({"file": name, "history": history}, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(pointer)
    if previous and previous != name:
        (work_dir / previous).unlink(missing_ok=True)
