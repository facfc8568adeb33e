"""The one place where the steps are joined: preprocess, infer, decode the prediction."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from classifier.errors import NotExplainableError, RetryableError
from classifier.inference.engines import Engine, ExplainingEngine, open_engine
from classifier.inference.heat_maps import class_map
from classifier.inference.packaging.folders import read_model_labels, verify
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.preprocessing import kept_side_px, preprocess_image, seen_part
from classifier.inference.scores.hierarchy import Hierarchy, answer_for, sure_probability_of
from classifier.inference.scores.ranking import decode_prediction
from classifier.inference.types import (
    Answer,
    Classification,
    ClassMap,
    Inferred,
    Label,
    ModelManifest,
    ModelRef,
    Pixels,
    RemoteModel,
    RemoteServer,
    ScoredLabel,
    Scores,
)
from classifier.inference.watchdog import InferenceWatchdog


class ClassifierService:
    """A model that is loaded, warmed up and ready to classify, from any thread."""

    def __init__(
        self, *, engine: Engine, manifest: ModelManifest, labels: Sequence[Label], sure_probability: float | None = None
    ) -> None:
        """`sure_probability` goes before what the manifest says."""
        self._engine = engine
        self.manifest = manifest
        self.labels = tuple(labels)
        self.sure_probability = sure_probability_of(asked=sure_probability, measured=manifest.sure_probability)
        self._hierarchy = Hierarchy(self.labels)
        self.watchdog = InferenceWatchdog()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        engine: str = "openvino",
        precision: str = "f32",
        remote: RemoteServer | None = None,
        sure_probability: float | None = None,
    ) -> "ClassifierService":
        """Loads and warms up a model folder, whose network runs on `remote` where the engine is that.

        Raises BrokenModelFolderError when it is not whole or does not run, RemoteModelError when `remote` does not
        serve it.
        """
        verify(folder)
        manifest = read_manifest(folder)
        ref = ModelRef(manifest.name, manifest.version)
        elsewhere = RemoteModel(remote, ref, manifest.classes) if remote else None
        running = open_engine(engine, folder, manifest.preprocessing, precision=precision, remote=elsewhere)
        service = cls(
            engine=running, manifest=manifest, labels=read_model_labels(folder), sure_probability=sure_probability
        )
        service.classify(Image.new("RGB", (manifest.preprocessing.width_px, manifest.preprocessing.height_px)))
        return service

    @property
    def shorter_side_px(self) -> int:
        """What `decode_image` must leave of the shorter side for the network, in pixels."""
        return kept_side_px(self.manifest.preprocessing)

    @property
    def ref(self) -> ModelRef:
        return ModelRef(self.manifest.name, self.manifest.version)

    def classify(self, image: Image.Image, *, top_k: int | None = None) -> Classification:
        """The `top_k` best labels, or all of them, for an upright RGB image, and how long it took."""
        with self.started(image) as inference:
            return inference.classification(top_k=top_k)

    @contextmanager
    def started(self, image: Image.Image) -> Iterator["Inference"]:
        """Sets the network to an upright RGB image; the body may do other work before it asks for the classification.

        That must be quick: its place at the network is held until then. The end of the body waits for the network,
        asked or not.
        """
        began = time.perf_counter()
        pixels = preprocess_image(image, self.manifest.preprocessing)
        with self._started(pixels, preprocess_ms=(time.perf_counter() - began) * 1000) as inference:
            yield inference

    def classify_pixels(self, pixels: Pixels, *, top_k: int | None = None) -> Classification:
        """The same for what `preprocess_image` makes, `(H, W, 3)`, from somebody who did that already."""
        with self._started(pixels, preprocess_ms=0.0) as inference:
            return inference.classification(top_k=top_k)

    @property
    def is_explainable(self) -> bool:
        """Whether `explain` can tell what speaks for a label."""
        return isinstance(self._engine, ExplainingEngine) and self._engine.head is not None

    def explain(self, image: Image.Image, index: int) -> ClassMap:
        """What each part of an upright RGB image gives to the label of that index. Raises NotExplainableError."""
        engine = self._engine
        if not isinstance(engine, ExplainingEngine) or engine.head is None:
            raise NotExplainableError
        pixels = preprocess_image(image, self.manifest.preprocessing)
        with self._started(pixels, preprocess_ms=0.0, start=engine.start_with_features) as inference:
            features = inference.features()
        seen = seen_part(image.size, self.manifest.preprocessing)
        return class_map(features, engine.head, self.labels, index, seen=seen)

    @contextmanager
    def _started(
        self, pixels: Pixels, *, preprocess_ms: float, start: Callable[[Pixels], Callable[[], Inferred]] | None = None
    ) -> Iterator["Inference"]:
        with ExitStack() as watched:
            watched.enter_context(self.watchdog.running())
            finish = (start or self._engine.start)(pixels)
            inference = Inference(self, finish, watched.pop_all(), preprocess_ms=preprocess_ms)
        try:
            yield inference
        finally:
            inference.wait()

    def read(self, scores: Scores, *, top_k: int | None) -> tuple[tuple[ScoredLabel, ...], Answer]:
        """The `top_k` best labels or all of them, and what is stood by, for what the network says of one photo."""
        output = self.manifest.output
        answer = answer_for(scores, self._hierarchy, sure_probability=self.sure_probability, output=output)
        return decode_prediction(scores, self.labels, top_k=top_k, output=output), answer

    def check(self) -> None:
        """Notes in the watchdog when the network cannot be reached, which only a remote one can."""
        try:
            self._engine.check()
        except RetryableError as error:
            self.watchdog.failed(error)

    def give_up(self) -> None:
        """Sends those away who wait for a network that is stuck."""
        self._engine.give_up()

    def close(self) -> None:
        self._engine.close()


class Inference:
    """One image that the network is at, until somebody waits for what it says."""

    def __init__(
        self, service: ClassifierService, finish: Callable[[], Inferred], watched: ExitStack, *, preprocess_ms: float
    ) -> None:
        self._service = service
        self._finish: Callable[[], Inferred] | None = finish
        self._watched = watched
        self._inferred: Inferred | None = None
        self._preprocess_ms = preprocess_ms

    def classification(self, *, top_k: int | None = None) -> Classification:
        """The `top_k` best labels or all of them, waited for. Raises what the network raises."""
        inferred = self._waited_for()
        top, answer = self._service.read(inferred.scores, top_k=top_k)
        return Classification(
            top=top,
            answer=answer,
            model=self._service.ref,
            preprocess_ms=self._preprocess_ms,
            inference_ms=inferred.ms,
        )

    def features(self) -> NDArray[np.float32]:
        """What the network pooled, `(H, W, F)`, waited for, where it was started so that it tells."""
        features = self._waited_for().features
        if features is None:
            raise RuntimeError("The network was not asked for its features.")
        return features

    def wait(self) -> None:
        """Returns when the network is free of this photo; the first time, raises what it raises."""
        finish, self._finish = self._finish, None
        if finish is not None:
            with self._watched:
                self._inferred = finish()

    def _waited_for(self) -> Inferred:
        self.wait()
        if self._inferred is None:
            raise RuntimeError("The network failed before.")
        return self._inferred
