"""The processor's cores, as far as this process may use them."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def usable_cores() -> int:
    """Fewer than the machine's in a container, or when the process is pinned."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_threads(
    work: Callable[[T], R], items: Sequence[T], *, on_each: Callable[[int], None] = lambda _: None
) -> Iterator[R]:
    """The results in the order of the items, an item a core at a time; `on_each` gets 1 after each.

    Whatever is raised, by `on_each` too, ends it before the next item is begun.
    """
    with ThreadPoolExecutor(usable_cores()) as pool:
        futures = [pool.submit(work, item) for item in items]
        try:
            for future in futures:
                yield future.result()
                on_each(1)
        finally:
            for future in futures:
                future.cancel()
