"""Predictions that no search finds yet: a server of an older release stored them, while the next one was rolled out."""

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, connections

from classifier.models import Prediction
from classifier.search.writing import renew
from classifier.storage.locks import held
from classifier.storage.pages import batches, pages

LOCK = "search"
EVERY_S = 24 * 3600.0
MAX_ROWS = 50
"""Of one transaction, for which others wait."""
logger = logging.getLogger(__name__)


def catch_up() -> int:
    """Makes them found; returns how many. None while another process does."""
    with held(LOCK) as is_held:
        return sum(map(_add, pages(Prediction.objects.filter(search_text=None).only("pk")))) if is_held else 0


def catch_up_in_background(*, pause: Callable[[float], object] = threading.Event().wait) -> None:
    """Does so now and every day, in a thread of its own."""

    def run() -> None:
        while True:
            _try_to_catch_up()
            pause(EVERY_S)

    threading.Thread(target=run, name="search", daemon=True).start()


def _add(unfound: list[Prediction]) -> int:
    for few in batches(unfound, size=MAX_ROWS):
        renew(row.pk for row in few)
    return len(unfound)


def _try_to_catch_up() -> None:
    try:
        if found := catch_up():
            logger.info("%d predictions of an older release are found by the search now.", found)
    except (DatabaseError, OSError):
        logger.exception("Predictions of an older release could not be made found; the next try is in a day.")
    finally:
        connections.close_all()  # until the next time, a day of nothing
