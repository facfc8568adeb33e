"""How soon the server is ready with ResNet-50, and where its memory stays after thousands of mixed photos."""

import argparse
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from statistics import median

from benchmarks import material, processes
from benchmarks.load import CONTENT_TYPE, multipart
from benchmarks.peers.cells import Running, running
from benchmarks.peers.contestants import CONTESTANTS
from benchmarks.peers.report import Ratio
from benchmarks.results import write_result
from benchmarks.serving import free_port, send, wait_until_ready

STARTS, CLIENTS = 3, 8
SIZES = ((640, 480, 60_000), (1024, 768, 150_000), (1600, 1200, 400_000), (4032, 3024, 2_400_000))
EVERY_LARGE = 40
"""One in so many photos is a 12-Mpx one; the others take turns."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.endurance", description=__doc__)
    parser.add_argument("--first", type=int, default=1000, help="photos, after which memory is looked at")
    parser.add_argument("--more", type=int, default=5000, help="photos, over which it may not grow")
    options = parser.parse_args()
    ready_s = median(time_to_ready_s() for _ in range(STARTS))
    with running("endurance", CONTESTANTS["server"]) as server:
        send_photos(server, range(options.first))
        before = resident_mib(server)
        send_photos(server, range(options.first, options.first + options.more))
        after = resident_mib(server)
    promises = [
        Ratio("seconds from start to /readyz", ready_s, 3.0, at_most=True),
        Ratio(f"resident MiB after {options.first:,} mixed photos", before, 450, at_most=True),
        Ratio(f"MiB that {options.more:,} more add", after - before, 30, at_most=True),
    ]
    print(*promises, sep="\n")
    figures = {"ready_s": ready_s, "first": options.first, "more": options.more}
    write_result("endurance", {**figures, "first_mib": before, "grown_mib": after - before})


def time_to_ready_s() -> float:
    """From the start of the server's process, with the model installed, to a 200 of /readyz."""
    contestant = CONTESTANTS["server"]
    prepared, port = contestant.prepare(), free_port()
    silent = subprocess.DEVNULL
    began = time.perf_counter()
    process = subprocess.Popen(contestant.command(port), env=dict(prepared.environment), stdout=silent, stderr=silent)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}")
        return time.perf_counter() - began
    finally:
        processes.end(process)


def send_photos(server: Running, numbers: range) -> None:
    """Sends them from a few clients, and waits until all are stored."""
    url = server.address + server.contestant.path
    headers = {"Content-Type": CONTENT_TYPE, "Authorization": server.authorization}
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda number: send(url, body(number), headers, timeout_s=120), numbers))


def body(number: int) -> bytes:
    """A form with a photo of its own bytes: decoders stop at the end marker."""
    size = 3 if number % EVERY_LARGE == 0 else number % 3
    return multipart(photo(size) + f"photo {number}".encode())


@cache
def photo(size: int) -> bytes:
    return material.make_photo(*SIZES[size])


def resident_mib(server: Running) -> float:
    """What `ps` shows as RSS."""
    status = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main()
