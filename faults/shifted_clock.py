"""`python -m faults.shifted_clock ...` is `manage.py ...` whose clock is ahead by as many seconds as a file says."""

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from django.core.management import execute_from_command_line
from django.utils import timezone

AHEAD_S = "clock-ahead-s"
"""A file in the server's home."""
_now = timezone.now


def now() -> datetime:
    path = Path(os.environ["DATA_DIR"]) / AHEAD_S
    return _now() + timedelta(seconds=float(path.read_text()) if path.exists() else 0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
    with patch.object(timezone, "now", now):  # before any model has it as a default
        execute_from_command_line(["manage.py", *sys.argv[1:]])
