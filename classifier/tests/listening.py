"""A real server on a free port, and connections to it that are closed in the end."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from classifier.admission import gate
from classifier_project.server import Listeners, listen

Connect = Callable[[], socket.socket]


@contextmanager
def listening(application: Callable[..., Any], *, release: Callable[[], object]) -> Iterator[Listeners]:
    """Serves the application; `release` ends the requests that it keeps waiting."""
    listeners = listen(application, host="127.0.0.1", port=0, behind_proxy=False)
    thread = threading.Thread(target=listeners.run)
    thread.start()
    yield listeners
    release()
    listeners.drain()
    thread.join(15)
    assert not thread.is_alive()
    gate.count_in_line = int


@contextmanager
def connecting(listeners: Listeners) -> Iterator[Connect]:
    """What opens a connection at each call."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(socket.create_connection(("127.0.0.1", listeners.port), timeout=8))
