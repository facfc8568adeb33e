"""Start and end of the server: quick to answer, honest about being ready, and no answer lost at SIGTERM."""

import contextlib
import http.client
import threading
import time

from benchmarks.live.client import Response
from benchmarks.live.photos import photo
from benchmarks.live.server import running
from faults.finding import Finding

CLIENTS = 8


def run() -> list[Finding]:
    with running() as server:
        answers: list[Response] = []
        broken = 0

        def send(first: int) -> None:
            nonlocal broken
            for number in range(first, first + 100_000):
                try:
                    answers.append(server.upload(photo(number)))
                except ConnectionRefusedError:
                    return
                except (OSError, http.client.HTTPException):
                    broken += 1
                    return

        threads = [threading.Thread(target=send, args=[n * 1_000_000]) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        time.sleep(1)
        began = time.monotonic()
        status = server.stop()
        ended_s = time.monotonic() - began
        for thread in threads:
            thread.join()
        stored, rows = sum(answer.status == 201 for answer in answers), server.count_rows()
        ready_s = server.start()
        with contextlib.suppress(OSError):
            server.stop()
    return [
        Finding(
            "SIGTERM under load: exit status and seconds", f"{status}, {ended_s:.1f} s", status == 0 and ended_s < 15
        ),
        Finding("SIGTERM under load: stored but not acknowledged", f"{rows - stored} of {rows}", rows == stored),
        Finding(
            "start to first answer, to /readyz",
            f"{server.alive_s:.1f} s, {ready_s:.1f} s",
            server.alive_s < 3 and ready_s < 5,
        ),
    ]


if __name__ == "__main__":
    print(*run(), sep="\n")
