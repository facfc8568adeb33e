"""Side by side, in one run: this project's server, what it can reach at most, and its peers.

`python -m benchmarks.peers --only server bare --clients 8 --size 1024 --seconds 5` measures that much alone.
"""

import argparse
import os
from contextlib import ExitStack
from dataclasses import asdict

from benchmarks import material
from benchmarks.load import ensure_wrk
from benchmarks.peers.cells import Bare, Figures, Running, middle, running
from benchmarks.peers.contestants import CONTESTANTS
from benchmarks.peers.report import Cell, tell
from benchmarks.results import write_result

GROUPS = (("bare", "least", "server", "server_bf16", "lit_serve"), ("ray_serve",), ("s1",), ("s0",))
"""Who runs at the same time and is measured in turn, so that a busy moment of the machine meets all of them."""
LEAST_PHOTOS = {"s0": 20}
"""Seconds at least for those who take seconds for a photo."""


def main() -> None:
    options = parse_options()
    ensure_wrk()
    cells: list[Cell] = []
    cold_starts_s: dict[str, float] = {}
    for group in GROUPS:
        names = [name for name in group if name in options.only]
        with ExitStack() as stack:
            contestants: dict[str, Bare | Running] = {}
            for name in names:
                if name == "bare":
                    contestants[name] = Bare()
                    continue
                started = stack.enter_context(running(name, CONTESTANTS[name]))
                cold_starts_s[name] = started.cold_start_s
                contestants[name] = started
            cells += measure(contestants, options)
    tell(cells, cold_starts_s)
    if options.save:
        figures = {"cells": [asdict(cell) for cell in cells], "cold_start_s": cold_starts_s}
        write_result("peers", {"seconds": options.seconds, "rounds": options.rounds, **figures})


def measure(contestants: dict[str, Bare | Running], options: argparse.Namespace) -> list[Cell]:
    """Every size and number of clients; all contestants in turn, `rounds` times."""
    cells = []
    for size in options.size:
        for clients in options.clients:
            rounds: dict[str, list[Figures]] = {name: [] for name in contestants if takes(name, clients)}
            for _ in range(options.rounds):
                for name, figures in rounds.items():
                    os.sync()  # what the one before stored is not written in this one's time
                    seconds = max(options.seconds, LEAST_PHOTOS.get(name, 0))
                    figures.append(contestants[name].measure(size=size, clients=clients, seconds=seconds))
            for name, figures in rounds.items():
                cells.append(Cell(name, size, clients, middle(figures)))
                print(cells[-1], flush=True)
    return cells


def takes(name: str, clients: int) -> bool:
    return name == "bare" or clients in CONTESTANTS[name].clients


def parse_options() -> argparse.Namespace:
    known = ["bare", *CONTESTANTS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=known, default=known)
    parser.add_argument("--size", nargs="+", choices=list(material.SIZES), default=list(material.SIZES))
    parser.add_argument("--clients", nargs="+", type=int, default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=5, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=2, help="of which the median counts")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/peers.json, for `make bench`")
    return parser.parse_args()


if __name__ == "__main__":
    main()
