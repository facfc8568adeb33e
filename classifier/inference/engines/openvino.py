"""The engine that serves by default: OpenVINO on the CPU, a fifth of Keras' time and a third of its memory."""

import queue
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from classifier.errors import ModelRestartingError
from classifier.inference.engines.pooled_end import find_pooled_end
from classifier.inference.errors import BrokenModelFolderError
from classifier.inference.openvino_runtime import core, ov
from classifier.inference.types import Inferred, LinearHead, Pixels, Preprocessing, Scores
from classifier.process.cores import usable_cores
from classifier.process.mapped_files import mappings_of, release_pages

MODEL_FILE, WEIGHTS_FILE = "model.xml", "model.bin"
_PRECISIONS = {"f32": "f32", "bf16": "bf16"}


class _Place:
    """An infer request, and the memory it reads a photo from: to pass arrays in costs twice as much."""

    def __init__(self, compiled: ov.CompiledModel) -> None:
        self.request = compiled.create_infer_request()
        self.pixels = self.request.get_input_tensor().data[0]


class OpenVinoEngine:
    """One compiled network and a place at it for each stream.

    A stream a core answers as many photos at once as there are cores, which is best under load; a place
    belongs to one thread at a time, as OpenVINO demands of infer requests. With a `head`, the network has a second
    output: what it pools.
    """

    def __init__(self, compiled: ov.CompiledModel, places: int, head: LinearHead | None = None) -> None:
        self.places, self.head = places, head
        self._idle: queue.SimpleQueue[_Place | None] = queue.SimpleQueue()
        for _ in range(places):
            self._idle.put(_Place(compiled))

    def predict(self, batch: Pixels) -> Scores:
        """Probabilities `(N, C)` for a batch `(N, H, W, 3)`, photo by photo: batching gains nothing on a CPU."""
        return np.stack([self.start(photo)().scores for photo in batch])

    def start(self, pixels: Pixels) -> Callable[[], Inferred]:
        """One photo `(H, W, 3)`; the network is at it in a thread of its own until the answer is asked for.

        Raises ModelRestartingError for a photo that waited when the network was given up.
        """
        return self._start(pixels, _read_scores)

    def start_with_features(self, pixels: Pixels) -> Callable[[], Inferred]:
        """The same with what the network pools, which an engine with a `head` has."""
        return self._start(pixels, _read_scores_and_features)

    def _start(self, pixels: Pixels, read: Callable[[ov.InferRequest], Inferred]) -> Callable[[], Inferred]:
        place = self._idle.get()
        if place is None:
            self.give_up()  # the next in the line must hear it too
            raise ModelRestartingError
        try:
            np.copyto(place.pixels, pixels)
            place.request.start_async()
        except BaseException:
            self._idle.put(place)
            raise
        return partial(self._finish, place, read)

    def _finish(self, place: _Place, read: Callable[[ov.InferRequest], Inferred]) -> Inferred:
        try:
            place.request.wait()
            return read(place.request)
        finally:
            self._idle.put(place)

    def check(self) -> None:
        """Nothing to do: the network is in this process."""

    def give_up(self) -> None:
        self._idle.put(None)

    def close(self) -> None:
        """Nothing to do: memory goes with the last reference, after the calls under way."""


def open_folder(folder: Path, preprocessing: Preprocessing, precision: str) -> OpenVinoEngine:
    """Compiles `model.xml` and warms it up. Raises BrokenModelFolderError when OpenVINO cannot."""
    streams = usable_cores()
    config = {"NUM_STREAMS": str(streams), "INFERENCE_PRECISION_HINT": _PRECISIONS[precision]}
    shape = [1, preprocessing.height_px, preprocessing.width_px, 3]
    weights = (folder / WEIGHTS_FILE).resolve()
    mapped_before = mappings_of(weights)
    try:
        model = core.read_model(folder / MODEL_FILE)
        if not model.input().partial_shape.compatible(ov.PartialShape(shape)):
            raise RuntimeError(f"it takes {model.input().partial_shape}, and model.json says {shape}")
        model.reshape(shape)
        end = find_pooled_end(model)
        if end is not None:
            end.add_output(model)
        head = end.head if end is not None else None
        engine = OpenVinoEngine(core.compile_model(model, "CPU", config), places=streams, head=head)
        # The first infer of a process must not be met by a second one (a deadlock up to OpenVINO 2026.4.1).
        engine.predict(np.zeros(shape, np.float32))
    except (RuntimeError, TypeError, IndexError) as error:  # the last two: other numbers than pixels and scores
        raise BrokenModelFolderError(f"OpenVINO cannot load {folder}: {error}") from error
    release_pages(mappings_of(weights) - mapped_before)  # already packed elsewhere, but kept mapped
    return engine


def _read_scores(request: ov.InferRequest) -> Inferred:
    return Inferred(request.get_output_tensor(0).data[0].astype(np.float32), request.latency)


def _read_scores_and_features(request: ov.InferRequest) -> Inferred:
    features = request.get_output_tensor(1).data[0].astype(np.float32)
    return replace(_read_scores(request), features=features)
