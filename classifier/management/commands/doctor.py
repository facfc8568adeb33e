"""`manage.py doctor`: checks what the server needs, and says what to do about what is wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classifier.management.diagnosis import CHECKS, Check, CheckFailedError, CheckWarning


class Command(BaseCommand):
    help = (
        "Checks all that the server needs: settings, database, storage, disk, pages, model, staff and mail. "
        "Exit status 1 when a check fails."
    )
    requires_system_checks: list[str] = []

    def handle(self, **_: Any) -> None:
        failed: list[str] = []
        for check in CHECKS:
            if check.needs_database and "database" in failed:
                self._tell("skip", check, "Needs the database.")
            elif not self._passes(check):
                failed.append(check.name)
        if failed:
            raise CommandError(f"Failed checks: {', '.join(failed)}.", returncode=1)
        self.stdout.write("All checks passed.")

    def _passes(self, check: Check) -> bool:
        try:
            self._tell("ok", check, check.check())
        except CheckWarning as warning:
            self._tell("warn", check, str(warning))
        except CheckFailedError as error:
            self._tell("FAIL", check, str(error))
            return False
        return True

    def _tell(self, state: str, check: Check, text: str) -> None:
        self.stdout.write(f"{state:<5} {check.name:<9} {text}")
