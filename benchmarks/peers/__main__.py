"""Side by side, in one run: this project's server, what it can reach at most, and its peers.

`python -m benchmarks.peers --only server bare --clients 8 --size 1024 --seconds 5` measures that much alone.
"""

import os
from argparse import Namespace
from contextlib import ExitStack
from dataclasses import asdict

from benchmarks.load import ensure_wrk
from benchmarks.models import add_model_option, available
from benchmarks.peers.measurements import Bare, Figures, Running, median_of, running
from benchmarks.peers.report import Measurement, print_report
from benchmarks.peers.servers import SERVERS
from benchmarks.results import parser_of, write_result
from benchmarks.samples import SIZES

GROUPS = (("bare", "minimal", "server", "server_bf16", "lit_serve"), ("ray_serve",), ("s1",), ("s0",))
"""Which run at the same time and are measured in turn, so that a busy moment of the machine meets all of them."""
SHORTEST_S = {"s0": 20}
"""Seconds at least for those that take seconds for a photo."""


def main() -> None:
    options = parse_options()
    ensure_wrk()
    for model, _ in available(options.model):
        measurements, cold_starts_s = measure_all(model, options)
        print_report(measurements, cold_starts_s, model=model)
        if options.save:
            figures = {"measurements": [asdict(one) for one in measurements], "cold_start_s": cold_starts_s}
            write_result(f"peers_{model}", {"seconds": options.seconds, "rounds": options.rounds, **figures})


def measure_all(model: str, options: Namespace) -> tuple[list[Measurement], dict[str, float]]:
    """What each server did, group by group, and how many seconds each took to its first answer."""
    measurements: list[Measurement] = []
    cold_starts_s: dict[str, float] = {}
    for group in GROUPS:
        with ExitStack() as stack:
            servers: dict[str, Bare | Running] = {}
            for name in group:
                if name not in options.only or not serves(name, model):
                    continue
                if name == "bare":
                    servers[name] = Bare(model)
                    continue
                started = stack.enter_context(running(name, SERVERS[name], model=model))
                cold_starts_s[name] = started.cold_start_s
                servers[name] = started
            measurements += measure(servers, options)
    return measurements, cold_starts_s


def measure(servers: dict[str, Bare | Running], options: Namespace) -> list[Measurement]:
    """Every size and number of clients; all servers in turn, `rounds` times."""
    measurements = []
    for size in options.size:
        for clients in options.clients:
            rounds: dict[str, list[Figures]] = {name: [] for name in servers if takes(name, clients)}
            for _ in range(options.rounds):
                for name, figures in rounds.items():
                    os.sync()  # what the one before stored is not written in this one's time
                    seconds = max(options.seconds, SHORTEST_S.get(name, 0))
                    figures.append(servers[name].measure(size=size, clients=clients, seconds=seconds))
            for name, figures in rounds.items():
                measurements.append(Measurement(name, size, clients, median_of(figures)))
                print(measurements[-1], flush=True)
    return measurements


def serves(name: str, model: str) -> bool:
    return name == "bare" or model in SERVERS[name].models


def takes(name: str, clients: int) -> bool:
    return name == "bare" or clients in SERVERS[name].clients


def parse_options() -> Namespace:
    known = ["bare", *SERVERS]
    parser = parser_of("peers", __doc__)
    add_model_option(parser)
    parser.add_argument("--only", nargs="+", choices=known, default=known)
    parser.add_argument("--size", nargs="+", choices=list(SIZES), default=list(SIZES))
    parser.add_argument("--clients", nargs="+", type=int, default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=5, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=2, help="of which the median counts")
    return parser.parse_args()


if __name__ == "__main__":
    main()
