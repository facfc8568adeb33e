"""How many calls of functions an upload takes, of Python's and of C's, and in which functions: the same each time.

`python -m benchmarks.calls`. On a machine with neighbours, times differ by a third from one minute to the next; between
two inferences, which empty the processor's caches, a call takes about half a microsecond, whatever it does.
"""

import argparse
import contextlib
import io
import os
import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any
from wsgiref.util import setup_testing_defaults

from benchmarks.live.client import CONTENT_TYPE
from benchmarks.live.server import PREDICTIONS
from benchmarks.models import EFFICIENTNET_LITE0
from benchmarks.peers.servers import this_project
from benchmarks.results import ROOT
from benchmarks.samples import FOLDER, body

REQUESTS = 20


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calls", description=__doc__)
    parser.add_argument("--rows", type=int, default=40, help="how many functions are shown")
    rows = parser.parse_args().rows
    with (FOLDER / "calls.log").open("w") as log, contextlib.redirect_stderr(log):  # a line for each request
        calls = calls_of_an_upload()
    for name, count in calls.most_common(rows):
        print(f"{count / REQUESTS:8.0f}  {name}")


def calls_of_an_upload() -> Counter[str]:
    """Function to all calls within it and of it, of `REQUESTS` uploads at the WSGI application."""
    server = this_project(EFFICIENTNET_LITE0)
    os.environ.update(server.whole_environment)
    import django

    django.setup()
    from classifier.model_registry import versions
    from classifier.server.readable_requests import wsgi_application

    application = wsgi_application()
    versions.serve_active()
    upload = uploading(application, server.authorization["Authorization"])
    upload()
    counter = CallCounter()
    sys.setprofile(counter)
    for _ in range(REQUESTS):
        upload()
    sys.setprofile(None)
    return counter.calls


def uploading(application: Callable[..., Any], authorization: str) -> Callable[[], None]:
    """A function that sends one photo. Raises RuntimeError when it is not stored."""
    form = body("1024").read_bytes()
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ |= {"REQUEST_METHOD": "POST", "PATH_INFO": PREDICTIONS, "HTTP_AUTHORIZATION": authorization}
    environ |= {"CONTENT_TYPE": CONTENT_TYPE, "CONTENT_LENGTH": str(len(form)), "REMOTE_ADDR": "127.0.0.1"}
    said: list[str] = []

    def upload() -> None:
        answer = application({**environ, "wsgi.input": io.BytesIO(form)}, lambda status, _headers: said.append(status))
        content = b"".join(answer)
        answer.close()
        if not said.pop().startswith("201"):
            raise RuntimeError(content.decode())

    return upload


class CallCounter:
    """To be given to `sys.setprofile`: counts each call for all functions that it is made in."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self._open: list[str] = []

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        if event == "return" and self._open:
            self._open.pop()
            return
        if event == "call":
            self._open.append(_name_of(frame))
        if event in ("call", "c_call"):
            self.calls.update(set(self._open))


def _name_of(frame: FrameType) -> str:
    path = frame.f_code.co_filename.rpartition("site-packages/")[2].removeprefix(f"{ROOT}/")
    return f"{path} {frame.f_code.co_qualname}"


if __name__ == "__main__":
    main()
