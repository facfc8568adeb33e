"""How quick the history is for somebody who has 100,000 predictions, and how often it asks the database."""

import base64
import http.client
import sqlite3
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks import material
from benchmarks.pages import DESK, FILL, OF_ADA, SIGNED_IN, SUM_UP
from benchmarks.results import verdict, write_result
from benchmarks.serving import manage, serving

ROWS, RUNS = 100_000, 100
SLOWEST_P95_MS = 150
HISTORY = "/api/v1/predictions/"
COUNT_QUERIES = """
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client = Client(HTTP_HOST="127.0.0.1")
client.cookies["sessionid"] = {session!r}
for path in {paths!r}:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
    print(len(queries))
"""


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


def main() -> None:
    data_dir = material.fresh_folder("history")
    manage(data_dir, "migrate")
    manage(data_dir, "prepare_model")
    session = manage(data_dir, "shell", "--no-imports", "--command", SIGNED_IN.format(others=1)).strip()
    paths = fill(data_dir / "db.sqlite3")
    queries = count_queries(data_dir, session, list(paths.values()))
    with serving(data_dir) as address:
        waited = {name: wait_for(address, session, path) for name, path in paths.items()}
    endpoints = [
        Endpoint(
            name, percentile(waited[name], 0.5), percentile(waited[name], 0.95), count, 8 if "admin" in name else 5
        )
        for name, count in zip(paths, queries, strict=True)
    ]
    print(f"history of {ROWS:,} predictions: milliseconds (p50, p95 of {RUNS}), queries")
    for one in endpoints:
        kept = verdict(is_kept=one.is_kept)
        print(
            f"{kept} {one.name:34}{one.p50_ms:9.1f}{one.p95_ms:9.1f} ≤ {SLOWEST_P95_MS}"
            f"{one.queries:6} ≤ {one.allowed_queries}"
        )
    write_result("history", {"predictions": ROWS, "runs": RUNS, "endpoints": [asdict(one) for one in endpoints]})


def fill(database: Path) -> dict[str, str]:
    """Stores the predictions, all of one person; returns what to ask for, by what it is."""
    with closing(sqlite3.connect(database)) as connection, connection:
        (ada,) = connection.execute("SELECT id FROM auth_user WHERE username = 'ada'").fetchone()
        connection.execute(FILL, {"rows": ROWS, "every": 1, "others": 1, "days": 365, "ada": ada})
        connection.execute(SUM_UP)
        (moment,) = connection.execute(f"SELECT created_at {OF_ADA}", (ada, ROWS * 9 // 10)).fetchone()
    cursor = base64.b64encode(urlencode({"p": f"{moment}+00:00"}).encode()).decode()
    return {
        "first page": HISTORY,
        "first page, 100 on it": f"{HISTORY}?page_size=100",
        "page 4,500": f"{HISTORY}?{urlencode({'cursor': cursor})}",
        "a label": f"{HISTORY}?label=label_7",
        "a label that nobody got": f"{HISTORY}?label=nothing",
        "a part of a label": f"{HISTORY}?search=label_19",
        "at least 99.9%": f"{HISTORY}?min_probability=0.999",
        "admin": DESK,
        "admin, last page": f"{DESK}?p={ROWS // 100}",
        "admin, search": f"{DESK}?q=label_7",
    }


def count_queries(data_dir: Path, session: str, paths: list[str]) -> list[int]:
    """How many each makes, counted inside Django on the same data."""
    code = COUNT_QUERIES.format(session=session, paths=paths)
    told = manage(data_dir, "shell", "--no-imports", "--command", code, LOG_LEVEL="ERROR")
    return [int(line) for line in told.split()]


def wait_for(address: str, session: str, path: str) -> list[float]:
    """Milliseconds until the whole answer was there, each time, after one to warm up."""
    times_ms = []
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        response = connection.getresponse()
        response.read()
        times_ms.append((time.perf_counter() - start) * 1000)
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
    connection.close()
    return times_ms[1:]


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


if __name__ == "__main__":
    main()
