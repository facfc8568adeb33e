"""What a server does again and again beside its requests, whatever database and disk say meanwhile."""

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, connections

Pause = Callable[[float], object]


def repeat_in_background(
    job: Callable[[], object], *, name: str, every_s: float, pause: Pause, logger: logging.Logger, failure: str
) -> None:
    """Does a job now and again after so many seconds, in a thread of that name, which ends with the process.

    `failure` is logged with a DatabaseError or OSError, and the next time comes as if there had been none.
    """

    def run() -> None:
        while True:
            try:
                job()
            except (DatabaseError, OSError):
                logger.exception(failure)
            finally:
                connections.close_all()  # nothing is asked until the next time
            pause(every_s)

    threading.Thread(target=run, name=name, daemon=True).start()
