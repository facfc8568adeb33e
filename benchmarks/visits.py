"""Somebody signed in who asks for a page again and again, over one connection."""

import http.client
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visit:
    """How long one answer took, to its first byte and to its last, and its size."""

    first_byte_ms: float
    whole_ms: float
    byte_size: int


def visit(port: int, session: str, path: str, *, times: int) -> list[Visit]:
    """Raises RuntimeError when a page is not answered well."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        return [_visit_once(connection, session, path) for _ in range(times)]
    finally:
        connection.close()


def _visit_once(connection: http.client.HTTPConnection, session: str, path: str) -> Visit:
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
    answer = connection.getresponse()
    first_byte = time.perf_counter()
    byte_size = len(answer.read())
    ended = time.perf_counter()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return Visit((first_byte - began) * 1000, (ended - began) * 1000, byte_size)
