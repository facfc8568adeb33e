"""One training run, whole: find photos, extract features, fit, measure, and make the model folder."""

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.inference.packaging.export import Description, install_keras_model
from classifier.inference.packaging.keras_networks import weights_sha256
from classifier.training.backbones import Backbone
from classifier.training.dataset import (
    DataSetError,
    PhotoFolders,
    are_in_several_classes,
    find_photos,
    folds,
    group_equal_photos,
)
from classifier.training.evaluation import Report, evaluate, write_report
from classifier.training.features import Features, extract_features
from classifier.training.fine_tuning import Progress, assemble, fine_tune
from classifier.training.heads import fit_head, held_out_probabilities

FOLDS = 5
FEW_PHOTOS = 20
"""Of a class; with fewer, what was measured says little."""


@dataclass(frozen=True, slots=True)
class FineTuning:
    """How long to train the whole network further, and where the checkpoints of unfinished runs are kept."""

    epochs: int
    work_dir: Path
    on_batch: Callable[[Progress], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run made: the model folder, its report, the photos it could not use, and classes with few photos.

    `is_fine_tuned`: whether the network trained further was better on held-out photos than the head alone.
    """

    folder: Path
    report: Report
    rejected: tuple[tuple[Path, str], ...]
    few_photos: tuple[str, ...]
    is_fine_tuned: bool


@dataclass(frozen=True, slots=True)
class _Used:
    """What is trained on: features `(N, 1 + V, F)`, classes and groups of equal photos; and what was left out, why."""

    paths: list[Path]
    values: NDArray[np.float32]
    targets: NDArray[np.int64]
    groups: NDArray[np.int64]
    rejected: tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class _Split:
    """Photos to train on and to hold out, and where they stand among all."""

    train_paths: list[Path]
    held_out_paths: list[Path]
    train: NDArray[np.int64]
    held_out: NDArray[np.int64]


def train_model(
    data_dir: Path,
    *,
    name: str,
    backbone: Backbone,
    models_dir: Path,
    seed: int = 0,
    fine_tuning: FineTuning | None = None,
    on_photo: Callable[[int], None] = lambda _: None,
) -> Trained:
    """Trains a classifier on the class folders of `data_dir` and writes `models_dir/<name>-<version>/` with its report.

    The report is of photos each held out once, in five parts; the head that serves is then fitted to all of them.
    Raises DataSetError.
    """
    photos = find_photos(data_dir)
    used = _used(photos, extract_features(backbone, photos.paths, seed=seed, on_photo=on_photo))
    paths, values, targets, labels = used.paths, used.values, used.targets, photos.labels()
    missing = [label.name for number, label in enumerate(labels) if number not in targets]
    if missing:
        raise DataSetError(f"No photo of {', '.join(missing[:5])} can be used: {used.rejected[0][1]}")
    names = [label.name for label in labels]
    parts = folds(targets, used.groups, count=FOLDS, seed=seed)
    report = evaluate(held_out_probabilities(values, targets, parts, classes=len(labels)), targets, names)
    network = assemble(backbone, fit_head(values, targets, classes=len(labels)))
    is_better = False
    if fine_tuning:
        frozen = backbone.network.get_weights()
        split = _Split([paths[i] for i in parts[0][0]], [paths[i] for i in parts[0][1]], *parts[0])
        tuned, tuned_report, is_better = _fine_tune(
            backbone, split, values, targets, names=names, fine_tuning=fine_tuning, seed=seed
        )
        if is_better:
            network, report = tuned, tuned_report
        else:
            backbone.network.set_weights(frozen)  # the head's network shares them
    folder = install_keras_model(
        network,
        models_dir=models_dir,
        preprocessing=backbone.preprocessing,
        labels=labels,
        description=Description(
            name=name,
            architecture=backbone.name,
            weights_sha256=weights_sha256(network),
            accuracy={"top_1": report.top_1, "top_5": report.top_5},
            license=backbone.license,
        ),
    )
    write_report(report, folder)
    counts = np.bincount(targets, minlength=len(labels))
    few = tuple(name for name, count in zip(names, counts, strict=True) if count < FEW_PHOTOS)
    return Trained(folder, report, used.rejected, few, is_better)


def _used(photos: PhotoFolders, features: Features) -> _Used:
    """The photos that could be read and that stand in the folder of one class alone."""
    paths, targets = [photos.paths[index] for index in features.indices], photos.targets[features.indices]
    groups = group_equal_photos(paths)
    is_doubtful = are_in_several_classes(targets, groups)
    kept = np.flatnonzero(~is_doubtful)
    doubtful = tuple(
        (paths[index], "The same photo is in the folder of another class. Keep it in the one that it shows.")
        for index in np.flatnonzero(is_doubtful)
    )
    return _Used(
        [paths[index] for index in kept],
        features.values[kept] if doubtful else features.values,
        targets[kept],
        groups[kept],
        features.rejected + doubtful,
    )


def _fine_tune(
    backbone: Backbone,
    split: _Split,
    features: NDArray[np.float32],
    targets: NDArray[np.int64],
    *,
    names: list[str],
    fine_tuning: FineTuning,
    seed: int,
) -> tuple[Any, Report, bool]:
    """The network trained further without the held-out photos, what it says of them, and whether that is better than
    what a head on the same photos says."""
    head = fit_head(features[split.train], targets[split.train], classes=len(names))
    before = evaluate(head.probabilities(features[split.held_out, 0]), targets[split.held_out], names)
    work_dir = fine_tuning.work_dir / _fingerprint(backbone, split.train_paths, fine_tuning.epochs, seed)
    network = fine_tune(
        assemble(backbone, head),
        backbone,
        split.train_paths,
        targets[split.train],
        epochs=fine_tuning.epochs,
        seed=seed,
        work_dir=work_dir,
        on_batch=fine_tuning.on_batch,
    )
    shutil.rmtree(work_dir, ignore_errors=True)
    tuned = Backbone(backbone.name, network, backbone.preprocessing)
    scores = extract_features(tuned, split.held_out_paths, views=0).values[:, 0]
    report = evaluate(scores, targets[split.held_out], names)
    return network, report, report.top_1 > before.top_1


def _fingerprint(backbone: Backbone, paths: list[Path], epochs: int, seed: int) -> str:
    """The same for the same run: other photos or options begin anew."""
    digest = hashlib.sha256(f"{backbone.name}:{epochs}:{seed}".encode())
    for path in paths:
        stat = path.stat()
        digest.update(os.fsencode(path) + f":{stat.st_size}:{stat.st_mtime_ns};".encode())
    return digest.hexdigest()[:16]
