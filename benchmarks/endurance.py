"""How soon the server is ready with a model, and where its memory stays after thousands of mixed photos."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer, serving
from benchmarks.models import EFFICIENTNET_LITE0, RESNET50, add_model_option, available
from benchmarks.results import Promise, parser_of, write_result
from benchmarks.samples import fresh_folder

STARTS, CLIENTS = 3, 8
READY_S, GROWTH_MIB = 3.0, 30
MEMORY_MIB = {RESNET50: 450, EFFICIENTNET_LITE0: 300}
SIZES = ((640, 480), (1024, 768), (1600, 1200), (4032, 3024))
EVERY_LARGE = 40
"""One in so many photos is a 12-Mpx one; the others come in turn."""


def main() -> None:
    parser = parser_of("endurance", __doc__)
    add_model_option(parser)
    parser.add_argument("--first", type=int, default=1000, help="photos, after which memory is looked at")
    parser.add_argument("--more", type=int, default=5000, help="photos, over which it may not grow")
    options = parser.parse_args()
    for model, folder in available(options.model):
        figures = measure(folder, first=options.first, more=options.more)
        print(*promises(model, figures), sep="\n")
        if options.save:
            write_result(f"endurance_{model}", figures)


def measure(model: Path, *, first: int, more: int) -> dict[str, float]:
    """Seconds to start, the memory after the first photos and what more of them add, in MiB."""
    server = LiveServer(fresh_folder("endurance"), {"CLASSIFIER_MAX_WAITING_PHOTOS": "64"})
    server.prepare(model)
    ready_s = median(_time_to_ready_s(server) for _ in range(STARTS))
    with serving(server):
        send_photos(server, range(first))
        first_mib = server.resident_mib()
        send_photos(server, range(first, first + more))
        grown_mib = server.resident_mib() - first_mib
    return {"ready_s": ready_s, "first": first, "more": more, "first_mib": first_mib, "grown_mib": grown_mib}


def promises(model: str, figures: dict[str, float]) -> list[Promise]:
    first, more = f"{figures['first']:,}", f"{figures['more']:,}"
    return [
        Promise(f"{model}: seconds from start to /readyz", figures["ready_s"], READY_S, at_most=True),
        Promise(
            f"{model}: resident MiB after {first} mixed photos", figures["first_mib"], MEMORY_MIB[model], at_most=True
        ),
        Promise(f"{model}: MiB that {more} more add", figures["grown_mib"], GROWTH_MIB, at_most=True),
    ]


def send_photos(server: LiveServer, numbers: range) -> None:
    """Sends them from a few clients, and waits until all are stored. Raises RuntimeError when one is not."""

    def send(number: int) -> int:
        width, height = SIZES[3] if number % EVERY_LARGE == 0 else SIZES[number % 3]
        return server.upload(photo(number, width=width, height=height), timeout_s=120).status

    with ThreadPoolExecutor(CLIENTS) as clients:
        statuses = set(clients.map(send, numbers))
    if statuses - {201}:
        raise RuntimeError(f"Photos were answered with {statuses}.")


def _time_to_ready_s(server: LiveServer) -> float:
    """From the start of the server's process, with the model installed, to a 200 of /readyz."""
    ready_s = server.start()
    server.stop()
    return ready_s


if __name__ == "__main__":
    main()
