"""`manage.py train_model`: trains a classifier from folders of photos that are named by class."""

import re
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from classifier.conf import conf
from classifier.errors import ClassifierError
from classifier.model_registry import versions
from classifier.training.dataset import find_photos
from classifier.training.loop import Progress as TrainingProgress
from classifier.training.recipe import Recipe
from classifier.training.run import Callbacks, Trained, train_model

NAME = re.compile(r"[a-z0-9][a-z0-9_]*")


class Command(BaseCommand):
    help = "Trains a classifier from a folder with one sub-folder of photos for each class."

    def add_arguments(self, parser: ArgumentParser) -> None:
        recipe = Recipe()
        parser.add_argument("data_dir", type=Path, help="folder with one sub-folder of photos for each class")
        parser.add_argument("--output", required=True, metavar="NAME", help="the model's name, for activate_model")
        parser.add_argument("--architecture", default=recipe.architecture)
        parser.add_argument("--image-size", type=int, default=recipe.image_size_px, metavar="PX")
        parser.add_argument("--epochs", type=int, default=recipe.epochs)
        parser.add_argument("--batch-size", type=int, default=recipe.batch_size)
        parser.add_argument("--learning-rate", type=float, default=recipe.learning_rate)
        parser.add_argument("--held-out", type=float, default=recipe.held_out_fraction, metavar="FRACTION")
        parser.add_argument("--float32", action="store_true", help="train in float32, not in mixed bfloat16")
        parser.add_argument("--start-from", metavar="NAME[-VERSION]", help="a trained model to start from")
        parser.add_argument("--seed", type=int, default=recipe.seed)
        parser.add_argument("--resume", action="store_true", help="continue from the last checkpoint")
        parser.add_argument("--activate", action="store_true", help="make the model active when it is trained")

    def handle(self, **options: Any) -> None:
        name = options["output"]
        if not NAME.fullmatch(name):
            raise CommandError("--output takes lower-case letters, digits and underscores, for example my_flowers.")
        recipe = _recipe(options)
        try:
            start = versions.find(options["start_from"]) if options["start_from"] else None
            if start:
                recipe = replace(recipe, start_from=str(start))
            trained = self._train(
                options["data_dir"],
                name,
                recipe,
                resume=options["resume"],
                start_from=start.folder if start else None,
            )
            version = versions.register(trained.folder)
            if options["activate"]:
                versions.activate(version)
        except ClassifierError as error:
            raise CommandError(str(error)) from error
        self._print_summary(trained, str(version), activated=options["activate"])

    def _train(self, data_dir: Path, name: str, recipe: Recipe, *, resume: bool, start_from: Path | None) -> Trained:
        work_dir = conf.models_dir.parent / "training" / name
        total = len(find_photos(data_dir).paths)
        with _progress() as bars:
            reading = bars.add_task("Reading photos", total=total)
            training = bars.add_task("Training", total=None)
            return train_model(
                data_dir,
                name=name,
                recipe=recipe,
                work_dir=work_dir,
                models_dir=conf.models_dir,
                resume=resume,
                start_from=start_from,
                callbacks=Callbacks(
                    on_photo=lambda count: bars.advance(reading, count),
                    on_step=lambda progress: bars.update(
                        training,
                        description=_describe(progress),
                        total=progress.epochs * progress.steps,
                        completed=(progress.epoch - 1) * progress.steps + progress.step,
                    ),
                ),
            )

    def _print_summary(self, trained: Trained, version: str, *, activated: bool) -> None:
        report = trained.report
        for path, reason in trained.rejected:
            self.stderr.write(f"Skipped {path}: {reason}")
        self.stdout.write(f"Top-1 {report.top_1:.1%}, top-5 {report.top_5:.1%} on {report.photos} held-out photos.")
        for confusion in report.confusions[:3]:
            self.stdout.write(f"  {confusion.truth} classified as {confusion.answer}: {confusion.photos}")
        self.stdout.write(f"Report: {trained.folder / 'report.json'} and report.png")
        activate = f"To serve it: manage.py activate_model {version}"
        self.stdout.write(f"{version} is active." if activated else activate)


def _recipe(options: dict[str, Any]) -> Recipe:
    if options["epochs"] < 1 or options["batch_size"] < 1:
        raise CommandError("--epochs and --batch-size must be at least 1.")
    if not 0 < options["held_out"] < 1:
        raise CommandError("--held-out takes a fraction between 0 and 1, for example 0.1.")
    return Recipe(
        architecture=options["architecture"],
        image_size_px=options["image_size"],
        epochs=options["epochs"],
        batch_size=options["batch_size"],
        learning_rate=options["learning_rate"],
        held_out_fraction=options["held_out"],
        mixed_precision=not options["float32"],
        seed=options["seed"],
    )


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def _describe(progress: TrainingProgress) -> str:
    held_out = "" if progress.held_out_top_1 is None else f", held-out top-1 {progress.held_out_top_1:.1%}"
    return f"Epoch {progress.epoch}/{progress.epochs}, loss {progress.loss:.2f}{held_out}"
