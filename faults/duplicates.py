"""One upload sent many times at once, and connections cut in the middle: one row, or none."""

import socket
import threading
import time

from benchmarks.live.client import CONTENT_TYPE, multipart
from benchmarks.live.photos import photo
from benchmarks.live.server import PREDICTIONS, LiveServer, running
from faults.finding import Finding

COPIES, CUTS = 50, 200


def run() -> list[Finding]:
    with running() as server:
        return [_same_key(server), _cut(server)]


def _same_key(server: LiveServer) -> Finding:
    statuses: list[int] = []

    def send() -> None:
        for _ in range(100):
            status = server.upload(photo(1), key="one").status
            if status not in (409, 503):  # in progress elsewhere, or too many at once
                statuses.append(status)
                return
            time.sleep(0.05)

    threads = [threading.Thread(target=send) for _ in range(COPIES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows, files = server.count_rows(), len(server.files)
    kept = (rows, files, statuses) == (1, 2, [201] * COPIES)
    return Finding(
        f"{COPIES} parallel uploads with one key", f"{rows} row, {files // 2} photo, {statuses.count(201)} x 201", kept
    )


def _cut(server: LiveServer) -> Finding:
    rows, files = server.count_rows(), len(server.files)
    body = multipart(photo(2))
    headers = {"Host": "localhost", "Content-Type": CONTENT_TYPE, "Content-Length": len(body), **server.authorization}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    whole = f"POST {PREDICTIONS} HTTP/1.1\r\n{head}\r\n".encode() + body
    for number in range(CUTS):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(whole[: (number * 997) % (len(whole) - 1)])
    time.sleep(1)
    more, left = server.count_rows() - rows, len(server.files) - files
    temporary = len(list((server.home / "tmp").iterdir()))
    figure = f"{more} rows, {left} files, {temporary} temporary files"
    return Finding(f"{CUTS} connections cut", figure, more == left == temporary == 0)


if __name__ == "__main__":
    print(*run(), sep="\n")
