"""A client that speaks https with the server of a trial, and trusts its certificate alone."""

import http.client
import json
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from benchmarks.live.client import CONTENT_TYPE, Response, multipart, read_response
from benchmarks.live.server import PREDICTIONS


@dataclass(frozen=True)
class Client:
    """Sends each request over a connection of its own. `token` is that of its account, if it has one."""

    port: int
    certificate: Path
    token: str = ""

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Raises OSError or HTTPException."""
        sent = {"Content-Type": "application/json", **self.authorization, **(headers or {})}
        began = time.perf_counter()
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=60, context=self._context)
        try:
            connection.request(method, path, body, sent)
            return read_response(connection.getresponse(), began=began)
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Response:
        return self.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def upload(self, photo: bytes, path: str = PREDICTIONS) -> Response:
        return self.request("POST", path, multipart(photo), {"Content-Type": CONTENT_TYPE})

    def signed_up(self, name: str, password: str) -> tuple["Client", Response]:
        """A client with an account that is made now, and the answer to that."""
        sent = json.dumps({"username": name, "password": password}).encode()
        answer = self.request("POST", "/api/v1/auth/register/", sent)
        return replace(self, token=str(answer.json().get("token", ""))), answer

    def connected(self) -> ssl.SSLSocket:
        """A bare connection, to be sent anything."""
        return self._context.wrap_socket(
            socket.create_connection(("localhost", self.port), timeout=60), server_hostname="localhost"
        )

    @property
    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Token {self.token}"} if self.token else {}

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))
