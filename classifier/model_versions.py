"""Which model serves: versions are registered, activated, and swapped in while the server runs."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from django.db import DatabaseError, close_old_connections, transaction
from django.db.models.signals import post_delete, post_save

from classifier.conf import conf
from classifier.errors import ModelError, UnknownModelError
from classifier.inference import instance
from classifier.inference.artifacts import read_manifest, verify
from classifier.inference.types import ModelRef
from classifier.models import ModelVersion
from classifier.process.priority import go_last

RETRY_BROKEN_AFTER_S = 30.0
logger = logging.getLogger(__name__)
_watching = threading.Lock()
_rows: dict[ModelRef, ModelVersion] = {}


def register(folder: Path) -> ModelVersion:
    """The row of a model folder, made when it is new. Raises BrokenModelFolderError."""
    verify(folder)
    manifest = read_manifest(folder)
    folder, home = folder.resolve(), conf.models_dir.resolve()
    path = folder.relative_to(home) if folder.is_relative_to(home) else folder
    version, _ = ModelVersion.objects.update_or_create(
        name=manifest.name,
        version=manifest.version,
        defaults={"path": str(path), "manifest": asdict(manifest), "load_error": ""},
    )
    return version


def activate(version: ModelVersion) -> None:
    """Makes a version the one that serves, here at once and in every other server within `model_poll_s`.

    It is loaded and warmed up first: a version that cannot be raises ModelError, and the one before goes on serving.
    """
    _start(version)
    with transaction.atomic():
        ModelVersion.objects.filter(is_active=True).update(is_active=False)
        ModelVersion.objects.filter(pk=version.pk).update(is_active=True, load_error="")
    version.refresh_from_db()


def find(reference: str) -> ModelVersion:
    """The version called `NAME-VERSION`, or the newest called `NAME`. Raises UnknownModelError."""
    name, _, version = reference.rpartition("-")
    found = ModelVersion.objects.filter(name=name, version=version).first()
    found = found or ModelVersion.objects.filter(name=reference).first()
    if found is None:
        known = ", ".join(map(str, ModelVersion.objects.all()[:10])) or "none is installed"
        raise UnknownModelError(f"No model {reference!r}. Installed: {known}.")
    return found


def of(ref: ModelRef) -> ModelVersion:
    """The row of the model that answered: looked up once, until a version is written or deleted."""
    row = _rows.get(ref)
    if row is None:
        row = _rows[ref] = ModelVersion.objects.get(name=ref.name, version=ref.version)
    return row


def connect() -> None:
    """Keeps the rows that `of` remembers true."""
    post_save.connect(forget_rows, sender=ModelVersion, dispatch_uid="classifier.forget_rows.saved")
    post_delete.connect(forget_rows, sender=ModelVersion, dispatch_uid="classifier.forget_rows.deleted")


def forget_rows(**_: object) -> None:
    _rows.clear()


def active() -> ModelVersion | None:
    """The row of the version that should serve."""
    return ModelVersion.objects.filter(is_active=True).first()


def serve_active() -> None:
    """Makes the active version this process's classifier, if it is not yet. Raises ModelError, keeping the old one."""
    version = active()
    if version is None or _serves(version):
        return
    _start(version)
    if version.load_error:
        _record_error(version, "")
    logger.info("%s serves.", version)


class Watcher:
    """Keeps a process on the active version, looking again and again; whatever fails, it goes on looking."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._broken: ModelVersion | None = None
        self._broken_since = 0.0

    def run(self) -> None:
        go_last()  # and with it the threads of the network, which begin in this one
        while True:
            self.look()
            close_old_connections()
            time.sleep(conf.model_poll_s)

    def look(self) -> None:
        """Serves the active version; one that could not be loaded is tried again after `RETRY_BROKEN_AFTER_S`."""
        forget_rows()  # another process may have written them
        try:
            _heal()
            version = active()
            if not self._is_waiting(version):
                self._try(version)
        except DatabaseError as error:
            logger.warning("The active model cannot be looked up: %s", error)
        except Exception:  # a runtime or a disk may raise anything, and the thread must outlive it
            logger.exception("The active model cannot be loaded, the one before it goes on serving.")

    def _try(self, version: ModelVersion | None) -> None:
        self._broken, self._broken_since = version, self._clock()
        try:
            serve_active()
        except ModelError as error:
            logger.error("%s cannot be loaded, the model before it goes on serving: %s", version, error)
        else:
            self._broken = None

    def _is_waiting(self, version: ModelVersion | None) -> bool:
        recent = self._clock() - self._broken_since < RETRY_BROKEN_AFTER_S
        return version is not None and version == self._broken and recent


def start_watcher() -> None:
    """Keeps this process on the active version from now on, in a thread of its own."""
    if _watching.acquire(blocking=False):
        threading.Thread(target=Watcher().run, name="model-watcher", daemon=True).start()


def _heal() -> None:
    """Loads the serving model anew when it is stuck or fails; what is stuck ends, if ever, on the old one."""
    service, version = instance.current(), active()
    ailment = service.watch.ailment(timeout_s=conf.inference_timeout_s) if service else ""
    if service and ailment and version is not None:
        logger.error("%s It is loaded anew.", ailment)
        service.give_up()
        _start(version)


def _start(version: ModelVersion) -> None:
    """Loads a version and makes it answer; a failure is kept in its row and raised, and the one before stays."""
    try:
        instance.start(version.folder)
    except ModelError as error:
        _record_error(version, str(error))
        raise


def _serves(version: ModelVersion) -> bool:
    service = instance.current()
    return service is not None and service.ref == ModelRef(version.name, version.version)


def _record_error(version: ModelVersion, error: str) -> None:
    ModelVersion.objects.filter(pk=version.pk).update(load_error=error)
    version.load_error = error
