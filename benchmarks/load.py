"""The load: wrk, which sends a body made once over many connections and is never the bottleneck."""

import json
import os
import resource
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks.live.client import CONTENT_TYPE

SCRIPT = Path(__file__).with_name("post.lua")
ANSWER_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: photos answered well, and all others; CPU seconds are the generator's own."""

    answered: int
    wrong: int
    seconds: float
    p50_ms: float
    p99_ms: float
    generator_cpu_s: float


def ensure_wrk() -> None:
    """Ends the program, saying how to get it, where there is no wrk."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing, which makes the load: apt install wrk, or brew install wrk.")


def put_under_load(url: str, *, body: Path, clients: int, seconds: float, authorization: str = "") -> Load:
    """So many clients, each sending the photo again as soon as it is answered."""
    command = ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", f"--timeout={ANSWER_TIMEOUT_S}s"]
    environment = {**os.environ, "BODY": str(body), "CONTENT_TYPE": CONTENT_TYPE, "AUTHORIZATION": authorization}
    before = _children_cpu_s()
    done = subprocess.run(
        [*command, "-s", str(SCRIPT), url], env=environment, check=True, capture_output=True, text=True
    )
    generator_cpu_s = _children_cpu_s() - before
    found = json.loads(done.stdout.strip().rpartition("\n")[2])
    return Load(
        answered=found["answered"] - found["refused"],
        wrong=found["refused"] + found["failed"],
        seconds=found["seconds"],
        p50_ms=found["p50_ms"],
        p99_ms=found["p99_ms"],
        generator_cpu_s=generator_cpu_s,
    )


def _children_cpu_s() -> float:
    """Of children that have ended: servers under measurement still run, so that wrk alone is added."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
