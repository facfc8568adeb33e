"""Eight servers on one PostgreSQL get the same uploads at the same time: no row is lost, none is there twice."""

import tempfile
import threading
import time
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import psycopg

from benchmarks.live.photos import photo
from benchmarks.live.postgresql import is_installed, postgresql
from benchmarks.live.server import LiveServer, serving
from faults.finding import Finding

PROCESSES, PHOTOS = 8, 50
FACTS = """
SELECT (SELECT COUNT(*) FROM classifier_prediction), (SELECT SUM(photos) FROM classifier_storageuse),
    (SELECT COUNT(DISTINCT prediction_id) FROM classifier_idempotencykey),
    (SELECT COUNT(*) FROM classifier_idempotencykey)
"""


def run() -> list[Finding]:
    if not is_installed():
        return [Finding(f"{PROCESSES} processes on one PostgreSQL", "needs its package, with initdb", None)]
    with tempfile.TemporaryDirectory() as home, postgresql() as url, ExitStack() as servers:
        first = LiveServer(Path(home), {"DATABASE_URL": url})
        first.prepare()
        running = [servers.enter_context(serving(replace(first))) for _ in range(PROCESSES)]
        acknowledged = _send(running)
        rows, counted, linked, keys = _facts(url)
        files = len(first.files)
    kept = (rows, counted, linked, keys, files) == (PHOTOS, PHOTOS, PHOTOS, PHOTOS, 2 * PHOTOS)
    same = all(len(ids) == 1 for ids in acknowledged) and len(set.union(*acknowledged)) == PHOTOS
    return [
        Finding(
            f"{PHOTOS} uploads, each sent to {PROCESSES} processes at once: lost or doubled",
            f"{rows} rows, {counted} counted, {files} files",
            kept,
        ),
        Finding("all processes answer with the same prediction", f"{sum(map(len, acknowledged))} ids", same),
    ]


def _send(servers: list[LiveServer]) -> list[set[str]]:
    """Each server gets all photos, in the same order; the ids that were answered, for each photo."""
    answered: list[set[str]] = [set() for _ in range(PHOTOS)]

    def send(server: LiveServer) -> None:
        for number in range(PHOTOS):
            answered[number].add(_upload(server, number))

    threads = [threading.Thread(target=send, args=[server]) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answered


def _upload(server: LiveServer, number: int) -> str:
    """Sends it until it is acknowledged: it may be in progress at another one, or be too much at once."""
    for _ in range(600):
        answer = server.upload(photo(number), key=f"photo {number}")
        if answer.status == 201:
            return str(answer.json()["id"])
        if answer.status not in (409, 503):
            return f"{answer.status}"
        time.sleep(0.1)
    return "never"


def _facts(url: str) -> tuple[int, int, int, int]:
    """Rows, photos that accounts are counted to hold, predictions with a key, and keys."""
    with closing(psycopg.connect(url)) as connection:
        rows, counted, linked, keys = connection.execute(FACTS).fetchone() or (0, 0, 0, 0)
    return int(rows), int(counted), int(linked), int(keys)


if __name__ == "__main__":
    print(*run(), sep="\n")
