"""`manage.py retrain`: a model that learnt from corrections, judged before it may serve."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from classifier.errors import ClassifierError
from classifier.feedback.retraining import retrain
from classifier.models import Retraining
from classifier.process.priority import Priority, lower_thread_priority

FAILED = (Retraining.State.FAILED, Retraining.State.CANCELLED)


class Command(BaseCommand):
    help = (
        "Learns from confirmed and corrected answers: new classes beside those that the active model knows. What comes "
        "out is held against the active model on photos that it was not trained on, and kept only if it is better on "
        "corrections and not worse on what was right."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="judge, and install nothing")
        parser.add_argument("--promote", action="store_true", help="make it the active model if it is better")

    def handle(self, **options: Any) -> None:
        if options["dry_run"] and options["promote"]:
            raise CommandError("--dry-run installs nothing that could be promoted: leave one of the two out.")
        lower_thread_priority(Priority.LOWEST)
        row = Retraining.objects.create(promote=options["promote"])
        with Progress(console=Console(stderr=True)) as bars:
            task = bars.add_task("Photos", total=None)
            try:
                retrain(
                    row,
                    is_dry=options["dry_run"],
                    on_progress=lambda done, total: bars.update(task, completed=done, total=total),
                )
            except ClassifierError as error:
                raise CommandError(str(error)) from error
        if row.state in FAILED:
            raise CommandError(row.message)
        self.stdout.write(row.message)
        for name, figures in row.figures.get("sets", {}).items():
            self.stdout.write(f"  {name}: {figures['after']} of {figures['photos']} right, before {figures['before']}")
        if row.candidate and row.state == Retraining.State.READY:
            self.stdout.write(f"To serve it: manage.py activate_model {row.candidate}")
        elif row.candidate:
            self.stdout.write(f"{row.candidate} is active. To go back: manage.py activate_model {row.before}")
