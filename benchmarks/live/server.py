"""The real server as a process of its own, in a folder of its own: to be killed and started again on the same data."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.live import client, processes
from benchmarks.live.client import CONTENT_TYPE, Response, multipart
from benchmarks.results import ROOT

PREDICTIONS = "/api/v1/predictions/"
ENVIRONMENT = {
    "DEBUG": "1",
    "DJANGO_SETTINGS_MODULE": "classifier_project.settings",
    "CLASSIFIER_UPLOADS_PER_MINUTE": "10000000",
    "CLASSIFIER_MAX_BYTES_PER_USER": str(2**40),
}
"""As `make run` starts it; only what one person may send is not limited."""


class CommandFailedError(RuntimeError):
    """A command on a server's data ended badly; its words are what it printed as its error."""


@dataclass
class LiveServer:
    """A server with a home of its own, which gets an environment of its own and `environment` added to it.

    `alive_s` is how long the last start took until it answered at all.
    """

    home: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = ("manage.py",)
    """What serves, as arguments of Python."""
    process: "subprocess.Popen[bytes] | None" = None
    port: int = 0
    token: str = ""
    alive_s: float = 0.0

    def prepare(self, model: Path | None = None) -> None:
        """Makes the database, an account and its token, and activates a model folder; else what a new server gets."""
        self.manage("migrate", "--verbosity", "0")
        self.manage(*(["install_model", str(model), "--activate"] if model else ["prepare_model"]))
        (self.token,) = self.make_tokens(1)

    def make_tokens(self, count: int) -> list[str]:
        """Tokens of so many new accounts."""
        return self.run("-m", "benchmarks.live.accounts", "tokens", str(count)).split()

    def make_session(self, *, others: int) -> str:
        """The key of a superuser's session; so many other accounts are made, too."""
        return self.run("-m", "benchmarks.live.accounts", "session", str(others)).strip()

    def make_sessions(self, count: int) -> list[str]:
        """The keys of sessions of so many new superusers."""
        return self.run("-m", "benchmarks.live.accounts", "sessions", str(count)).split()

    def manage(self, *arguments: str) -> str:
        """What a management command prints about this server's data. Raises CommandFailedError."""
        return self.run("manage.py", *arguments)

    def run(self, *arguments: str) -> str:
        """What Python prints with these arguments on this server's data. Raises CommandFailedError."""
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.whole_environment, check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise CommandFailedError(f"{' '.join(arguments)}: {done.stderr[-2000:]}")
        return done.stdout

    def start(self) -> float:
        """Starts it and waits until it is ready; returns the seconds that took. Raises RuntimeError."""
        self.port = free_port()
        began = time.perf_counter()
        with self.log.open("ab") as log:
            command = serve_command(self.port, self.program)
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.whole_environment, stdout=log, stderr=log)
        try:
            self.alive_s = client.wait_until_ready(self.port)
        except TimeoutError as error:
            raise RuntimeError(f"{error} {self.log.read_text()[-2000:]}") from error
        return time.perf_counter() - began

    def kill(self, by: signal.Signals = signal.SIGKILL) -> None:
        """Ends it by a signal that it does not expect."""
        self._running.send_signal(by)
        self._running.wait(60)

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Ends it as an operator would; returns its exit status."""
        self._running.send_signal(by)
        return self._running.wait(60)

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        timeout_s: float = 90,
    ) -> Response:
        """The answer to its account, unless `headers` say otherwise; a body is JSON unless they do."""
        sent = {"Content-Type": "application/json", **self.authorization, **(headers or {})}
        return client.request(self.port, method, path, body=body, headers=sent, timeout_s=timeout_s)

    def upload(self, photo: bytes, *, key: str = "", timeout_s: float = 90) -> Response:
        headers = {"Content-Type": CONTENT_TYPE, **({"Idempotency-Key": key} if key else {})}
        return self.request("POST", PREDICTIONS, multipart(photo), headers, timeout_s=timeout_s)

    def has(self, key: str, photo: bytes) -> bool:
        """Whether the prediction has this very photo."""
        return self.request("GET", f"{PREDICTIONS}{key}/image/").body == photo

    @property
    def whole_environment(self) -> dict[str, str]:
        """All that its commands see."""
        temporary = self.home / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        folders = {"DATA_DIR": str(self.home), "TMPDIR": str(temporary), "PATH": os.environ["PATH"]}
        return {**ENVIRONMENT, **folders, **self.environment}

    @property
    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Token {self.token}"} if self.token else {}

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def media(self) -> Path:
        return self.home / "media"

    @property
    def database(self) -> Path:
        return self.home / "db.sqlite3"

    @property
    def files(self) -> list[Path]:
        """All files of photos under media/, half-written ones too; not its marker, nor its trash."""
        return [path for path in self.media.rglob("*") if path.is_file() and not self._is_hidden(path)]

    def count_rows(self) -> int:
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            return int(database.execute("SELECT COUNT(*) FROM classifier_prediction").fetchone()[0])

    def resident_mib(self) -> float:
        """The memory that is the process's own or shared, in MiB."""
        return processes.resident_mib(self._running.pid)

    def peak_mib(self, photo: bytes) -> float:
        """The most of it while the server works on a photo. Raises RuntimeError when it is not stored."""
        processes.forget_peak(self._running.pid)
        answer = self.upload(photo)
        if answer.status != 201:
            raise RuntimeError(answer.body.decode())
        return processes.peak_mib(self._running.pid)

    def _is_hidden(self, path: Path) -> bool:
        return path.relative_to(self.media).parts[0].startswith(".")

    @property
    def _running(self) -> "subprocess.Popen[bytes]":
        if self.process is None:
            raise RuntimeError("The server was not started.")
        return self.process


@contextlib.contextmanager
def serving(server: LiveServer) -> Iterator[LiveServer]:
    """Starts a server that was prepared, and ends it however often it was ended and started again meanwhile."""
    try:
        server.start()
        yield server
    finally:
        if server.process and server.process.poll() is None:
            server.kill()


@contextlib.contextmanager
def running(
    *,
    home: Path | None = None,
    model: Path | None = None,
    program: tuple[str, ...] = ("manage.py",),
    environment: Mapping[str, str] | None = None,
) -> Iterator[LiveServer]:
    """A new server that is ready, with an account; its home goes with it unless one was given."""
    folder = home or Path(tempfile.mkdtemp(prefix="live-server-"))
    server = LiveServer(folder, environment or {}, program)
    try:
        server.prepare(model)
        with serving(server):
            yield server
    finally:
        if home is None:
            shutil.rmtree(folder, ignore_errors=True)


def serve_command(port: int, program: tuple[str, ...] = ("manage.py",)) -> list[str]:
    return [sys.executable, *program, "serve", "--port", str(port)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
