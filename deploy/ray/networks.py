"""Networks of installed model folders as Ray Serve applications that speak the Open Inference Protocol, version 2.

Each model version is an application of its own, so that a new one is warm before it is asked, and the old one is
untouched until it is removed.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import numpy as np
from ray import serve
from starlette.requests import Request
from starlette.responses import Response

from classifier.errors import MalformedMessageError
from classifier.inference.engines import open_engine
from classifier.inference.open_inference.messages import HEADER_LENGTH, read_request, write_body
from classifier.inference.open_inference.tensors import Tensor
from classifier.inference.packaging.folders import verify
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.types import ModelManifest, Scores
from deploy.ray.cores import keep_to_core

INPUT, OUTPUT = "pixels", "probabilities"
EXTENSIONS = ["binary_tensor_data"]
MAX_PHOTOS = 16
ONGOING, QUEUED, RETRY_AFTER_S = 4, 16, 2
"""Of a replica: photos under way; of a proxy: photos that wait for one. What is beyond is 503 with `Retry-After`."""
TARGET_ONGOING = 2.0
"""Photos under way for each replica, above which another replica is started."""
DRAIN_S = 20.0


class Network:
    """A replica: the network of one model folder, checked by its hash and warm before it is asked."""

    def __init__(self, folder: str, *, engine: str, precision: str, pinned: bool) -> None:
        """Raises BrokenModelFolderError; Ray Serve then does not start the application."""
        if pinned:
            keep_to_core(serve.get_replica_context().rank.local_rank)
        verify(Path(folder))
        self._manifest = read_manifest(Path(folder))
        self._engine = open_engine(engine, Path(folder), self._manifest.preprocessing, precision=precision)
        self._platform = engine

    async def __call__(self, request: Request) -> Response:
        match request.method, request.url.path.rpartition("/")[2]:
            case "POST", "infer":
                return await self._infer(request)
            case "GET", "ready":
                return in_json({"name": self._manifest.name, "ready": True})
            case "GET", self._manifest.version:
                return in_json(self._metadata())
            case _:
                return in_json({"error": "There is no such endpoint."}, status=404)

    async def _infer(self, request: Request) -> Response:
        length = request.headers.get(HEADER_LENGTH, "")
        header_length = int(length) if length.isascii() and length.isdecimal() and len(length) < 10 else None
        try:
            asked = read_request(await request.body(), header_length=header_length)
            (pixels,) = [tensor.values for tensor in asked.inputs if tensor.datatype == "FP32"] or [np.empty(0)]
            check_shape(pixels.shape, self._manifest)
        except (MalformedMessageError, ValueError) as error:
            return in_json({"error": str(error)}, status=400)
        scores: Scores = await asyncio.to_thread(self._engine.predict, pixels)
        is_binary = asked.all_binary or any(output.is_binary for output in asked.outputs)
        facts = {"model_name": self._manifest.name, "model_version": self._manifest.version}
        body, header_length = write_body(
            {**facts, "id": asked.id} if asked.id else facts,
            key="outputs",
            tensors=[Tensor(OUTPUT, "FP32", scores)],
            binary=frozenset({OUTPUT} if is_binary else ()),
        )
        if header_length is None:
            return Response(body, media_type="application/json")
        return Response(body, media_type="application/octet-stream", headers={HEADER_LENGTH: str(header_length)})

    def _metadata(self) -> dict[str, Any]:
        size = self._manifest.preprocessing
        pixels = {"name": INPUT, "datatype": "FP32", "shape": [-1, size.height_px, size.width_px, 3]}
        scores = {"name": OUTPUT, "datatype": "FP32", "shape": [-1, self._manifest.classes]}
        facts = {"name": self._manifest.name, "versions": [self._manifest.version], "platform": self._platform}
        return {**facts, "inputs": [pixels], "outputs": [scores]}


class Directory:
    """What is asked of the server as a whole, and which versions of a model there are."""

    async def __call__(self, request: Request) -> Response:
        match request.url.path.strip("/").split("/"):
            case ["v2"]:
                return in_json({"name": "ray-serve", "version": "2", "extensions": EXTENSIONS})
            case ["v2", "health", "live" | "ready" as what]:
                return in_json({what: True})
            case ["v2", "models", name]:
                versions = [version for known, version in await asyncio.to_thread(served) if known == name]
                return in_json({"name": name, "versions": versions}, status=200 if versions else 404)
            case _:
                return in_json({"error": "This is not served here."}, status=404)


NETWORK: Any = serve.deployment(
    max_ongoing_requests=ONGOING,
    max_queued_requests=QUEUED,
    backpressure_config={"retry_after_s": RETRY_AFTER_S},
    health_check_period_s=2,
    health_check_timeout_s=10,
    graceful_shutdown_timeout_s=DRAIN_S,
    ray_actor_options={"num_cpus": 1},
)(Network)
DIRECTORY: Any = serve.deployment(ray_actor_options={"num_cpus": 0})(Directory)


def application(arguments: dict[str, str]) -> Any:
    """One model version: `folder`, and if wanted `engine`, `precision`, `min_replicas`, `max_replicas`, `pinned`."""
    replicas = {
        "min_replicas": int(arguments.get("min_replicas", 1)),
        "max_replicas": int(arguments.get("max_replicas", 1)),
        "target_ongoing_requests": TARGET_ONGOING,
    }
    return NETWORK.options(autoscaling_config=replicas).bind(
        arguments["folder"],
        engine=arguments.get("engine", "openvino"),
        precision=arguments.get("precision", "f32"),
        pinned=arguments.get("pinned", "") == "1",
    )


def directory(_: dict[str, str] | None = None) -> Any:
    return DIRECTORY.bind()


def served() -> list[tuple[str, str]]:
    """Name and version of each model that serves."""
    apps = serve.status().applications
    names = [name for name, app in apps.items() if app.status == "RUNNING" and "-" in name]
    return [(name, version) for name, _, version in (known.rpartition("-") for known in names)]


def check_shape(shape: tuple[int, ...], manifest: ModelManifest) -> None:
    """Raises MalformedMessageError for what is not 1 to 16 photos as the network takes them."""
    wanted = (manifest.preprocessing.height_px, manifest.preprocessing.width_px, 3)
    if shape[1:] != wanted or not 1 <= shape[0] <= MAX_PHOTOS:
        raise MalformedMessageError(f"Send one FP32 of 1 to {MAX_PHOTOS} photos of {list(wanted)}, not {list(shape)}.")


def in_json(body: dict[str, Any], *, status: int = 200) -> Response:
    return Response(json.dumps(body), status_code=status, media_type="application/json")
