"""The project's command line: what an operator can put right ends in one plain line, a bug in its traceback."""

import os
import signal
import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

INTERRUPTED = 128 + signal.SIGINT
"""The exit status of shells' own commands."""
SERVERS = frozenset({"serve", "work", "runserver"})


def main(arguments: Sequence[str]) -> int:
    """Runs a command and returns its exit status; with --traceback, errors stay what they are."""
    if "--traceback" in arguments:
        _execute(arguments)
        return 0
    try:
        _execute(arguments)
    except KeyboardInterrupt:
        return _end("Stopped.", status=INTERRUPTED)
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        told = explanation(error)
        if not told:
            raise
        return _end(told, status=1)
    return 0


def _execute(arguments: Sequence[str]) -> None:
    """One thread needs no pool, and without one a database that does not answer is told of at once and why."""
    if not settings.configured and SERVERS.isdisjoint(arguments[1:2]):
        settings.DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
    execute_from_command_line([*arguments])


def explanation(error: Exception) -> str:
    """What happened and what to do, for an error that is no bug; empty for others."""
    from django.db import DatabaseError, connection

    from classifier.errors import ClassifierError

    if isinstance(error, ImproperlyConfigured | ClassifierError):
        return str(error)
    if isinstance(error, DatabaseError):
        where = "DATA_DIR" if connection.vendor == "sqlite" else "DATABASE_URL"
        words = " ".join(str(error).split()).rstrip(".?")
        return f"The database: {words}. Check {where}; for a new or an older database run manage.py migrate."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'The system'}: {error.strerror}. Check permissions, disk and network."
    return ""


def _end(text: str, *, status: int) -> int:
    sys.stderr.write(f"{text}\n")
    return status
