"""A small server of the Open Inference Protocol over a real socket, with a real network, that can be made to fail."""

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from classifier.inference.engines import open_engine
from classifier.inference.open_inference.messages import HEADER_LENGTH, read_request, write_body
from classifier.inference.open_inference.tensors import Tensor
from classifier.inference.packaging.manifests import read_manifest

DROP, HANG, NONSENSE = "drop", "hang", "nonsense"


@dataclass
class ProtocolServer:
    """Serves one model folder; `faults` are what the next inferences meet: one of the words above, or a status."""

    folder: Path
    name: str = ""
    versions: list[str] = field(default_factory=list)
    extensions: tuple[str, ...] = ("binary_tensor_data",)
    input_shape: list[int] = field(default_factory=lambda: [-1, 16, 16, 3])
    token: str = ""
    retry_after: str = ""
    faults: deque[str | int] = field(default_factory=deque)
    is_ready: bool = True
    inferences: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    connections: int = 0
    url: str = ""
    hanging: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        manifest = read_manifest(self.folder)
        self.name = self.name or manifest.name
        self.versions = self.versions or [manifest.version]
        self.engine = open_engine("openvino", self.folder, manifest.preprocessing)

    @property
    def metadata(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "versions": self.versions,
            "platform": "openvino",
            "inputs": [{"name": "pixels", "datatype": "FP32", "shape": self.input_shape}],
            "outputs": [
                {"name": "best", "datatype": "INT64", "shape": [-1, 1]},
                {"name": "scores", "datatype": "FP32", "shape": [-1, 3]},
            ],
        }

    @property
    def paths(self) -> list[str]:
        """Of the model, with and without its versions."""
        model = f"/v2/models/{self.name}"
        return [model, *(f"{model}/versions/{version}" for version in self.versions)]

    @contextmanager
    def running(self) -> Iterator["ProtocolServer"]:
        served = self

        class Handler(_Handler):
            server_of = served

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
            self.url = f"http://127.0.0.1:{http.server_port}"
            thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield self
            finally:
                self.hanging.set()
                http.shutdown()
                thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of: ProtocolServer

    def setup(self) -> None:
        super().setup()
        self.server_of.connections += 1

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        server = self.server_of
        if server.token and self.headers["Authorization"] != f"Bearer {server.token}":
            self.answer(401, b'{"error": "Who are you?"}')
        elif self.path == "/v2":
            self.answer(200, json.dumps({"name": "test", "version": "1", "extensions": server.extensions}).encode())
        elif self.path in server.paths:
            self.answer(200, json.dumps(server.metadata).encode())
        elif self.path in [f"{path}/ready" for path in server.paths]:
            self.answer(200 if server.is_ready else 503, b"{}")
        else:
            self.answer(404, b'{"error": "There is no such model."}')

    def do_POST(self) -> None:
        server = self.server_of
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.inferences.append((dict(self.headers.items()), body))
        if self.path not in [f"{path}/infer" for path in server.paths]:
            self.answer(404, b'{"error": "There is no such model."}')
            return
        fault = server.faults.popleft() if server.faults else None
        match fault:
            case "drop":
                self.close_connection = True
            case "hang":
                server.hanging.wait(20)
                self.close_connection = True
            case "nonsense":
                self.answer(200, b'{"outputs": [{"name": "scores"}]}')
            case int():
                self.answer(fault, b'{"error": "on purpose"}')
            case _:
                self.infer(body)

    def infer(self, body: bytes) -> None:
        length = self.headers[HEADER_LENGTH]
        request = read_request(body, header_length=int(length) if length else None)
        (pixels,) = request.inputs
        scores = self.server_of.engine.predict(pixels.values)
        binary = frozenset(output.name for output in request.outputs if output.is_binary)
        content, header_length = write_body(
            {"model_name": self.server_of.name},
            key="outputs",
            tensors=[Tensor("scores", "FP32", scores)],
            binary=binary,
        )
        self.answer(200, content, {HEADER_LENGTH: str(header_length)} if header_length else {})

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status >= 400 and self.server_of.retry_after:
            self.send_header("Retry-After", self.server_of.retry_after)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
