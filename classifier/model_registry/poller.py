"""A thread that keeps this process on the active model version, and restarts a model that hangs."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from classifier.conf import conf
from classifier.inference import instance
from classifier.inference.errors import ModelError
from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.process.priority import Priority, lower_thread_priority

POLL_S = 2.0
RETRY_BROKEN_AFTER_S = 30.0
logger = logging.getLogger(__name__)
_polling = threading.Lock()


class ModelPoller:
    """Keeps a process on the active version by polling the database; whatever fails, it goes on polling."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._broken: ModelVersion | None = None
        self._broken_since = 0.0

    def run(self) -> None:
        lower_thread_priority(Priority.NETWORKS)  # and with it the threads of the network, which begin in this one
        while True:
            self.poll()
            close_old_connections()
            time.sleep(POLL_S)

    def poll(self) -> None:
        """Serves the active version; one that could not be loaded is tried again after `RETRY_BROKEN_AFTER_S`."""
        versions.forget_rows()  # another process may have written them
        try:
            _restart_if_hung()
            version = versions.active()
            if not self._is_waiting(version):
                self._try(version)
        except ModelError as error:
            logger.error("The active model cannot be loaded again yet: %s", error)
        except DatabaseError as error:
            logger.warning("The active model cannot be looked up: %s", error)
        except Exception:  # a runtime or a disk may raise anything, and the thread must outlive it
            logger.exception("The active model cannot be loaded, the one before it goes on serving.")

    def _try(self, version: ModelVersion | None) -> None:
        self._broken, self._broken_since = version, self._clock()
        try:
            versions.serve_active()
        except ModelError as error:
            logger.error("%s cannot be loaded, the model before it goes on serving: %s", version, error)
        else:
            self._broken = None

    def _is_waiting(self, version: ModelVersion | None) -> bool:
        recent = self._clock() - self._broken_since < RETRY_BROKEN_AFTER_S
        return version is not None and version == self._broken and recent


def start_poller() -> None:
    """Keeps this process on the active version from now on, in a thread of its own."""
    if _polling.acquire(blocking=False):
        threading.Thread(target=ModelPoller().run, name="model-poller", daemon=True).start()


def _restart_if_hung() -> None:
    """Loads the serving model again when it hangs or fails; a hung inference ends, if ever, on the old one.

    A remote one is asked whether it is ready: it may have gone while nobody sent a photo.
    """
    service, version = instance.current(), versions.active()
    if service:
        service.check()
    problem = service.watchdog.problem(timeout_s=conf.inference_timeout_s) if service else ""
    if service and problem and version is not None:
        logger.error("%s The model is loaded again.", problem)
        service.give_up()
        versions.load(version)
