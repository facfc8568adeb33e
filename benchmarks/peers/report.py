"""What the measurements say: as a table, and as the ratios that this project promises."""

from dataclasses import dataclass

from benchmarks.models import EFFICIENTNET_LITE0, RESNET50
from benchmarks.peers.measurements import Figures
from benchmarks.peers.servers import SERVERS
from benchmarks.results import Promise

TITLES = {"bare": "bare: no HTTP, no storage", **{name: one.title for name, one in SERVERS.items()}}
PART_OF_BARE = {(RESNET50, "1024"): 0.90, (RESNET50, "12mpx"): 0.85, (EFFICIENTNET_LITE0, "1024"): 0.72}
"""Model and photo size to the part of bare's throughput that the server reaches with 8 clients."""
BEYOND_BARE_MS = {(EFFICIENTNET_LITE0, "1024"): 5.0}
"""Likewise, to the milliseconds of CPU that it takes for a photo beyond bare's."""
TIMES_OTHERS = {"lit_serve": 1.0, "s1": 3.0, "s0": 30.0}
"""Server to how many times its throughput this project reaches with 8 clients."""
MEMORY_OF_S1 = 0.25
OWN_P50_OF_BARE = 1.25


@dataclass(frozen=True, slots=True)
class Measurement:
    """One server's figures for photos of one size from so many clients."""

    name: str
    size: str
    clients: int
    figures: Figures

    def __str__(self) -> str:
        f = self.figures
        return (
            f"{TITLES[self.name]:30}{self.size:>7}{self.clients:8}{f.photos_per_s:10.2f}{f.p50_ms:10.1f}"
            f"{f.p99_ms:10.1f}{f.cpu_s_per_photo * 1000:10.1f}{f.memory_mib:10.0f}{f.generator_cpu:10.1%}{f.wrong:7}"
        )


HEADER = (
    f"{'photo':>7}{'clients':>8}{'photos/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'CPU ms':>10}{'MiB':>10}"
    f"{'wrk CPU':>10}{'wrong':>7}"
)


def print_report(measurements: list[Measurement], cold_starts_s: dict[str, float], *, model: str) -> None:
    """Prints the table and the promises."""
    print("", f"{model:30}{HEADER}", *measurements, sep="\n")
    for name, seconds in cold_starts_s.items():
        print(f"{TITLES[name]:30} cold start to the first answer {seconds:6.1f} s")
    print(*promises(measurements, model=model), sep="\n")


def promises(measurements: list[Measurement], *, model: str) -> list[Promise]:
    """Those promises about a model that the measurements tell about."""
    known = {(one.name, one.size, one.clients): one.figures for one in measurements}
    found = []
    for size in sorted({one.size for one in measurements}):
        alone = {name: known[name, size, 1] for name in TITLES if (name, size, 1) in known}
        crowd = {name: known[name, size, 8] for name in TITLES if (name, size, 8) in known}
        found += [*_of_one_client(size, alone), *_beside_bare(size, crowd, model), *_beside_peers(size, crowd)]
    return found


def _of_one_client(size: str, figures: dict[str, Figures]) -> list[Promise]:
    if not {"server", "bare"} <= figures.keys():
        return []
    ratio = figures["server"].p50_ms / figures["bare"].p50_ms
    return [Promise(f"{size}: one client's p50 / bare's", ratio, OWN_P50_OF_BARE, at_most=True)]


def _beside_bare(size: str, figures: dict[str, Figures], model: str) -> list[Promise]:
    if not {"server", "bare"} <= figures.keys():
        return []
    server, bare = figures["server"], figures["bare"]
    found = []
    if wanted := PART_OF_BARE.get((model, size)):
        found.append(Promise(f"{size}, 8 clients: throughput / bare", server.photos_per_s / bare.photos_per_s, wanted))
    if allowed_ms := BEYOND_BARE_MS.get((model, size)):
        beyond_ms = (server.cpu_s_per_photo - bare.cpu_s_per_photo) * 1000
        found.append(Promise(f"{size}, 8 clients: ms of CPU beyond bare", beyond_ms, allowed_ms, at_most=True))
    return found


def _beside_peers(size: str, figures: dict[str, Figures]) -> list[Promise]:
    server, in_bf16, s1 = (figures.get(name) for name in ("server", "server_bf16", "s1"))
    if server is None:
        return []
    found = [
        Promise(f"{size}, 8 clients: throughput / {TITLES[name]}", server.photos_per_s / peer.photos_per_s, wanted)
        for name, wanted in TIMES_OTHERS.items()
        if (peer := figures.get(name)) and peer.photos_per_s
    ]
    if s1 and in_bf16:
        ratio = in_bf16.photos_per_s / s1.photos_per_s
        found.append(Promise(f"{size}, 8 clients: throughput in bf16 / {TITLES['s1']}", ratio, TIMES_OTHERS["s1"]))
    if s1:
        what = f"{size}, 8 clients: memory / {TITLES['s1']}"
        found.append(Promise(what, server.memory_mib / s1.memory_mib, MEMORY_OF_S1, at_most=True))
    return found
