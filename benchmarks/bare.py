"""The limit: the project's own decoding, preprocessing and engine called from threads; no HTTP, nothing stored.

`python -m benchmarks.bare MODEL_FOLDER PHOTO CLIENTS SECONDS [THREADS]` prints its figures as JSON; without THREADS,
it tries which number does most.
"""

import itertools
import json
import os
import sys
import threading
import time
from pathlib import Path

from benchmarks.live.processes import cpu_s, memory_mib
from benchmarks.results import quantile
from classifier.inference.images.decoding import decode_photo
from classifier.inference.images.renditions import decoding_side_px
from classifier.inference.service import ClassifierService

TRIAL_S = 2.0


def main() -> None:
    folder, photo, clients, seconds, *given = sys.argv[1:]
    began = time.perf_counter()
    service = ClassifierService.open(Path(folder))
    data = Path(photo).read_bytes()
    classify(service, data)
    cold_start_s = time.perf_counter() - began
    threads = int(given[0]) if given else best_threads(service, data, int(clients))
    cpu_before = cpu_s(os.getpid())
    times_s, wall_s = run(service, data, threads=threads, seconds=float(seconds))
    figures = {
        "photos_per_s": len(times_s) / wall_s,
        "p50_ms": quantile(times_s, 0.5) * 1000,
        "p99_ms": quantile(times_s, 0.99) * 1000,
        "cpu_s_per_photo": (cpu_s(os.getpid()) - cpu_before) / len(times_s),
        "memory_mib": memory_mib(os.getpid()),
        "cold_start_s": cold_start_s,
        "threads": threads,
    }
    print(json.dumps(figures))


def best_threads(service: ClassifierService, data: bytes, clients: int) -> int:
    """How many threads do most in a short trial; one client can keep only one busy."""
    if clients == 1:
        return 1
    cores = os.cpu_count() or 1
    choices = sorted({min(threads, clients) for threads in (cores, cores + 1, 2 * cores, 4 * cores)})
    return max(choices, key=lambda threads: len(run(service, data, threads=threads, seconds=TRIAL_S)[0]))


def run(service: ClassifierService, data: bytes, *, threads: int, seconds: float) -> tuple[list[float], float]:
    """How long each photo took, and all of them together, in seconds."""
    began = time.perf_counter()
    times_s: list[float] = []

    def work() -> None:
        while time.perf_counter() - began < seconds:
            start = time.perf_counter()
            classify(service, data)
            times_s.append(time.perf_counter() - start)

    workers = [threading.Thread(target=work) for _ in itertools.repeat(None, threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return times_s, time.perf_counter() - began


def classify(service: ClassifierService, data: bytes) -> None:
    """One photo, as large as the server decodes it for network and thumbnail."""
    _, image = decode_photo(data, shorter_side_px=decoding_side_px(service.shorter_side_px))
    service.classify(image, top_k=5)


if __name__ == "__main__":
    main()
