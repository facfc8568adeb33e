"""How quick the history is for somebody who has 100,000 predictions, and how often it asks the database."""

import base64
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import stored_predictions
from benchmarks.live.server import PREDICTIONS, LiveServer, serving
from benchmarks.results import parser_of, quantile, verdict, write_result
from benchmarks.samples import fresh_folder
from benchmarks.stored_predictions import ADMIN
from benchmarks.visits import visit

ROWS, RUNS = 100_000, 100
SLOWEST_P95_MS = 150
QUERIES, QUERIES_OF_ADMIN = 5, 8
"""How often a page may ask the database."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What a page of the history took, and how many queries it may make."""

    name: str
    p50_ms: float
    p95_ms: float
    queries: int
    allowed_queries: int

    @property
    def is_kept(self) -> bool:
        return self.p95_ms <= SLOWEST_P95_MS and self.queries <= self.allowed_queries

    def __str__(self) -> str:
        return (
            f"{verdict(is_kept=self.is_kept)} {self.name:34}{self.p50_ms:9.1f}{self.p95_ms:9.1f} ≤ {SLOWEST_P95_MS}"
            f"{self.queries:6} ≤ {self.allowed_queries}"
        )


def main() -> None:
    parser = parser_of("history", __doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="predictions of one person")
    options = parser.parse_args()
    server = LiveServer(fresh_folder("history"))
    server.prepare()
    session = server.make_session(others=1)
    stored_predictions.store(server.database, rows=options.rows, every=1, others=1, days=365)
    endpoints = measure(server, session, paths_to(server.database, rows=options.rows))
    print(f"history of {options.rows:,} predictions: milliseconds (p50, p95 of {RUNS}), queries")
    print(*endpoints, sep="\n")
    if options.save:
        figures = {"predictions": options.rows, "runs": RUNS, "endpoints": [asdict(one) for one in endpoints]}
        write_result("history", figures)


def paths_to(database: Path, *, rows: int) -> dict[str, str]:
    """What is asked for, by what it is."""
    moment = stored_predictions.nth(database, rows * 9 // 10).created_at
    cursor = base64.b64encode(urlencode({"p": f"{moment}+00:00"}).encode()).decode()
    return {
        "first page": PREDICTIONS,
        "first page, 100 on it": f"{PREDICTIONS}?page_size=100",
        f"page {rows * 9 // 10 // 20:,}": f"{PREDICTIONS}?{urlencode({'cursor': cursor})}",
        "a label": f"{PREDICTIONS}?label=tabby",
        "a label that nobody got": f"{PREDICTIONS}?label=nothing",
        "a part of a label": f"{PREDICTIONS}?search=triev",
        "at least 99.9%": f"{PREDICTIONS}?min_probability=0.999",
        "admin": ADMIN,
        "admin, last page": f"{ADMIN}?p={rows // 50}",
        "admin, search": f"{ADMIN}?q=tabby",
    }


def measure(server: LiveServer, session: str, paths: dict[str, str]) -> list[Endpoint]:
    """The whole answers of the running server, after one to warm up; queries are counted inside Django."""
    queries = server.run("-m", "benchmarks.count_queries", session, *paths.values()).split()
    with serving(server):
        times_ms = {
            name: [one.whole_ms for one in visit(server.port, session, path, times=RUNS + 1)[1:]]
            for name, path in paths.items()
        }
    return [
        Endpoint(
            name,
            quantile(times_ms[name], 0.5),
            quantile(times_ms[name], 0.95),
            int(count),
            QUERIES_OF_ADMIN if path.startswith(ADMIN) else QUERIES,
        )
        for (name, path), count in zip(paths.items(), queries, strict=True)
    ]


if __name__ == "__main__":
    main()
