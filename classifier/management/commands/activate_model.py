"""`manage.py activate_model`: chooses which installed model serves."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classifier.errors import ClassifierError
from classifier.model_registry import versions
from classifier.model_registry.poller import POLL_S

LOADING_S = 3.0
"""What loading a model may take, on a slow machine."""


class Command(BaseCommand):
    help = "Makes an installed model version the active one. It is loaded first; if that fails, nothing changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="NAME[-VERSION]")

    def handle(self, **options: Any) -> None:
        try:
            version = versions.find(options["reference"])
            versions.activate(version)
        except ClassifierError as error:
            raise CommandError(f"{error} {versions.active() or 'No model'} stays active.") from error
        self.stdout.write(
            self.style.SUCCESS(f"{version} is active. A running server changes over within {POLL_S + LOADING_S:.0f} s.")
        )
