"""The engine whose network runs on another server, by the Open Inference Protocol, version 2, over HTTP."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np

from classifier.errors import BusyError, MalformedMessageError, ModelUnavailableError, RetryableError
from classifier.inference.engines.circuit_breaker import CircuitBreaker
from classifier.inference.engines.remote_http import MAX_CONNECTIONS, OK, Answer, RemoteConnections
from classifier.inference.engines.remote_model import Endpoint, find_endpoint
from classifier.inference.errors import RemoteModelError
from classifier.inference.open_inference.messages import HEADER_LENGTH, read_tensors, split_body, write_body
from classifier.inference.open_inference.tensors import Tensor
from classifier.inference.types import Inferred, Pixels, Preprocessing, RemoteModel, Scores

logger = logging.getLogger(__name__)


class RemoteEngine:
    """One endpoint, and a thread for each call under way, so that the caller can do other work meanwhile."""

    def __init__(self, connections: RemoteConnections, endpoint: Endpoint, *, timeout_s: float) -> None:
        self._connections, self._endpoint, self._timeout_s = connections, endpoint, timeout_s
        self._breaker = CircuitBreaker()
        self._threads = ThreadPoolExecutor(MAX_CONNECTIONS, thread_name_prefix="remote-inference")

    def predict(self, batch: Pixels) -> Scores:
        """Probabilities `(N, C)` for a batch `(N, H, W, 3)`, photo by photo: so every server takes them.

        Raises BusyError, ModelUnavailableError.
        """
        return np.stack([self.start(photo)().scores for photo in batch])

    def start(self, pixels: Pixels) -> Callable[[], Inferred]:
        """Sends one photo `(H, W, 3)`. What it returns raises BusyError and ModelUnavailableError, in time.

        Raises ModelUnavailableError at once after several failures in a row.
        """
        self._breaker.admit()
        deadline = time.monotonic() + self._timeout_s
        return partial(self._finish, self._threads.submit(self._infer, pixels[None]), deadline)

    def check(self) -> None:
        """Raises ModelUnavailableError when the server does not say that the model is ready."""
        if self._connections.get(f"{self._endpoint.path}/ready").status != OK:
            raise ModelUnavailableError

    def give_up(self) -> None:
        """Nothing to do: no call waits longer than to its deadline."""

    def close(self) -> None:
        """Nothing to do: threads and connections go with the last reference, after the calls under way."""

    def _infer(self, batch: Pixels) -> Inferred:
        began = time.perf_counter()
        scores = self._scores(batch)[0]
        return Inferred(scores, (time.perf_counter() - began) * 1000)

    def _finish(self, call: "Future[Inferred]", deadline: float) -> Inferred:
        try:
            inferred = call.result(max(0.0, deadline - time.monotonic()))
        except BusyError:
            self._breaker.succeeded()
            raise
        except (RetryableError, TimeoutError) as error:
            call.cancel()
            self._breaker.failed()
            logger.warning("The remote server gave no answer: %s", error.__cause__ or error or "it takes too long")
            raise ModelUnavailableError from error
        self._breaker.succeeded()
        return inferred

    def _scores(self, batch: Pixels) -> Scores:
        names = frozenset({self._endpoint.input} if self._endpoint.is_binary else ())
        body, header_length = write_body(
            {"outputs": [{"name": self._endpoint.output, "parameters": {"binary_data": self._endpoint.is_binary}}]},
            key="inputs",
            tensors=[Tensor(self._endpoint.input, "FP32", batch)],
            binary=names,
        )
        headers = {"Content-Type": "application/json"}
        if header_length is not None:
            headers = {"Content-Type": "application/octet-stream", HEADER_LENGTH: str(header_length)}
        answer = self._connections.post(f"{self._endpoint.path}/infer", body, headers)
        try:
            return _read_scores(answer, self._endpoint.output, photos=len(batch))
        except MalformedMessageError as error:
            logger.warning("The answer of the remote server cannot be read: %s", error)
            raise ModelUnavailableError from error


def open_model(preprocessing: Preprocessing, model: RemoteModel | None) -> RemoteEngine:
    """Finds the model on its server and runs it once. Raises RemoteModelError."""
    if model is None or not model.server.url:
        raise RemoteModelError("CLASSIFIER_ENGINE=remote needs CLASSIFIER_REMOTE_URL.")
    connections = RemoteConnections(model.server)
    endpoint = find_endpoint(connections, model, preprocessing)
    engine = RemoteEngine(connections, endpoint, timeout_s=model.server.timeout_s)
    try:
        engine.predict(np.zeros((1, preprocessing.height_px, preprocessing.width_px, 3), np.float32))
    except RetryableError as error:
        raise RemoteModelError(f"{model.server.url} has {model.ref.name} and gives no answer: {error}") from error
    return engine


def _read_scores(answer: Answer, output: str, *, photos: int) -> Scores:
    """float32 `(photos, C)`. Raises MalformedMessageError."""
    length = answer.headers.get(HEADER_LENGTH, "")
    header_length = int(length) if length.isascii() and length.isdecimal() and len(length) < 10 else None
    message, rest = split_body(answer.body, header_length=header_length)
    found: dict[str, Any] = {tensor.name: tensor for tensor in read_tensors(message.get("outputs"), rest)}
    tensor = found.get(output)
    if tensor is None or tensor.datatype != "FP32" or tensor.values.ndim != 2 or len(tensor.values) != photos:
        raise MalformedMessageError(f"It has no {output!r} of FP32 and shape [{photos}, classes].")
    return np.asarray(tensor.values, np.float32)
