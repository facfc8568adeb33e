"""The process's classifier: start, use, get, reset. The only room of this floor that reads Django's settings."""

import threading
from pathlib import Path

from classifier.conf import conf
from classifier.errors import ModelNotReadyError
from classifier.inference.service import ClassifierService
from classifier.inference.types import RemoteServer

_starting = threading.Lock()
_current: ClassifierService | None = None


def start(folder: Path) -> ClassifierService:
    """Loads and warms up a model folder, then makes it the process's classifier; until then the old one answers.

    Requests under way finish on the old one. Raises ModelError, and leaves the old one, when it cannot be loaded.
    """
    with _starting:
        service = load(folder)
        _replace(service)
    return service


def load(folder: Path) -> ClassifierService:
    """A model folder's service as this process would serve it, beside the one that serves. Raises ModelError."""
    return ClassifierService.open(
        folder,
        engine=conf.engine,
        precision=conf.precision,
        remote=_remote_server(),
        sure_probability=conf.sure_probability,
    )


def use(service: ClassifierService) -> None:
    """Makes a service that is ready the process's classifier."""
    with _starting:
        _replace(service)


def get() -> ClassifierService:
    """The process's classifier. Raises ModelNotReadyError before the first `start`."""
    service = _current
    if service is None:
        raise ModelNotReadyError
    return service


def current() -> ClassifierService | None:
    """The process's classifier, or None before the first `start`."""
    return _current


def reset() -> None:
    """Forgets the process's classifier."""
    with _starting:
        _replace(None)


def _remote_server() -> RemoteServer:
    return RemoteServer(conf.remote_url, conf.remote_token, timeout_s=conf.inference_timeout_s)


def _replace(service: ClassifierService | None) -> None:
    global _current
    before, _current = _current, service
    if before is not None:
        before.close()
