"""Measurements: what a server did with photos of one size from so many clients."""

import contextlib
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import partial
from statistics import median

from benchmarks.live import client, processes
from benchmarks.live.server import free_port
from benchmarks.load import put_under_load
from benchmarks.models import model_folder
from benchmarks.peers.servers import MeasuredServer
from benchmarks.results import ROOT
from benchmarks.samples import FOLDER, body, photo

START_TIMEOUT_S = 300
WARM_UP_S = 2
IDLE_TIMEOUT_S, IDLE_PART = 60, 0.1


@dataclass(frozen=True, slots=True)
class Figures:
    """`generator_cpu` is the part of one core that wrk took; `wrong` counts answers other than 2xx and broken ones."""

    photos_per_s: float
    p50_ms: float
    p99_ms: float
    cpu_s_per_photo: float
    memory_mib: float
    generator_cpu: float = 0.0
    wrong: int = 0


@dataclass
class Running:
    """A server that has answered its first photo, `cold_start_s` after it was started."""

    server: MeasuredServer
    process: "subprocess.Popen[bytes]"
    port: int
    authorization: str
    cold_start_s: float

    def measure(self, *, size: str, clients: int, seconds: float) -> Figures:
        url = f"http://127.0.0.1:{self.port}{self.server.path}"
        put = partial(put_under_load, url, body=body(size), clients=clients, authorization=self.authorization)
        put(seconds=WARM_UP_S)
        wait_until_idle(self.process.pid)
        cpu_before = processes.cpu_s(self.process.pid)
        load = put(seconds=seconds)
        cpu_s = processes.cpu_s(self.process.pid) - cpu_before
        wait_until_idle(self.process.pid)
        return Figures(
            photos_per_s=load.answered / load.seconds,
            p50_ms=load.p50_ms,
            p99_ms=load.p99_ms,
            cpu_s_per_photo=cpu_s / max(1, load.answered),
            memory_mib=processes.memory_mib(self.process.pid),
            generator_cpu=load.generator_cpu_s / load.seconds,
            wrong=load.wrong,
        )


@dataclass
class Bare:
    """The limit: the project's own steps called from threads; the best number of threads is found once for each."""

    model: str
    _threads: dict[tuple[str, int], int] = field(default_factory=dict)

    def measure(self, *, size: str, clients: int, seconds: float) -> Figures:
        command = [sys.executable, "-m", "benchmarks.bare", str(model_folder(self.model)), str(photo(size))]
        threads = [str(known)] if (known := self._threads.get((size, clients))) else []
        command += [str(clients), str(seconds), *threads]
        found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
        self._threads[size, clients] = found["threads"]
        return Figures(**{part.name: found[part.name] for part in fields(Figures) if part.name in found})


@contextmanager
def running(name: str, server: MeasuredServer, *, model: str) -> Iterator[Running]:
    """Starts a server, waits for its first answer, and ends it with all its children."""
    prepared = server.prepare(model)
    port = free_port()
    command = server.command(port)
    log_path = FOLDER / "logs" / f"{name}.log"
    log_path.parent.mkdir(parents=True, exist_ok=True)
    with log_path.open("wb") as log:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=dict(prepared.environment), stdout=log, stderr=log)
    try:
        started = Running(server, process, port, prepared.authorization, cold_start_s=0.0)
        wait_for_an_answer(started)
        started.cold_start_s = time.perf_counter() - began
        yield started
    finally:
        processes.end(process)


def wait_for_an_answer(running: Running) -> None:
    """Sends a photo again until it is answered well. Raises RuntimeError when the server ends or takes too long."""
    content = body("1024").read_bytes()
    authorization = {"Authorization": running.authorization} if running.authorization else {}
    headers = {"Content-Type": client.CONTENT_TYPE, **authorization}
    until = time.monotonic() + START_TIMEOUT_S
    said = "nothing"
    while running.process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            answer = client.request(
                running.port, "POST", running.server.path, body=content, headers=headers, timeout_s=START_TIMEOUT_S
            )
            if answer.status in (200, 201):
                return
            said = f"{answer.status} {answer.body[:200]!r}"
        time.sleep(0.02)
    raise RuntimeError(f"{running.server.title} answers {said}; see {FOLDER / 'logs'}.")


def wait_until_idle(pid: int) -> None:
    """Lets a server finish what wrk left behind, which else would slow whoever is measured next."""
    until = time.monotonic() + IDLE_TIMEOUT_S
    before_s = processes.cpu_s(pid)
    while time.monotonic() < until:
        time.sleep(0.5)
        now_s = processes.cpu_s(pid)
        if now_s - before_s < IDLE_PART * 0.5:
            return
        before_s = now_s


def median_of(rounds: list[Figures]) -> Figures:
    """The median of each figure; wrong answers are added up."""
    of_all = {part.name: [getattr(figures, part.name) for figures in rounds] for part in fields(Figures)}
    return Figures(**{name: sum(values) if name == "wrong" else median(values) for name, values in of_all.items()})
