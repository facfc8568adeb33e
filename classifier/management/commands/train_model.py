"""`manage.py train_model`: a classifier of your own classes, from folders of photos that are named by class."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from classifier.conf import conf
from classifier.errors import ClassifierError
from classifier.model_registry import versions
from classifier.training.backbones import Backbone, find_backbone, is_in_catalog
from classifier.training.dataset import find_photos
from classifier.training.fine_tuning import Progress as TuningProgress
from classifier.training.run import FEW_PHOTOS, FineTuning, Trained, train_model

NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,99}")
LARGEST_SEED = 2**32 - 1


class Command(BaseCommand):
    help = (
        "Trains a classifier from a folder with one sub-folder of photos for each class: a new last layer on a trained "
        "network, in seconds to a minute; with --fine-tune the whole network, in minutes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("photos", type=Path, help="folder with one sub-folder of photos for each class")
        parser.add_argument("--output", required=True, metavar="NAME", help="the model's name, for activate_model")
        parser.add_argument(
            "--backbone",
            default="",
            metavar="NAME",
            help="the network to build on: a name that install_model knows, or an installed model; default: the best "
            "one at hand",
        )
        parser.add_argument("--fine-tune", action="store_true", help="train the whole network further")
        parser.add_argument("--epochs", type=int, default=8, help="of --fine-tune; default: 8")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--activate", action="store_true", help="make the model active when it is trained")

    def handle(self, **options: Any) -> None:
        name = options["output"]
        if not NAME.fullmatch(name):
            raise CommandError(
                "--output takes at most 100 lower-case letters, digits and underscores, for example my_flowers."
            )
        if options["epochs"] < 1:
            raise CommandError("--epochs must be at least 1.")
        if not 0 <= options["seed"] <= LARGEST_SEED:
            raise CommandError(f"--seed must be from 0 to {LARGEST_SEED}.")
        try:
            trained = self._train(name, options)
            version = versions.register(trained.folder)
            if options["activate"]:
                versions.activate(version)
        except (ClassifierError, OSError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            again = (
                "Stopped. The same command goes on after the last whole epoch." if options["fine_tune"] else "Stopped."
            )
            raise CommandError(again) from None
        self._print_summary(trained, str(version), options)

    def _train(self, name: str, options: dict[str, Any]) -> Trained:
        total = len(find_photos(options["photos"]).paths)
        backbone = _backbone(options["backbone"])
        with _progress() as bars:
            reading = bars.add_task(f"Photos through {backbone.name}", total=total)
            tuning = bars.add_task("Fine-tuning", total=None, visible=options["fine_tune"])
            fine_tuning = FineTuning(
                epochs=options["epochs"],
                work_dir=conf.models_dir.parent / "training" / name,
                on_batch=lambda progress: bars.update(tuning, **_bar(progress)),
            )
            return train_model(
                options["photos"],
                name=name,
                backbone=backbone,
                models_dir=conf.models_dir,
                seed=options["seed"],
                fine_tuning=fine_tuning if options["fine_tune"] else None,
                on_photo=lambda count: bars.advance(reading, count),
            )

    def _print_summary(self, trained: Trained, version: str, options: dict[str, Any]) -> None:
        report = trained.report
        for path, reason in trained.rejected:
            self.stderr.write(f"Skipped {path}: {reason}")
        if options["fine_tune"] and not trained.is_fine_tuned:
            self.stdout.write("Fine-tuning was not better on held-out photos, so the network before it was kept.")
        self.stdout.write(
            f"Top-1 {report.top_1:.1%} ({report.top_1_low:.0%} to {report.top_1_high:.0%}), top-5 {report.top_5:.1%} "
            f"on {report.photos} held-out photos."
        )
        for confusion in report.confusions[:3]:
            self.stdout.write(f"  {confusion.truth} classified as {confusion.answer}: {confusion.photos}")
        if trained.few_photos:
            self.stderr.write(
                f"{len(trained.few_photos)} of {len(report.per_class)} classes have fewer than {FEW_PHOTOS} photos "
                f"({', '.join(trained.few_photos[:3])}): add photos, the accuracy above is uncertain for them."
            )
        activate = f"To serve it: manage.py activate_model {version}"
        self.stdout.write(f"{version} is active." if options["activate"] else activate)


def _backbone(name: str) -> Backbone:
    if name and not is_in_catalog(name):
        return find_backbone(folder=versions.find(name).folder)
    return find_backbone(name)


def _bar(progress: TuningProgress) -> dict[str, Any]:
    return {
        "description": f"Epoch {progress.epoch}/{progress.epochs}, loss {progress.loss:.2f}",
        "total": progress.epochs * progress.batches,
        "completed": (progress.epoch - 1) * progress.batches + progress.batch,
    }


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
