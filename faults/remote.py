"""The network on Ray Serve: the same digits, a replica killed, a version rolled over, too much load, two replicas."""

import os
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.live.client import Response
from benchmarks.live.photos import photo
from benchmarks.live.pinned import photos_per_s
from benchmarks.live.ray_networks import RayNetworks, ray_networks
from benchmarks.live.server import LiveServer, running
from benchmarks.models import EFFICIENTNET_LITE0, RESNET152, model_folder
from classifier.errors import BusyError, ClassifierError
from classifier.inference.engines import Engine, open_engine
from classifier.inference.packaging.folders import content_version
from classifier.inference.packaging.manifests import read_manifest, write_manifest
from classifier.inference.types import ModelRef, Pixels, RemoteModel, RemoteServer
from faults.finding import Finding

REPLICAS = 2
PER_S, REQUESTS = 10, 330
KILL_AFTER_S, POLLED_S = 10.0, 4.0
PHOTOS = 24
CALLERS_OF_A_REPLICA, WARMED_S, MEASURED_S, ROUNDS = 2, 3.0, 10.0, 3
"""One whose photo is in work, and one whose is on its way; more would be told to come again, and would, at once."""
PARALLEL = 60
WANTED_GAIN = 1.8
ROOM = {"CLASSIFIER_MAX_CONCURRENT_PHOTOS": "16", "CLASSIFIER_MAX_WAITING_PHOTOS": "128"}
"""For the seconds in which new replicas start on the same cores; places are cheap where the network is elsewhere."""


def run() -> list[Finding]:
    lite0 = model_folder(EFFICIENTNET_LITE0)
    with ray_networks(lite0, replicas=REPLICAS, at_most=2 * REPLICAS) as networks:
        found = [_digits(networks, lite0), _sheds_load(networks, lite0)]
        with _server(networks, lite0) as server:
            found += [_kills_a_replica(networks, server), _rolls_over(networks, server, lite0)]
    return [*found, _gain(model_folder(RESNET152))]


def _digits(networks: RayNetworks, folder: Path) -> Finding:
    size = read_manifest(folder).preprocessing
    pixels = np.random.default_rng(1).uniform(-1, 1, (PHOTOS, size.height_px, size.width_px, 3)).astype(np.float32)
    ours, theirs = (
        engine.predict(pixels) for engine in (open_engine("openvino", folder, size), _remote(networks, folder))
    )
    equal = int((ours == theirs).all(axis=1).sum())
    return Finding("the same digits as the local engine", f"{equal} of {PHOTOS} photos", equal == PHOTOS)


def _sheds_load(networks: RayNetworks, folder: Path) -> Finding:
    engine, size = _remote(networks, folder), read_manifest(folder).preprocessing
    pixels = np.zeros((size.height_px, size.width_px, 3), np.float32)
    began = time.monotonic()
    with ThreadPoolExecutor(PARALLEL) as callers:
        results = Counter(callers.map(lambda _: _outcome(engine, pixels), range(10 * PARALLEL)))
    seconds = time.monotonic() - began
    return Finding(
        "more than it can do: answered, or busy with a Retry-After",
        f"{PARALLEL} at a time: {dict(results)} in {seconds:.0f} s",
        results["answered"] > 0 and set(results) <= {"answered", "busy"},
    )


def _kills_a_replica(networks: RayNetworks, server: LiveServer) -> Finding:
    timer = threading.Timer(KILL_AFTER_S, networks.kill_a_replica)
    timer.start()
    statuses = _send_steadily(server)
    timer.join()
    return Finding(
        f"kill -9 of one of {REPLICAS} replicas at {PER_S} photos a second: none fails",
        f"{dict(statuses)} of {REQUESTS}; {len(networks.replicas())} replicas afterwards",
        statuses == {"201": REQUESTS},
    )


def _rolls_over(networks: RayNetworks, server: LiveServer, old: Path) -> Finding:
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as beside:
        new = _other_version(old, Path(folder))
        rollover: Future[None] = beside.submit(_roll_over, networks, server, old, new)
        statuses = _send_steadily(server, until=rollover.done)
        rollover.result()
        served = server.request("GET", "/readyz").json()["model"]["version"]
        last = server.upload(photo(9999)).status
    sent = sum(statuses.values())
    return Finding(
        f"another version takes over at {PER_S} photos a second: none fails",
        f"{dict(statuses)} of {sent}; {served} serves, the old one has ended, then {last}",
        statuses == {"201": sent} and new.name.endswith(served) and last == 201,
    )


