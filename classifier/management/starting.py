"""The start of a process that serves, whichever server it is: `serve` itself, or a worker of gunicorn."""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from classifier import checks
from classifier.accounts import demo
from classifier.inference import instance
from classifier.management.commands.ensure_demo_account import is_allowed
from classifier.management.diagnosis import CheckFailedError, check_migrations
from classifier.model_registry import versions
from classifier.predictions import background
from classifier.process.memory import limit_malloc_cache
from classifier.storage.connections import closed_at_the_end
from classifier.web import static_files

SWITCH_INTERVAL_S = 0.01
"""How long a thread may hold Python's lock, twice the default: it gives it away by itself wherever it waits or leaves
Python, and to take it away in between costs a photo more than it spares the others."""
WARM_WITHIN_S = 120.0
"""How long a model may take to load before requests are taken without it."""
LOOK_S = 0.1
logger = logging.getLogger(__name__)


def refuse_unfit() -> list[str]:
    """Raises CheckFailedError for what cannot work, or opens the server to others; returns what else is poor.

    A database that does not answer is waited for: it may start after this.
    """
    messages = checks.messages()
    refused = [checks.text_of(message) for message in messages if message.is_serious()] or static_files.problems()
    if refused:
        raise CheckFailedError(" ".join(refused))
    told = [checks.text_of(message) for message in messages]
    try:
        told += filter(None, [check_migrations()])
    except DatabaseError as error:
        logger.warning("The database does not answer: %s", error)
    return told


def close_demo_account(host: str) -> None:
    """On a network nobody may sign in with a password that everybody knows."""
    if is_allowed(host):
        return
    try:
        demo.close_account()
    except DatabaseError as error:
        logger.warning("The demo account could not be closed: %s", error)


@contextmanager
def at_work() -> Iterator[None]:
    """A process that is set up to serve, and does what there is to do beside requests; its connections end with it."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    limit_malloc_cache()
    with closed_at_the_end():
        background.start()
        yield


def wait_for_model(*, goes_on: Callable[[], bool], pause: Callable[[float], object] = threading.Event().wait) -> None:
    """Returns when this process serves the active model, or cannot: none is, it is broken, the database is silent.

    `goes_on` is asked again and again, and ends the waiting as well.
    """
    until = time.monotonic() + WARM_WITHIN_S
    while instance.current() is None and goes_on() and time.monotonic() < until and _is_being_loaded():
        pause(LOOK_S)


def _is_being_loaded() -> bool:
    try:
        version = versions.active()
    except DatabaseError:
        return False
    return version is not None and not version.load_error
