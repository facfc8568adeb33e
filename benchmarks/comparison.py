"""What uploads notice of two models being compared on the server that takes them."""

import contextlib
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import samples
from benchmarks.live.server import LiveServer, running
from benchmarks.models import EFFICIENTNET_LITE0, MOBILENET_V2, available
from benchmarks.results import Promise, parser_of, quantile, write_result

CLIENTS, WINDOW_S = 2, 20.0
PHOTOS = 20_000
"""More than can be compared in the window, though fewer are stored: it goes on until the window is over."""
STORED = 400
MOST_TIMES = 2.0
CSRF = "c" * 32


def main() -> None:
    options = parser_of("comparison", __doc__).parse_args()
    photos = [path.read_bytes() for path in samples.real_photos()]
    folders = dict(available([EFFICIENTNET_LITE0, MOBILENET_V2])) if photos else {}
    if len(folders) < 2:
        print("comparison: skipped, its photos or models are not here")
        return
    figures = measure(folders[EFFICIENTNET_LITE0], folders[MOBILENET_V2], photos)
    times = figures["during_p95_ms"] / figures["before_p95_ms"]
    print(
        Promise("uploads' p95 while two models are compared, against before", times, MOST_TIMES, at_most=True),
        f"times: {figures['during_p95_ms']:.0f} ms against {figures['before_p95_ms']:.0f} ms; "
        f"{figures['compared']:.0f} photos were compared meanwhile",
    )
    if options.save:
        write_result("comparison", figures)


def measure(active: Path, other: Path, photos: list[bytes]) -> dict[str, float]:
    with running(model=active) as server:
        server.manage("install_model", str(other))
        cookie = f"sessionid={server.make_session(others=0)}; csrftoken={CSRF}"
        send(server, photos, count=STORED)
        before = send(server, photos, seconds=WINDOW_S)
        ask_to_compare(server, cookie)
        wait_until_running(server)
        during = send(server, photos, seconds=WINDOW_S)
        state, inferences, error = look(server)
        if state not in ("running", "done"):
            raise RuntimeError(f"The comparison is {state}: {error}")
    return {
        "before_p95_ms": quantile(before, 0.95) * 1000,
        "during_p95_ms": quantile(during, 0.95) * 1000,
        "before_per_s": len(before) / WINDOW_S,
        "during_per_s": len(during) / WINDOW_S,
        "compared": float(inferences),
    }


def send(server: LiveServer, photos: list[bytes], *, seconds: float = 1e9, count: int = 10**9) -> list[float]:
    """How long each upload took, in seconds, from a few clients, until time or number is over."""
    times: list[float] = []
    until, lock = time.monotonic() + seconds, threading.Lock()

    def client(number: int) -> None:
        while time.monotonic() < until:
            with lock:
                if len(times) >= count:
                    return
            answer = server.upload(photos[(number + len(times)) % len(photos)])
            if answer.status != 201:
                raise RuntimeError(answer.body.decode())
            times.append(answer.seconds)

    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(client, range(CLIENTS)))
    return times


def ask_to_compare(server: LiveServer, cookie: str) -> None:
    """As the operator does in the admin. Raises RuntimeError."""
    keys = [row[0] for row in _rows(server, "SELECT id FROM classifier_modelversion ORDER BY is_active DESC")]
    form = {"old": keys[0], "new": keys[1], "photos": PHOTOS, "csrfmiddlewaretoken": CSRF}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Authorization": ""}
    path = "/admin/classifier/modelcomparison/add/"
    answer = server.request("POST", path, urlencode(form).encode(), headers)
    if answer.status != 302:
        raise RuntimeError(f"The admin answered {answer.status}.")


def wait_until_running(server: LiveServer) -> None:
    """Raises TimeoutError."""
    until = time.monotonic() + 60
    while look(server)[1] == 0:
        if time.monotonic() > until:
            raise TimeoutError("The comparison has not begun.")
        time.sleep(0.1)


def look(server: LiveServer) -> tuple[str, int, str]:
    """The state of the comparison, how many inferences it has made, and what went wrong."""
    ((state, inferences, error),) = _rows(server, "SELECT state, inferences, error FROM classifier_modelcomparison")
    return str(state), int(str(inferences)), str(error)


def _rows(server: LiveServer, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(server.database)) as database:
        return database.execute(query).fetchall()


if __name__ == "__main__":
    main()
