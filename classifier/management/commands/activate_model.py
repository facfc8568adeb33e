"""`manage.py activate_model`: which installed model serves."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classifier.conf import conf
from classifier.errors import ClassifierError
from classifier.model_registry import versions


class Command(BaseCommand):
    help = "Makes an installed model version the one that serves. It is loaded first: a broken one never takes over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="NAME[-VERSION]")

    def handle(self, **options: Any) -> None:
        try:
            version = versions.find(options["reference"])
            versions.activate(version)
        except ClassifierError as error:
            serving = versions.active()
            raise CommandError(f"{error} {serving or 'No model'} goes on serving.") from error
        self.stdout.write(
            self.style.SUCCESS(f"{version} serves; a running server follows within {conf.model_poll_s + 3:.0f} s.")
        )
