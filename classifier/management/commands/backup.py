"""`manage.py backup`: everything that is stored, in one file, written while the server works."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classifier.storage.backup import BackupError, write_backup


class Command(BaseCommand):
    help = "Writes database, photos, models and secret key to a tar file. Protect it like the server itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="for example photos-2026-01-31.tar")

    def handle(self, **options: Any) -> None:
        file: Path = options["file"].resolve()
        try:
            count = write_backup(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count:,} predictions in {file}, {file.stat().st_size:,} bytes.")
        self.stdout.write(f"To restore it: DATA_DIR=<new folder> manage.py restore {file}")
