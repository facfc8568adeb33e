"""A network whose output is features of a photo, for many photos at a time."""

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from classifier.inference.types import Pixels
from classifier.process.cores import usable_cores

if TYPE_CHECKING:
    from classifier.inference.openvino_runtime import ov


class FeatureNetwork:
    """In OpenVINO, with a stream for each core; may be asked from several threads, each of which has a request."""

    def __init__(self, graph: "ov.Model") -> None:
        """For a graph with one photo `(1, H, W, 3)` as its input and `(1, F)` as its output."""
        from classifier.inference.openvino_runtime import core

        config = {"NUM_STREAMS": str(usable_cores()), "INFERENCE_PRECISION_HINT": "f32"}
        self._compiled = core.compile_model(graph, "CPU", config)
        self._local = threading.local()
        # The first inference of a process must not be met by a second one (a deadlock up to OpenVINO 2026.4.1).
        self.features(np.zeros(tuple(self._compiled.input(0).shape)[1:], np.float32))

    def features(self, pixels: Pixels) -> NDArray[np.float32]:
        """`(F,)` of one photo `(H, W, 3)`."""
        request: Any = getattr(self._local, "request", None)
        if request is None:
            request = self._local.request = self._compiled.create_infer_request()
        return np.array(request.infer([pixels[None]])[0][0], np.float32)
