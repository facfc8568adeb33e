"""Predictions that no search finds yet: a server of an older release stored them, while the next one was rolled out."""

import logging
import threading

from classifier.models import Prediction
from classifier.search.writing import renew
from classifier.storage.locks import held
from classifier.storage.pages import batches, pages
from classifier.storage.repeating import Pause, repeat_in_background

LOCK = "search"
EVERY_S = 24 * 3600.0
MAX_ROWS = 50
"""Of one transaction, for which others wait."""
logger = logging.getLogger(__name__)


def catch_up() -> int:
    """Makes them found; returns how many. None while another process does."""
    with held(LOCK) as is_held:
        return sum(map(_add, pages(Prediction.objects.filter(search_text=None).only("pk")))) if is_held else 0


def catch_up_in_background(*, pause: Pause = threading.Event().wait) -> None:
    """Does so now and every day, in a thread of its own."""
    failure = "Predictions of an older release could not be made found; the next try is in a day."
    repeat_in_background(
        _catch_up_and_tell, name="search", every_s=EVERY_S, pause=pause, logger=logger, failure=failure
    )


def _add(unfound: list[Prediction]) -> int:
    for few in batches(unfound, size=MAX_ROWS):
        renew(row.pk for row in few)
    return len(unfound)


def _catch_up_and_tell() -> None:
    if found := catch_up():
        logger.info("%d predictions of an older release are found by the search now.", found)
