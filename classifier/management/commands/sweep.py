"""`manage.py sweep`: what `serve` does every day, for servers without it, and the word of an operator about files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classifier.accounts import housekeeping
from classifier.errors import ClassifierError
from classifier.predictions import account_deletion
from classifier.storage import health, pairing
from classifier.storage.locks import held
from classifier.storage.sweep import LOCK, Swept, preview, sweep
from classifier.storage.trash import KEPT_DAYS


class Command(BaseCommand):
    help = (
        "Deletes closed accounts, and expired tokens, sessions and codes. "
        "Moves files that no row of the database names to "
        f"DATA_DIR/media/.trash, where they are kept for {KEPT_DAYS} days, puts those back whose row is "
        "there again, and marks photos that are missing. "
        "Exit status 1 when somebody should look first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing, and list some files without a row")
        parser.add_argument("--force", action="store_true", help="move any number of files, those of stored photos too")
        parser.add_argument(
            "--adopt", action="store_true", help="from now on, database and folder of the photos belong together"
        )

    def handle(self, *, dry_run: bool, force: bool, adopt: bool, **_: Any) -> None:
        try:
            if dry_run:
                self._preview()
                return
            with held(LOCK) as is_held:
                if not is_held:
                    raise CommandError("Another process sweeps at this moment. Try again when it is done.")
                self._sweep(force=force, adopt=adopt)
        except (ClassifierError, OSError) as error:
            raise CommandError(" ".join(health.problems()) or str(error)) from error

    def _sweep(self, *, force: bool, adopt: bool) -> None:
        if adopt:
            pairing.adopt()
        gone, expired = account_deletion.delete_requested(), housekeeping.clear_expired()
        self.stdout.write(f"{expired:,} expired tokens, sessions, codes and counts deleted, {gone:,} closed accounts.")
        self._report(sweep(force=force))

    def _preview(self) -> None:
        found, warning = preview()
        self.stdout.write(f"{found.orphans:,} of {found.files:,} files have no row in the database.")
        for name in found.examples:
            self.stdout.write(f"  {name}")
        if found.orphans > len(found.examples):
            self.stdout.write("  …")
        self.stdout.write(
            warning or ("manage.py sweep moves them to the trash." if found.orphans else "Nothing to do.")
        )

    def _report(self, swept: Swept) -> None:
        self.stdout.write(
            f"{swept.trashed_files:,} files without a row moved to the trash, {swept.restored_files:,} put back, "
            f"{swept.removed_files:,} removed; {swept.lost_photos:,} photos lost, {swept.found_photos:,} found again."
        )
        if swept.warning:
            raise CommandError(swept.warning)
