"""HTTP to a remote server of the Open Inference Protocol: kept connections, one deadline a call, one retry."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import urllib3
from urllib3.exceptions import HTTPError, ReadTimeoutError

from classifier.errors import BusyError, ModelUnavailableError
from classifier.inference.open_inference.tensors import echo
from classifier.inference.types import RemoteServer

MAX_CONNECTIONS = 64
CONNECT_TIMEOUT_S = 2.0
MAX_RETRY_AFTER_S = 60
OK, NOT_FOUND, TOO_MANY_REQUESTS, UNAVAILABLE = 200, 404, 429, 503
LOST_REPLICA: Final = frozenset({500, 502, 503})
"""What load balancers answer for a replica that died with the request; an inference may be sent twice."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class RemoteConnections:
    """Connections to one server, for many threads at once."""

    def __init__(self, server: RemoteServer) -> None:
        self._timeout_s = server.timeout_s
        self._url = server.url.rstrip("/").removesuffix("/v2")
        self._pool = urllib3.PoolManager(maxsize=MAX_CONNECTIONS, block=False, retries=False)
        self._headers = {"Authorization": f"Bearer {server.token}"} if server.token else {}

    def get(self, path: str) -> Answer:
        """What the server says at `/v2` and `path`, whatever its status. Raises ModelUnavailableError."""
        return self._send_safely("GET", path, None, {})

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer of status 200 to a call that may be repeated.

        Raises BusyError where the server sheds load, ModelUnavailableError for everything else.
        """
        answer = self._send_safely("POST", path, body, headers)
        if answer.status in (TOO_MANY_REQUESTS, UNAVAILABLE):
            raise BusyError(retry_after_s=_retry_after_s(answer))
        if answer.status != OK:
            logger.warning("The remote server answered %d: %s", answer.status, echo(answer.text))
            raise ModelUnavailableError
        return answer

    def _send_safely(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """Sends it once more, within the same time, when the first was lost with its connection or its replica."""
        deadline = time.monotonic() + self._timeout_s
        try:
            answer = self._send(method, path, body, headers, deadline=deadline)
            if answer.status not in LOST_REPLICA or _sheds_load(answer):
                return answer
            logger.info("The remote server answered %d; it is asked once more.", answer.status)
        except _LostError as error:
            logger.info("The remote server was lost and is asked once more: %s", error.__cause__)
        return self._send(method, path, body, headers, deadline=deadline)

    def _send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], *, deadline: float
    ) -> Answer:
        """Raises _LostError when a request got no answer, ModelUnavailableError when there is no time left for one."""
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            raise ModelUnavailableError
        timeout = urllib3.Timeout(connect=min(CONNECT_TIMEOUT_S, left_s), total=left_s)
        try:
            response = self._pool.request(
                method,
                f"{self._url}/v2{path}",
                body=body,
                headers={**self._headers, **headers},
                timeout=timeout,
                redirect=False,
            )
        except ReadTimeoutError as error:
            raise ModelUnavailableError from error
        except HTTPError as error:
            raise _LostError from error
        return Answer(response.status, response.headers, response.data)


class _LostError(ModelUnavailableError):
    """No answer, and it was not for want of time."""


def _sheds_load(answer: Answer) -> bool:
    """Whether a 503 is one on purpose: who sends another at once adds to the load."""
    return answer.status == UNAVAILABLE and "Retry-After" in answer.headers


def _retry_after_s(answer: Answer) -> int:
    text = answer.headers.get("Retry-After", "")
    is_seconds = text.isascii() and text.isdecimal() and len(text) < len(str(MAX_RETRY_AFTER_S)) + 1
    return min(max(int(text), 1), MAX_RETRY_AFTER_S) if is_seconds else BusyError.retry_after_s
