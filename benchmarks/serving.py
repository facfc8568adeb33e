"""A server of its own for a benchmark, on a free port and in a folder of its own."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.results import ROOT


@contextmanager
def serving(data_dir: Path, **environment: str) -> Iterator[str]:
    """Serves what is in the folder, which `manage` prepared; yields the address once it is ready."""
    port = str(free_port())
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", port]
    silent = subprocess.DEVNULL
    running = subprocess.Popen(command, env=surroundings(data_dir, environment), stdout=silent, stderr=silent)
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
    given = surroundings(data_dir, environment)
    return subprocess.run(command, env=given, check=True, capture_output=True, text=True).stdout


def send(url: str, body: bytes, headers: dict[str, str], *, timeout_s: float = 30) -> dict[str, Any]:
    """The JSON answer to a POST."""
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=timeout_s) as response:
        answer: dict[str, Any] = json.load(response)
        return answer


def wait_until_ready(address: str, timeout_s: float = 30) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(data_dir: Path, environment: dict[str, str]) -> dict[str, str]:
    """The environment of the project's own commands."""
    return {**os.environ, "DEBUG": "1", "DATA_DIR": str(data_dir), **environment}
