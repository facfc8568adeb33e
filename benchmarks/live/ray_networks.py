"""`deploy/ray/` as it is started for real, in a folder of its own: to be asked, rolled over, and killed in part."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.live import client, processes
from benchmarks.live.server import free_port
from benchmarks.results import ROOT
from benchmarks.venvs import python_with

REQUIREMENTS = ROOT / "deploy/ray/requirements.txt"
START_TIMEOUT_S = 180
REPLICA = b"ray::ServeReplica"
NETWORK = b":Network"


@dataclass
class RayNetworks:
    """A cluster on this machine that serves model folders."""

    home: Path
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def serve(self, *folders: Path, replicas: int) -> None:
        """Makes these folders serve and no others, while it goes on answering. Raises CalledProcessError."""
        command = [*_command(folders, self.port, replicas), "--address", "auto"]
        subprocess.run(command, cwd=ROOT, env=_environment(self.home), check=True, capture_output=True)

    def replicas(self) -> list[int]:
        """The processes of the networks."""
        return [pid for pid in processes.tree(self.process.pid) if _is_replica(pid)]

    def kill_a_replica(self) -> None:
        os.kill(self.replicas()[0], signal.SIGKILL)


@contextlib.contextmanager
def ray_networks(folder: Path, *, replicas: int, at_most: int, options: Sequence[str] = ()) -> Iterator[RayNetworks]:
    """A cluster with so many replicas of a model folder, and room for `at_most` of all. Raises RuntimeError."""
    home = Path(tempfile.mkdtemp(prefix="ray-", dir="/tmp"))
    port = free_port()
    command = [*_command([folder], port, replicas), "--replicas-at-most", str(at_most), *options]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=_environment(home), stdout=log, stderr=log)
    networks = RayNetworks(home, port, process)
    try:
        _wait_until_ready(networks, folder, replicas)
        yield networks
    finally:
        processes.end(process)
        shutil.rmtree(home, ignore_errors=True)


def _command(folders: Sequence[Path], port: int, replicas: int) -> list[str]:
    python = python_with(REQUIREMENTS, "deploy_ray")
    counts = ["--min-replicas", str(replicas), "--max-replicas", str(replicas)]
    return [python, "-m", "deploy.ray.serve", *map(str, folders), "--port", str(port), *counts]


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "RAY_TMPDIR": str(home), "HOME": str(home), "PYTHONPATH": str(ROOT)}


def _wait_until_ready(networks: RayNetworks, folder: Path, replicas: int) -> None:
    name, _, version = folder.name.rpartition("-")
    path = f"/v2/models/{name}/versions/{version}/ready"
    until = time.monotonic() + START_TIMEOUT_S
    while networks.process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if client.request(networks.port, "GET", path).status == 200 and len(networks.replicas()) == replicas:
                return
        time.sleep(0.2)
    raise RuntimeError(f"Ray Serve did not start: {(networks.home / 'log').read_text()[-2000:]}")


def _is_replica(pid: int) -> bool:
    try:
        title = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return title.startswith(REPLICA) and NETWORK in title
