"""Ray Serve with the OpenVINO model: a replica a core, photos as a form; nothing is stored."""

import signal
import sys
from typing import Any

import ray
from ray import serve
from starlette.requests import Request

from benchmarks.peers.network import CORES, Network


class Photos:
    def __init__(self) -> None:
        self.network = Network()

    async def __call__(self, request: Request) -> dict[str, Any]:
        form = await request.form()
        photo = await form["image"].read()
        return self.network.answer(self.network.predict(self.network.decode(photo)))


if __name__ == "__main__":
    ray.init(include_dashboard=False, log_to_driver=False, logging_level="error")
    serve.start(http_options={"host": "127.0.0.1", "port": int(sys.argv[1])})
    options = {"num_replicas": CORES, "max_ongoing_requests": 64, "ray_actor_options": {"num_cpus": 0.5}}
    serve.run(serve.deployment(Photos, **options).bind(), route_prefix="/predict")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.pause()
