"""One training run, from photos to a model folder."""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.inference.packaging.export import Description, install_keras_model
from classifier.inference.packaging.folders import KERAS_FILE
from classifier.inference.packaging.keras_networks import weights_sha256
from classifier.inference.types import Label
from classifier.training.dataset import DataSetError, find_photos, prepare, serving_preprocessing, split
from classifier.training.loop import Progress, predict, train
from classifier.training.recipe import Recipe
from classifier.training.report import Report, evaluate, write_report
from classifier.training.starting_point import read_starting_point

if TYPE_CHECKING:
    import keras

SMALLEST_IMAGE_SIZE_PX = 16


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run made: the model folder, its report and the photos it could not read."""

    folder: Path
    report: Report
    rejected: tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class Callbacks:
    """What is called as the run makes progress."""

    on_photo: Callable[[int], None] = lambda _: None
    on_step: Callable[[Progress], None] = lambda _: None


def train_model(
    data_dir: Path,
    *,
    name: str,
    recipe: Recipe,
    work_dir: Path,
    models_dir: Path,
    resume: bool = False,
    start_from: Path | None = None,
    callbacks: Callbacks | None = None,
) -> Trained:
    """Trains `recipe` on the class folders of `data_dir` and writes `models_dir/<name>-<version>/` with its report.

    `start_from`: the folder of a model made here, to train further. Everything that can be wrong raises DataSetError
    before the first step of training.
    """
    callbacks = callbacks or Callbacks()
    _check_image_size(recipe.image_size_px)
    photos = find_photos(data_dir)
    labels = photos.labels()
    start = read_starting_point(start_from, recipe.architecture, labels) if start_from else None
    prepared = prepare(
        photos, image_size_px=recipe.image_size_px, cache_dir=work_dir / "photos", on_photo=callbacks.on_photo
    )
    training, held_out = split(prepared.targets, fraction=recipe.held_out_fraction, seed=recipe.seed)
    model, history = train(
        prepared.pixels,
        prepared.targets,
        training,
        held_out,
        recipe=recipe,
        work_dir=work_dir,
        resume=resume,
        on_step=callbacks.on_step,
        start=start,
    )
    scores = predict(served(model, recipe.image_size_px), prepared.pixels, held_out)
    report = evaluate(scores, prepared.targets[held_out], [label.name for label in labels], history)
    folder = _install(model, recipe, labels, report, models_dir=models_dir, name=name)
    return Trained(folder=folder, report=report, rejected=prepared.rejected)


def served(model: "keras.Model", side_px: int) -> "keras.Model":
    """The network as it is served: for `side_px` square inputs only, the mean over the image and its mirror image."""
    import keras

    inputs = keras.Input((side_px, side_px, 3))
    both = model(inputs), model(keras.ops.flip(inputs, axis=2))
    return keras.Model(inputs, keras.layers.Average()(both), name=f"{model.name}_mirrored")


def _check_image_size(image_size_px: int) -> None:
    if image_size_px < SMALLEST_IMAGE_SIZE_PX:
        raise DataSetError(f"An image size of {image_size_px} px is too small. Use {SMALLEST_IMAGE_SIZE_PX} or more.")


def _install(
    model: "keras.Model", recipe: Recipe, labels: Sequence[Label], report: Report, *, models_dir: Path, name: str
) -> Path:
    """Writes the model folder, with its report in it."""
    folder = install_keras_model(
        served(model, recipe.image_size_px),
        models_dir=models_dir,
        preprocessing=serving_preprocessing(recipe.image_size_px),
        labels=labels,
        description=Description(
            name=name,
            architecture=recipe.architecture,
            weights_sha256=weights_sha256(model),
            accuracy={"top_1": report.top_1, "top_5": report.top_5},
        ),
    )
    _compress(folder / KERAS_FILE)
    write_report(report, folder)
    return folder


def _compress(path: Path) -> None:
    """Compresses a `.keras` file in place; Keras itself only stores."""
    compressed = path.with_suffix(".compressing")
    with (
        zipfile.ZipFile(path) as stored,
        zipfile.ZipFile(compressed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
    ):
        for entry in stored.infolist():
            archive.writestr(entry.filename, stored.read(entry))
    compressed.replace(path)
