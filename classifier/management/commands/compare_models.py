"""`manage.py compare_models`: two models look at the same stored photos, before the new one serves."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from classifier.errors import ClassifierError
from classifier.inference.labels.names import with_spaces
from classifier.model_registry import versions
from classifier.models import ModelComparison
from classifier.predictions import model_comparison
from classifier.process.priority import Priority, lower_thread_priority

FLIPS_SHOWN = 10


class Command(BaseCommand):
    help = (
        "Has two installed models look at the same stored photos, chosen at random, and tells where they agree, who is "
        "right where feedback knows, and what each takes. It lets a server on this machine go first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", metavar="A", help="NAME[-VERSION] of the model as it is")
        parser.add_argument("new", metavar="B", help="NAME[-VERSION] of the one to judge")
        parser.add_argument("--photos", type=int, default=500, metavar="N", help="how many photos; default: 500")

    def handle(self, **options: Any) -> None:
        if not 1 <= options["photos"] <= model_comparison.MOST_PHOTOS:
            raise CommandError(f"--photos takes a number from 1 to {model_comparison.MOST_PHOTOS:,}.")
        try:
            old, new = versions.find(options["old"]), versions.find(options["new"])
        except ClassifierError as error:
            raise CommandError(str(error)) from error
        with model_comparison.only_one() as is_held:
            if not is_held:
                raise CommandError("Another comparison is being made. Wait for it, or cancel it in the admin.")
            lower_thread_priority(Priority.LOWEST)
            done = _run(model_comparison.request_comparison(old, new, photos=options["photos"]))
        if done.state != ModelComparison.State.DONE:
            raise CommandError(done.error or "The comparison was cancelled.")
        self._print(done)

    def _print(self, done: ModelComparison) -> None:
        report = done.report or {}
        photos, agreed, known = report["photos"], report["agreed"], report["known"]
        if not photos:
            self.stdout.write("No stored photo could be looked at.")
            return
        self.stdout.write(f"Of {photos} photos, the best label is the same for {agreed} ({agreed / photos:.1%}).")
        if known:
            self.stdout.write(
                f"Of {known} photos somebody has said what they show: {done.old} is right for {report['old_right']}, "
                f"{done.new} for {report['new_right']}."
            )
        self.stdout.write(report["verdict"])
        for version, use in ((done.old, report["old"]), (done.new, report["new"])):
            self.stdout.write(f"{version}: {use['photo_ms']:.1f} ms a photo, {use['memory_mib']:.0f} MiB.")
        for flip in done.flips.all()[:FLIPS_SHOWN]:
            truth = f"; it is {with_spaces(flip.truth)}" if flip.truth else ""
            self.stdout.write(
                f"  {flip.prediction_id}: {with_spaces(flip.old_label)} ({flip.old_probability:.0%}), then "
                f"{with_spaces(flip.new_label)} ({flip.new_probability:.0%}){truth}"
            )


def _run(comparison: ModelComparison) -> ModelComparison:
    """Shows how far it is; Ctrl-C cancels it."""
    with Progress(console=Console(stderr=True)) as shown:
        task = shown.add_task("Comparing", total=2 * comparison.photos)
        try:
            return model_comparison.run(comparison, progress=lambda made: shown.update(task, completed=made))
        except KeyboardInterrupt:
            model_comparison.cancel(comparison)
            raise
