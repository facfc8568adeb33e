"""`manage.py restore`: makes a server from a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from classifier.storage import pairing
from classifier.storage.backup.errors import BackupError
from classifier.storage.backup.restoring import restore_backup

SHOWN = 10
"""Names that are listed of what was ignored."""


class Command(BaseCommand):
    help = "Makes database, photos and models from a backup, where there are none: in DATA_DIR, or in DATABASE_URL."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file that manage.py backup wrote")

    def handle(self, **options: Any) -> None:
        try:
            restored = restore_backup(options["file"], Path(settings.DATA_DIR))
        except BackupError as error:
            raise CommandError(str(error)) from error
        pairing.adopt()
        if restored.ignored:
            names = ", ".join(restored.ignored[:SHOWN]) + (", ..." if len(restored.ignored) > SHOWN else "")
            self.stdout.write(f"Left out, because it is no part of a backup: {names}.")
        facts = restored.manifest
        if facts.lost:
            self.stdout.write(f"The photos of {facts.lost:,} predictions were lost before the backup was made.")
        self.stdout.write(f"Back, whole and checked: {facts.restored:,} predictions, as of {facts.created_at}.")
        self.stdout.write(f"They are in {settings.DATA_DIR}. Start the server: manage.py serve")
