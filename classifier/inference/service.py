"""The one place where the steps are joined: preprocess, infer, decode the prediction."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from classifier.inference.engines import Engine, open_engine
from classifier.inference.images.renditions import THUMBNAIL_PX
from classifier.inference.packaging.folders import read_model_labels, verify
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.preprocessing import kept_side_px, preprocess_image
from classifier.inference.scores.ranking import decode_prediction
from classifier.inference.types import Classification, Label, ModelManifest, ModelRef
from classifier.inference.watchdog import InferenceWatchdog


class ClassifierService:
    """A model that is loaded, warmed up and ready to classify, from any thread."""

    def __init__(self, *, engine: Engine, manifest: ModelManifest, labels: Sequence[Label]) -> None:
        self._engine = engine
        self.manifest = manifest
        self.labels = tuple(labels)
        self.watchdog = InferenceWatchdog()

    @classmethod
    def open(cls, folder: Path, *, engine: str = "openvino", precision: str = "f32") -> "ClassifierService":
        """Loads and warms up a model folder. Raises BrokenModelFolderError when it is not whole or does not run."""
        verify(folder)
        manifest = read_manifest(folder)
        running = open_engine(engine, folder, manifest.preprocessing, precision=precision)
        service = cls(engine=running, manifest=manifest, labels=read_model_labels(folder))
        service.classify(Image.new("RGB", (manifest.preprocessing.width_px, manifest.preprocessing.height_px)))
        return service

    @property
    def shorter_side_px(self) -> int:
        """What `decode_image` must leave of the shorter side, in pixels: enough for the network and a thumbnail.

        The same wherever a photo comes from, so that it gets the same answer everywhere.
        """
        return max(kept_side_px(self.manifest.preprocessing), THUMBNAIL_PX // 2)

    @property
    def ref(self) -> ModelRef:
        return ModelRef(self.manifest.name, self.manifest.version)

    def classify(
        self, image: Image.Image, *, top_k: int = 5, meanwhile: Callable[[], None] = lambda: None
    ) -> Classification:
        """The `top_k` best labels for an upright RGB picture, and how long it took.

        Calls `meanwhile` while the network is at it, which must be quick: its place at the network is held until then.
        What it raises, this raises once the network has answered.
        """
        start = time.perf_counter()
        pixels = preprocess_image(image, self.manifest.preprocessing)
        preprocessed = time.perf_counter()
        with self.watchdog.running():
            finish = self._engine.start(pixels)
            failure = _failure_of(meanwhile)
            inferred = finish()
        if failure:
            raise failure
        top = decode_prediction(inferred.scores, self.labels, top_k=top_k, output=self.manifest.output)
        return Classification(
            top=top,
            model=self.ref,
            preprocess_ms=(preprocessed - start) * 1000,
            inference_ms=inferred.ms,
        )

    def give_up(self) -> None:
        """Sends those away who wait for a network that is stuck."""
        self._engine.give_up()

    def close(self) -> None:
        self._engine.close()


def _failure_of(work: Callable[[], None]) -> BaseException | None:
    try:
        work()
    except BaseException as error:
        return error
    return None
