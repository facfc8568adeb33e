"""The real server as a process of its own, to be killed and started again on the same data."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
START_TIMEOUT_S = 60
PASSWORD = "a glacier in the afternoon"  # noqa: S105  # of accounts that live as long as the test


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The error's code, or nothing."""
        try:
            return str(self.json()["errors"][0]["code"])
        except (ValueError, KeyError, TypeError, IndexError):
            return ""


@dataclass
class Server:
    """A server with a home of its own; `environment` is added to a clean one."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    port: int = 0
    token: str = ""
    alive_s: float = 0.0

    def prepare(self) -> None:
        """Migrates, activates the bundled model and makes an account."""
        for command in (["migrate", "--verbosity", "0"], ["prepare_model"]):
            self._manage(*command)
        self.start()
        given = {"username": "ada", "password": PASSWORD}
        self.token = self.request("POST", "/api/v1/auth/register/", json.dumps(given).encode()).json()["token"]

    def shell(self, code: str) -> str:
        """What a piece of Python prints that runs beside the server, on the same data."""
        return self._manage("shell", "--no-imports", "--command", code)

    def start(self) -> float:
        """Starts and waits until it is ready; returns the seconds that took, `alive_s` those until it answered."""
        self.port = _free_port()
        self.alive_s = 0.0
        began = time.perf_counter()
        log = (self.home / "log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=self._env(),
            stdout=log,
            stderr=log,
        )
        while time.perf_counter() - began < START_TIMEOUT_S:
            with contextlib.suppress(OSError):
                status = self.request("GET", "/readyz").status
                self.alive_s = self.alive_s or time.perf_counter() - began
                if status == 200:
                    return time.perf_counter() - began
            time.sleep(0.02)
        raise RuntimeError((self.home / "log").read_text()[-2000:])

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ends it as an operator would; returns its exit status."""
        return self._end(signal.SIGTERM)

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        *,
        timeout_s: float = 90,
    ) -> Response:
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        sent = {"Content-Type": "application/json", **self.authorization, **(headers or {})}
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Response(answer.status, named, content, time.perf_counter() - began)

    def upload(self, photo: bytes, *, key: str = "", timeout_s: float = 90) -> Response:
        body, headers = multipart(photo)
        if key:
            headers["Idempotency-Key"] = key
        return self.request("POST", "/api/v1/predictions/", body, headers, timeout_s=timeout_s)

    @property
    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Token {self.token}"} if self.token else {}

    @property
    def files(self) -> list[Path]:
        """Everything under media/, half-written files too."""
        return [path for path in (self.home / "media").rglob("*") if path.is_file()]

    def count_rows(self) -> int:
        with contextlib.closing(sqlite3.connect(self.home / "db.sqlite3")) as database:
            return int(database.execute("SELECT COUNT(*) FROM classifier_prediction").fetchone()[0])

    def resident_mib(self) -> float:
        """The memory that is the process's own or shared, in MiB."""
        return self._memory_mib("VmRSS")

    def peak_mib(self, photo: bytes) -> float:
        """The most of it while the server works on a photo; raises when it is not stored."""
        assert self.process
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")  # forgets the peaks before
        answer = self.upload(photo)
        assert answer.status == 201, answer.body
        return self._memory_mib("VmHWM")

    def _memory_mib(self, name: str) -> float:
        assert self.process
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith(name))
        return int(line.split()[1]) / 1024

    def _env(self) -> dict[str, str]:
        (self.home / "tmp").mkdir(exist_ok=True)
        given = {
            "PATH": os.environ["PATH"],
            "DEBUG": "1",
            "DATA_DIR": str(self.home),
            "TMPDIR": str(self.home / "tmp"),
            "CLASSIFIER_UPLOADS_PER_MINUTE": "10000000",
            "LOG_LEVEL": "WARNING",
        }
        return {**given, **self.environment}

    def _manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self._env(),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def _end(self, how: signal.Signals) -> int:
        assert self.process
        self.process.send_signal(how)
        return self.process.wait(60)


@contextlib.contextmanager
def running(*, home: Path | None = None, **environment: str) -> Iterator[Server]:
    """A server that is ready, with an account; its home goes with it unless one was given."""
    folder = home or Path(tempfile.mkdtemp(prefix="faults-"))
    server = Server(folder, environment)
    try:
        server.prepare()
        yield server
    finally:
        if server.process and server.process.poll() is None:
            server.kill()
        if home is None:
            shutil.rmtree(folder, ignore_errors=True)


def multipart(photo: bytes, *, name: str = "image") -> tuple[bytes, dict[str, str]]:
    """A body with one file, and its headers."""
    boundary = "faults-boundary"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="photo.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    body = head.encode() + photo + f"\r\n--{boundary}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
