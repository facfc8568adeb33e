"""What the measurements say: as a table, and as the ratios that this project promises."""

from dataclasses import dataclass

from benchmarks.peers.cells import Figures
from benchmarks.peers.contestants import CONTESTANTS
from benchmarks.results import verdict

TITLES = {"bare": "bare: no HTTP, no storage", **{name: one.title for name, one in CONTESTANTS.items()}}


@dataclass(frozen=True, slots=True)
class Cell:
    """One contestant's figures for photos of one size from so many clients."""

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
    f"{'':30}{'photo':>7}{'clients':>8}{'photos/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'CPU ms':>10}{'MiB':>10}"
    f"{'wrk CPU':>10}{'wrong':>7}"
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A promise: `found` must be at least `wanted`, or at most when `at_most`."""

    what: str
    found: float
    wanted: float
    at_most: bool = False

    @property
    def is_kept(self) -> bool:
        return self.found <= self.wanted if self.at_most else self.found >= self.wanted

    def __str__(self) -> str:
        sign = "≤" if self.at_most else "≥"
        return f"{verdict(is_kept=self.is_kept)} {self.what:66}{self.found:8.2f} {sign} {self.wanted:g}"


def tell(cells: list[Cell], cold_starts_s: dict[str, float]) -> list[Ratio]:
    """Prints the table and the ratios."""
    print("", HEADER, *cells, sep="\n")
    for name, seconds in cold_starts_s.items():
        print(f"{TITLES[name]:30} cold start to the first answer {seconds:6.1f} s")
    found = ratios(cells)
    print(*found, sep="\n")
    return found


def ratios(cells: list[Cell]) -> list[Ratio]:
    """Those promises that the measured cells tell about."""
    known = {(cell.name, cell.size, cell.clients): cell.figures for cell in cells}
    found = []
    for size, part_of_bare in (("1024", 0.90), ("12mpx", 0.85)):
        server, in_bf16, bare, lit_serve, s1, s0 = (
            known.get((name, size, 8)) for name in ("server", "server_bf16", "bare", "lit_serve", "s1", "s0")
        )
        alone, bare_alone = known.get(("server", size, 1)), known.get(("bare", size, 1))
        if alone and bare_alone:
            what = f"{size}: one client's p50 / decode + preprocess + inference"
            found.append(Ratio(what, alone.p50_ms / bare_alone.p50_ms, 1.25, at_most=True))
        if server is None:
            continue
        for peer, name, wanted in (
            (bare, "bare", part_of_bare),
            (lit_serve, "LitServe", 1.0),
            (s1, "S1", 3.0),
            (s0, "S0", 30.0),
        ):
            if peer and peer.photos_per_s:
                what = f"{size}, 8 clients: throughput / {name}"
                found.append(Ratio(what, server.photos_per_s / peer.photos_per_s, wanted))
        if s1 and in_bf16:
            what = f"{size}, 8 clients: throughput in bf16 / S1"
            found.append(Ratio(what, in_bf16.photos_per_s / s1.photos_per_s, 3.0))
        if s1:
            what = f"{size}, 8 clients: memory / S1"
            found.append(Ratio(what, server.memory_mib / s1.memory_mib, 0.25, at_most=True))
    return found
