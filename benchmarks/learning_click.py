"""From the button in the admin to a candidate: how long it takes, and what uploads notice of it."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from re import search

from benchmarks.live.beside import beside
from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer
from benchmarks.results import quantile

UPLOADS_EACH_S, CALM_S = 0.25, 20.0
RETRAININGS = "/admin/classifier/retraining/"


def click(server: LiveServer) -> dict[str, float]:
    """Seconds from the button in the admin to the end of the run, and how much slower uploads were meanwhile."""
    calm: list[float] = []
    busy: list[float] = []
    with uploading(server, calm):
        time.sleep(CALM_S)
    session = server.make_session(others=0)
    page = server.request("GET", RETRAININGS, headers={"Cookie": f"sessionid={session}"})
    token = search(r'csrfmiddlewaretoken" value="(\w+)"', page.body.decode())
    cookie = search(r"csrftoken=(\w+)", page.headers.get("set-cookie", ""))
    if not token or not cookie:
        raise RuntimeError("The admin shows no form.")
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={session}; csrftoken={cookie[1]}",
    }
    with uploading(server, busy):
        began = time.perf_counter()
        body = f"csrfmiddlewaretoken={token[1]}".encode()
        if server.request("POST", f"{RETRAININGS}start/", body, headers).status != 302:
            raise RuntimeError("The button does nothing.")
        while state_of_newest(server) in ("waiting", "running"):
            time.sleep(0.2)
        seconds = time.perf_counter() - began
    print(f"       from a click: {state_of_newest(server)} after {seconds:.0f} s")
    before, during = quantile(calm, 0.95), quantile(busy, 0.95)
    print(f"       uploads' p95: {before * 1000:.0f} ms before, {during * 1000:.0f} ms meanwhile")
    return {"seconds": seconds, "before_p95_ms": before * 1000, "during_p95_ms": during * 1000}


def state_of_newest(server: LiveServer) -> str:
    with closing(sqlite3.connect(server.database)) as database:
        (state,) = database.execute("SELECT state FROM classifier_retraining ORDER BY id DESC LIMIT 1").fetchone()
    return str(state)


@contextmanager
def uploading(server: LiveServer, seconds: list[float]) -> Iterator[None]:
    """Photos of a telephone meanwhile, one after the other; how long each took."""

    def send() -> None:
        seconds.append(server.upload(photo(len(seconds) + 1)).seconds)

    with beside(send, every_s=UPLOADS_EACH_S):
        yield
