"""`manage.py export_dataset`: confirmed and corrected photos as folders that `train_model` takes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classifier.errors import ClassifierError
from classifier.feedback.dataset import export_dataset


class Command(BaseCommand):
    help = (
        "Writes the photos of which people said what they show into a new folder, in one sub-folder for each class, "
        "as train_model and evaluate_model take them: upright copies without metadata."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a new folder")

    def handle(self, **options: Any) -> None:
        try:
            exported = export_dataset(options["folder"])
        except (ClassifierError, OSError) as error:
            raise CommandError(str(error)) from error
        for key, reason in exported.rejected:
            self.stderr.write(f"Skipped {key}: {reason}")
        self.stdout.write(f"{exported.photos} photos of {exported.classes} classes are in {options['folder']}.")
        self.stdout.write(f"To train on them: manage.py train_model {options['folder']} --output NAME")