def _roll_over(networks: RayNetworks, server: LiveServer, old: Path, new: Path) -> None:
    """As docs/scaling.md says it."""
    networks.serve(old, new, replicas=REPLICAS)
    server.manage("install_model", str(new), "--activate")
    time.sleep(POLLED_S)
    networks.serve(new, replicas=REPLICAS)


def _gain(folder: Path) -> Finding:
    """One replica and two in turn, so that a busy moment of the machine meets both; a Ray that waits costs, too.

    The load and Ray's proxy want a core beside the replicas'. A machine that has none says how far it gets, and how far
    it would with nothing but the network; the large one leaves them a small part of its cores.
    """
    counts = (1, REPLICAS)
    rates = [{count: _photos_per_s(folder, replicas=count) for count in counts} for _ in range(ROUNDS)]
    one, several = (median(rate[count] for rate in rates) for count in counts)
    gain = median(rate[REPLICAS] / rate[1] for rate in rates)
    cores = sorted(os.sched_getaffinity(0))[:REPLICAS]
    alone = [
        {count: photos_per_s(folder, cores=cores[:count], seconds=MEASURED_S) for count in counts} for _ in range(2)
    ]
    at_most = median(rate[REPLICAS] / rate[1] for rate in alone)
    has_cores = (os.cpu_count() or 1) > REPLICAS
    return Finding(
        f"{REPLICAS} replicas with a core each, ResNet-152: {WANTED_GAIN} times the photos of one",
        f"{one:.1f} and {several:.1f} photos/s, {gain:.2f} times on {os.cpu_count()} cores; "
        f"with nothing but the network {at_most:.2f} times",
        gain >= WANTED_GAIN or (False if has_cores else None),
    )


def _photos_per_s(folder: Path, *, replicas: int) -> float:
    size = read_manifest(folder).preprocessing
    pixels = np.zeros((size.height_px, size.width_px, 3), np.float32)
    callers = replicas * CALLERS_OF_A_REPLICA
    with (
        ray_networks(folder, replicas=replicas, at_most=replicas, options=["--pinned"]) as networks,
        ThreadPoolExecutor(callers) as pool,
    ):
        engine = _remote(networks, folder)
        _count_until(engine, pixels, time.monotonic() + WARMED_S)
        until = time.monotonic() + MEASURED_S
        return sum(pool.map(lambda _: _count_until(engine, pixels, until), range(callers))) / MEASURED_S


def _count_until(engine: Engine, pixels: Pixels, until: float) -> int:
    count = 0
    while time.monotonic() < until:
        count += _outcome(engine, pixels) == "answered"
    return count


def _outcome(engine: Engine, pixels: Pixels) -> str:
    try:
        engine.start(pixels)()
    except BusyError as error:
        return "busy" if error.retry_after_s else "busy without Retry-After"
    except ClassifierError as error:
        return type(error).__name__
    return "answered"


def _told(answer: Response) -> str:
    return f"{answer.status} {answer.code}".strip()


def _send_steadily(server: LiveServer, until: Callable[[], bool] = lambda: True) -> "Counter[str]":
    """The statuses and codes of `REQUESTS` photos at least, `PER_S` a second, answered or not."""
    began = time.monotonic()
    sent: list[Future[str]] = []
    with ThreadPoolExecutor(64) as senders:
        while len(sent) < REQUESTS or not until():
            time.sleep(max(0.0, began + len(sent) / PER_S - time.monotonic()))
            sent.append(senders.submit(lambda number: _told(server.upload(photo(number))), len(sent)))
    return Counter(future.result() for future in sent)


@contextmanager
def _server(networks: RayNetworks, folder: Path) -> Iterator[LiveServer]:
    """This project's server, whose network runs there."""
    remote = {"CLASSIFIER_ENGINE": "remote", "CLASSIFIER_REMOTE_URL": networks.url, **ROOM}
    with running(model=folder, environment=remote) as server:
        yield server


def _remote(networks: RayNetworks, folder: Path) -> Engine:
    manifest = read_manifest(folder)
    model = RemoteModel(RemoteServer(networks.url), ModelRef(manifest.name, manifest.version), manifest.classes)
    return open_engine("remote", folder, manifest.preprocessing, remote=model)


def _other_version(old: Path, models_dir: Path) -> Path:
    """The same network with the whole photo squeezed into its input."""
    unnamed = models_dir / "new"
    shutil.copytree(old, unnamed)
    manifest = read_manifest(old)
    preprocessing = replace(manifest.preprocessing, resize="stretch")
    version = content_version(unnamed, preprocessing, manifest.output)
    write_manifest(unnamed, replace(manifest, preprocessing=preprocessing, version=version))
    return unnamed.rename(models_dir / f"{manifest.name}-{version}")


if __name__ == "__main__":
    print(*run(), sep="\n")
