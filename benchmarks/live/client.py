"""What a client of the server sends and gets."""

import contextlib
import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BOUNDARY = "boundary-of-a-photo"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer; the names of its headers are in lower case, and `seconds` ends with its last byte."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The error's code, or nothing."""
        try:
            return str(self.json()["errors"][0]["code"])
        except (ValueError, KeyError, TypeError, IndexError):
            return ""


def request(
    port: int,
    method: str,
    path: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    timeout_s: float = 90,
) -> Response:
    """One request over a connection of its own to this machine. Raises OSError or HTTPException."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    try:
        connection.request(method, path, body, dict(headers or {}))
        return read_response(connection.getresponse(), began=began)
    finally:
        connection.close()


def wait_until_ready(port: int, *, timeout_s: float = 60) -> float:
    """Asks until the server is ready; the seconds until it answered at all. Raises TimeoutError."""
    alive_s = 0.0
    began = time.perf_counter()
    while time.perf_counter() - began < timeout_s:
        with contextlib.suppress(OSError, http.client.HTTPException):
            status = request(port, "GET", "/readyz").status
            alive_s = alive_s or time.perf_counter() - began
            if status == 200:
                return alive_s
        time.sleep(0.02)
    raise TimeoutError(f"The server was not ready after {timeout_s:.0f} s.")


def read_response(answer: http.client.HTTPResponse, *, began: float) -> Response:
    """The whole answer to a request that was sent at `began` of `time.perf_counter`."""
    content = answer.read()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    return Response(answer.status, headers, content, time.perf_counter() - began)


def multipart(photo: bytes) -> bytes:
    """The body of a form with one photo; its type is `CONTENT_TYPE`."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="photo.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    return head.encode() + photo + f"\r\n--{BOUNDARY}--\r\n".encode()
