"""What gunicorn does beside serving, at the moments that `deploy/gunicorn.conf.py` names.

Django is set up, and imported from, in processes that gunicorn forked: its own stays without threads and connections.
"""

import os
import sys
from contextlib import ExitStack
from typing import Protocol

_at_the_end = ExitStack()


class Worker(Protocol):
    """What is asked of gunicorn's."""

    alive: bool

    def notify(self) -> None: ...


def refuse_unfit() -> None:
    """Ends gunicorn with a line where the server cannot work or is open to others, before it forks any worker."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if status:
            sys.exit(1)
        return
    status = 1
    try:
        status = _look()
    finally:
        sys.stderr.flush()
        os._exit(status)


def start_worker(worker: Worker) -> None:
    """Makes a worker ready before it accepts connections, in its own process: its model serves, and its threads run."""
    from classifier.management import starting
    from classifier.process.memory import freeze_garbage_collector

    _at_the_end.enter_context(starting.at_work())
    starting.wait_for_model(goes_on=lambda: _is_wanted(worker))
    freeze_garbage_collector()


def end_worker() -> None:
    """Lets go of the database, as `serve` does at its end."""
    _at_the_end.close()


def _look() -> int:
    """Says what is wrong; the exit status."""
    import django
    from django.conf import settings

    django.setup()
    from classifier.management import starting
    from classifier.management.diagnosis import CheckFailedError

    try:
        told = starting.refuse_unfit()
    except CheckFailedError as error:
        print(error, file=sys.stderr)  # noqa: T201  # as serve does
        return 1
    print(*told, sep="\n", end="\n" if told else "", file=sys.stderr)  # noqa: T201
    starting.close_demo_account(settings.HOST)
    return 0


def _is_wanted(worker: Worker) -> bool:
    """Tells gunicorn that the worker lives, though it serves nothing yet; whether it was not told to end meanwhile."""
    worker.notify()
    return worker.alive
