"""Gunicorn itself, as deploy/gunicorn.conf.py has it: warm before the first answer, and all of it gone at the end."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest

from classifier.tests.examples import build_colour_model
from classifier.tests.waiting import wait_until
from classifier_project.settings import BASE_DIR


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_of(folder: Path) -> dict[str, str]:
    (folder / "tmp").mkdir(exist_ok=True)
    return {"DEBUG": "1", "DATA_DIR": str(folder / "var"), "TMPDIR": str(folder / "tmp"), "PATH": "/usr/bin:/bin"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a database and a model."""
    folder = tmp_path_factory.mktemp("prepared")
    for arguments in (["migrate"], ["install_model", str(build_colour_model(folder, name="first")), "--activate"]):
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=BASE_DIR, env=environment_of(folder), check=True, capture_output=True)
    return folder / "var"


@contextmanager
def gunicorn(folder: Path, *options: str, port: int, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    """From a folder that is not the project's, as a service may start it."""
    config = str(BASE_DIR / "deploy/gunicorn.conf.py")
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", config, *options],
        cwd=folder,
        env={**environment_of(folder), "PORT": str(port), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def answer(url: str) -> tuple[int, str]:
    """Status and text; 0 as long as nobody accepts connections."""
    try:
        with urllib.request.urlopen(url, timeout=20) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


@pytest.mark.parametrize("options", [(), ("--preload",)])
def test_the_first_answer_of_a_worker_is_by_its_model(tmp_path: Path, prepared: Path, options: tuple[str, ...]) -> None:
    shutil.copytree(prepared, tmp_path / "var")
    port = free_port()
    first: list[tuple[int, str]] = []

    def is_answered() -> bool:
        first[:] = [answer(f"http://127.0.0.1:{port}/readyz")]
        return bool(first[0][0])

    with gunicorn(tmp_path, *options, port=port) as server:
        wait_until(is_answered, within_s=60)
        figures = answer(f"http://127.0.0.1:{port}/metrics")[1]
        folders = list((tmp_path / "tmp").glob("classifier-metrics-*"))
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)

    assert (first[0][0], json.loads(first[0][1])["model"]["name"]) == (200, "first")
    assert re.search(r'^classifier_requests_total\{.*"readyz".*\} 1\.0$', figures, re.MULTILINE)
    assert (server.returncode, len(folders), list((tmp_path / "tmp").glob("classifier-metrics-*"))) == (0, 1, [])
    assert sorted(path.name for path in (tmp_path / "var").glob("db.sqlite3*")) == ["db.sqlite3"]


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "migrations are not applied. Run manage.py migrate."),
        ({"DEBUG": "0"}, "SECRET_KEY is not set. Make one:"),
        ({"DEBUG": "0", "SECRET_KEY": "x"}, "SECRET_KEY can be guessed. Make another:"),
    ],
)
def test_gunicorn_ends_where_the_server_cannot_work(tmp_path: Path, environment: dict[str, str], told: str) -> None:
    with gunicorn(tmp_path, port=free_port(), **environment) as server:
        said, _ = server.communicate(timeout=60)

    assert told in said
    assert "Traceback" not in said
    assert server.returncode == 1
