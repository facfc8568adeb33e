"""A server of its own for a benchmark, on a free port and in a folder of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.results import ROOT


@contextmanager
def serving(data_dir: Path, **environment: str) -> Iterator[str]:
    """Serves what is in the folder, which `manage` prepared; yields the address once it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", port]
    silent = subprocess.DEVNULL
    running = subprocess.Popen(command, env=_surroundings(data_dir, environment), stdout=silent, stderr=silent)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(address)
        yield address
    finally:
        running.terminate()
        running.wait()


def manage(data_dir: Path, *arguments: str, **environment: str) -> str:
    """What a management command prints about the data in that folder."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    surroundings = _surroundings(data_dir, environment)
    return subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True).stdout


def wait_until_ready(address: str, timeout_s: float = 30) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _surroundings(data_dir: Path, environment: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "DEBUG": "1", "DATA_DIR": str(data_dir), **environment}
