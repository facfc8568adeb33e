"""`manage.py work`: what `serve` does beside its requests, for servers that have no `serve`."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from classifier.management.diagnosis import CheckFailedError, check_migrations
from classifier.predictions import background
from classifier.storage.connections import closed_at_the_end

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Does what serve does beside its requests, until it is stopped: sweeps every day, deletes every hour what has "
        "expired and every minute the accounts that were closed, and classifies stored photos again, or retrains, when "
        "it is asked for. Beside gunicorn or another WSGI server, one is enough; where there are more, each job is "
        "done by one of them at a time."
    )

    def handle(self, **_: Any) -> None:
        try:
            check_migrations()
        except CheckFailedError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:  # it may start after this
            logger.warning("The database does not answer: %s", error)
        over = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: over.set())
        with closed_at_the_end():
            background.start()
            self.stdout.write("At work. Ctrl-C stops it.")
            self.stdout.flush()
            over.wait()
