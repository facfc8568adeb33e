"""`manage.py backup`: everything that is stored, in one file, written while the server works."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classifier.storage.backup.errors import BackupError
from classifier.storage.backup.writing import write_backup


class Command(BaseCommand):
    help = "Writes database, photos and models to a tar file. Protect it like the server itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="for example photos.tar; in a folder that exists, a name is made of date and time"
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="replace a file of that name, once the new is whole"
        )

    def handle(self, **options: Any) -> None:
        try:
            written = write_backup(options["file"].resolve(), overwrite=options["overwrite"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        facts, file = written.manifest, written.path
        self.stdout.write(f"{facts.restored:,} predictions in {file}, {file.stat().st_size:,} bytes.")
        if facts.lost:
            self.stdout.write(f"The photos of {facts.lost:,} predictions were lost before; the predictions are in it.")
        self.stdout.write(f"To restore it: DATA_DIR=<new folder> manage.py restore {file}")
