"""Thousands of uploads, and the largest ones allowed: memory stays where it was."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from faults.finding import Finding
from faults.photos import photo
from faults.server import Server, running

FIRST, MORE, CLIENTS = 1000, 5000, 8
SIZES = ((640, 480), (1024, 768), (1600, 1200), (4032, 3024))


def run() -> list[Finding]:
    with running(CLASSIFIER_MAX_WAITING_PHOTOS="64") as server:
        idle = server.resident_mib()
        largest = _peak_of(server, photo(1, width=8000, height=6000))
        _send(server, range(FIRST))
        before = server.resident_mib()
        _send(server, range(FIRST, FIRST + MORE))
        after = server.resident_mib()
    return [
        Finding("memory: one 48-megapixel photo above idle", f"{largest - idle:.0f} MiB", largest - idle <= 250),
        Finding(f"memory after {FIRST:,} mixed uploads", f"{before:.0f} MiB", before <= 450),
        Finding(f"memory: growth over {MORE:,} more", f"{after - before:+.0f} MiB", after - before <= 30),
    ]


def _send(server: Server, numbers: range) -> None:
    def send(number: int) -> int:
        width, height = SIZES[3] if number % 40 == 0 else SIZES[number % 3]
        return server.upload(photo(number, width=width, height=height)).status

    with ThreadPoolExecutor(CLIENTS) as pool:
        statuses = set(pool.map(send, numbers))
    assert statuses == {201}, statuses


def _peak_of(server: Server, data: bytes) -> float:
    """The most memory the server had while it worked on a photo, in MiB."""
    done, peak = threading.Event(), server.resident_mib()

    def watch() -> None:
        nonlocal peak
        while not done.is_set():
            peak = max(peak, server.resident_mib())
            time.sleep(0.002)

    thread = threading.Thread(target=watch)
    thread.start()
    answer = server.upload(data)
    done.set()
    thread.join()
    assert answer.status == 201, answer.body
    return peak


if __name__ == "__main__":
    print(*run(), sep="\n")
