"""Measurements: what a contestant did with photos of one size from so many clients."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import partial
from statistics import median
from typing import Any

from benchmarks import material, processes
from benchmarks.load import CONTENT_TYPE, put_under_load
from benchmarks.peers.contestants import Contestant
from benchmarks.results import ROOT
from benchmarks.serving import free_port, send

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

    contestant: Contestant
    process: "subprocess.Popen[bytes]"
    address: str
    authorization: str
    cold_start_s: float

    def measure(self, *, size: str, clients: int, seconds: float) -> Figures:
        url, body = self.address + self.contestant.path, material.body(size)
        put = partial(put_under_load, url, body=body, clients=clients, authorization=self.authorization)
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
    """The limit: the project's own steps called from threads; the best number of threads is found once a cell."""

    _threads: dict[tuple[str, int], int] = field(default_factory=dict)

    def measure(self, *, size: str, clients: int, seconds: float) -> Figures:
        known = self._threads.get((size, clients))
        told: list[object] = [
            material.model_folder(),
            material.photo(size),
            clients,
            seconds,
            *([known] if known else []),
        ]
        command = [sys.executable, "-m", "benchmarks.bare", *map(str, told)]
        found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
        self._threads[size, clients] = found["threads"]
        return Figures(**{part.name: found[part.name] for part in fields(Figures) if part.name in found})


@contextmanager
def running(name: str, contestant: Contestant) -> Iterator[Running]:
    """Starts a server, waits for its first answer, and ends it with all its children."""
    prepared = contestant.prepare()
    port = free_port()
    command = contestant.command(port)
    log_path = material.FOLDER / "logs" / f"{name}.log"
    log_path.parent.mkdir(parents=True, exist_ok=True)
    with log_path.open("wb") as log:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=dict(prepared.environment), stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        first_answer(address + contestant.path, prepared.authorization, process)
        yield Running(contestant, process, address, prepared.authorization, time.perf_counter() - began)
    finally:
        processes.end(process)


def first_answer(url: str, authorization: str, process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    """The first answer to a photo, sent again until there is one. Raises RuntimeError when none comes."""
    photo = material.body("1024").read_bytes()
    headers = {"Content-Type": CONTENT_TYPE, **({"Authorization": authorization} if authorization else {})}
    until = time.monotonic() + START_TIMEOUT_S
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError):
            return send(url, photo, headers, timeout_s=START_TIMEOUT_S)
        time.sleep(0.02)
    raise RuntimeError(f"No answer from {url}; see {material.FOLDER / 'logs'}.")


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


def middle(rounds: list[Figures]) -> Figures:
    """The median of each figure; wrong answers are added up."""
    of_all = {part.name: [getattr(figures, part.name) for figures in rounds] for part in fields(Figures)}
    return Figures(**{name: sum(values) if name == "wrong" else median(values) for name, values in of_all.items()})
