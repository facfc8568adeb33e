"""`manage.py restore`: makes a DATA_DIR from a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from classifier.storage.backup import BackupError, restore_backup


class Command(BaseCommand):
    help = "Restores a backup to DATA_DIR, which must not contain a database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, **options: Any) -> None:
        try:
            count = restore_backup(options["file"], Path(settings.DATA_DIR))
        except BackupError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0)
        self.stdout.write(f"Restored {count:,} predictions to {settings.DATA_DIR}. Start the server: manage.py serve")
