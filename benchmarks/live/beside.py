"""Work that goes on in threads beside a block."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def beside(step: Callable[[], object], *, threads: int = 1, every_s: float = 0.0) -> Iterator[None]:
    """Each thread takes the step again and again, after a pause each time, until the block has ended."""
    is_over = threading.Event()

    def repeat() -> None:
        while not is_over.wait(every_s):
            step()

    working = [threading.Thread(target=repeat) for _ in range(threads)]
    for thread in working:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in working:
            thread.join()
