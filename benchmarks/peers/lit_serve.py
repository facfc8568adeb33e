"""LitServe with the OpenVINO model: a worker a core, photos as a form; nothing is stored."""

import sys
from typing import Any

import litserve
from fastapi import Request

from benchmarks.peers.network import CORES, Network


class PhotoApi(litserve.LitAPI):
    def setup(self, device: str) -> None:
        self.network = Network()

    def decode_request(self, request: Request) -> Any:
        return self.network.decode(request["image"].file.read())

    def predict(self, batch: Any) -> Any:
        return self.network.predict(batch)

    def encode_response(self, scores: Any) -> dict[str, Any]:
        return self.network.answer(scores)


if __name__ == "__main__":
    server = litserve.LitServer(PhotoApi(), accelerator="cpu", workers_per_device=CORES, timeout=120)
    server.run(host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", generate_client_file=False)
