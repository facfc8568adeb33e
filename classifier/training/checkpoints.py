"""Checkpoints of a training run: the model and its history after each epoch, intact whenever the run is killed."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.training.dataset import DataSetError
from classifier.training.recipe import Recipe

if TYPE_CHECKING:
    import keras


def start_run(work_dir: Path, recipe: Recipe, *, resume: bool) -> None:
    """Records the recipe in the folder of the run; a new run forgets the checkpoints of the one before.

    Raises DataSetError when a run is resumed with another recipe.
    """
    recipe_file = work_dir / "recipe.json"
    if resume and recipe_file.exists() and json.loads(recipe_file.read_text()) != asdict(recipe):
        raise DataSetError(f"{work_dir} has a run with other options ({recipe_file}). Resume with the same options.")
    if not resume:
        (work_dir / "checkpoint.json").unlink(missing_ok=True)
    recipe_file.write_text(json.dumps(asdict(recipe), indent=1))


def load_last(work_dir: Path) -> tuple["keras.Model", list[dict[str, float]]] | None:
    """The model after the last finished epoch, and the history up to it; None before the first."""
    import keras

    pointer = work_dir / "checkpoint.json"
    if not pointer.exists():
        return None
    checkpoint = json.loads(pointer.read_text())
    return keras.saving.load_model(work_dir / checkpoint["file"]), checkpoint["history"]


def write(model: "keras.Model", history: list[dict[str, float]], work_dir: Path) -> None:
    """Writes the model under a new name, then the pointer to it: killed in between, the last checkpoint stays."""
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
