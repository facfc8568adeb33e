"""`manage.py evaluate_model`: how often a model is right about photos in folders that are named by class."""

import csv
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from classifier.errors import ClassifierError
from classifier.inference import instance
from classifier.inference.labels.names import spelt, with_spaces
from classifier.inference.types import Classification, Label
from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.predictions.intake import classify_photo
from classifier.training.dataset import DataSetError, find_photos
from classifier.training.evaluation import evaluate

CONFUSIONS_SHOWN = 10


class Command(BaseCommand):
    help = (
        "Classifies the photos of a folder with one sub-folder for each class, named by the class or its WordNet id, "
        "and tells how often the model is right. Photos that it was trained on say nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("photos", type=Path, help="folder with one sub-folder of photos for each class")
        parser.add_argument("--model", metavar="NAME[-VERSION]", help="default: the active one")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="writes a row for each photo")

    def handle(self, **options: Any) -> None:
        try:
            version = versions.find(options["model"]) if options["model"] else versions.active()
            if version is None:
                raise CommandError("No model is active. Name one: --model NAME")
            labels = _load(version)
            rows = list(self._rows(options["photos"], labels))
            if options["csv"]:
                _write_csv(options["csv"], rows)
        except (ClassifierError, OSError) as error:
            raise CommandError(str(error)) from error
        self._print_summary(version, rows, labels)

    def _rows(self, folder: Path, labels: Sequence[Label]) -> Iterator[tuple[Path, int, Classification]]:
        photos = find_photos(folder)
        truths = [_number_of(name, labels) for name in photos.classes]
        pairs = list(zip(photos.paths, photos.targets, strict=True))
        for path, target in track(pairs, description="Classifying", console=Console(stderr=True)):
            try:
                yield path, truths[target], classify_photo(path.read_bytes(), top_k=len(labels))
            except (ClassifierError, OSError) as error:
                self.stderr.write(f"Skipped {path}: {error}")

    def _print_summary(
        self, version: ModelVersion, rows: list[tuple[Path, int, Classification]], labels: Sequence[Label]
    ) -> None:
        if not rows:
            raise CommandError("No photo could be classified.")
        report = evaluate(
            np.stack([_scores(result, labels) for _, _, result in rows]),
            np.array([truth for _, truth, _ in rows]),
            [with_spaces(label.name) for label in labels],
        )
        self.stdout.write(
            f"{version}: top-1 {report.top_1:.1%} ({report.top_1_low:.0%} to {report.top_1_high:.0%}), "
            f"top-5 {report.top_5:.1%} of {report.photos} photos."
        )
        for confusion in report.confusions[:CONFUSIONS_SHOWN]:
            self.stdout.write(f"  {confusion.truth} classified as {confusion.answer}: {confusion.photos}")


def _load(version: ModelVersion) -> tuple[Label, ...]:
    """Makes a version this process's classifier, without making it active elsewhere."""
    return instance.start(version.folder).labels


def _number_of(name: str, labels: Sequence[Label]) -> int:
    """The class that a folder is named by: its WordNet id or its name; however it is spelled, where none is that."""
    exact = [number for number, label in enumerate(labels) if name in (label.wnid, label.name)]
    found = exact or [number for number, label in enumerate(labels) if spelt(name) == spelt(label.name)]
    if not found:
        raise DataSetError(f"The model has no class {name!r}. Rename the folder as the class, or leave it out.")
    if len(found) > 1:
        meant = ", ".join(labels[number].wnid or labels[number].name for number in found)
        raise DataSetError(f"The folder {name!r} may be any of {meant}. Rename it as one of them, or leave it out.")
    return found[0]


def _scores(result: Classification, labels: Sequence[Label]) -> Any:
    """The probabilities of all classes, in the model's order. Equal labels, which no folder can name, share theirs."""
    numbers = defaultdict[Label, list[int]](list)
    for number, label in enumerate(labels):
        numbers[label].append(number)
    scores = np.zeros(len(labels), np.float32)
    for scored in result.top:
        scores[numbers[Label(scored.wnid, scored.label)].pop()] = scored.probability
    return scores


def _write_csv(path: Path, rows: list[tuple[Path, int, Classification]]) -> None:
    r"""A row a photo: the file, whether the best label is right, and the five best with their probabilities.

    Of a file's name that is no UTF-8, such bytes are written as `\udce9`.
    """
    labels = [f"{name}_{place}" for place in range(1, 6) for name in ("label", "probability")]
    with path.open("w", newline="", encoding="utf-8", errors="backslashreplace") as file:
        writer = csv.writer(file)
        writer.writerow(["photo", "truth", "right", *labels])
        for photo, truth, result in rows:
            name = instance.get().labels[truth]
            best = [value for scored in result.top[:5] for value in (scored.label, f"{scored.probability:.4f}")]
            is_right = Label(result.top[0].wnid, result.top[0].label) == name
            writer.writerow([photo, name.name, int(is_right), *best])
