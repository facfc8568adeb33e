"""Photo comparison: another installed model is asked about a stored photo; its answer is shown and kept nowhere."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from classifier.errors import BusyError, ClassifierError, PhotoLostError
from classifier.inference import instance
from classifier.inference.errors import ModelError
from classifier.inference.labels.names import is_same_label
from classifier.inference.scores.wording import sentence
from classifier.inference.service import ClassifierService
from classifier.inference.types import Label, ModelRef, ScoredLabel
from classifier.models import ModelVersion, Prediction
from classifier.predictions.intake import Intake, Sender
from classifier.storage.local import read_stored

_loading = threading.Lock()
"""A process holds one model beside the one that serves, and no more, whoever asks."""


class NoAnswerError(ClassifierError):
    """The other model cannot be loaded; the operator finds the reason in the error before."""

    detail = "This model cannot be loaded now. Choose another one."


@dataclass(frozen=True, slots=True)
class ModelsAnswer:
    """What a model says of a photo, in words and in labels, and how long its network took."""

    model: str
    sentence: str
    top: Sequence[ScoredLabel]
    time_ms: float

    def agrees_with(self, other: "ModelsAnswer") -> bool:
        """Whether both have the same best label."""
        one, another = (Label(best.wnid, best.label) for best in (self.top[0], other.top[0]))
        return is_same_label(one, another)


def other_models(prediction: Prediction) -> QuerySet[ModelVersion]:
    """The installed models that did not make the prediction, the newest first."""
    return ModelVersion.objects.exclude(pk=prediction.model_version_id)


def kept_answer(prediction: Prediction) -> ModelsAnswer:
    """What the prediction's own model said of its photo, at the time."""
    kept: list[dict[str, Any]] = prediction.top or [
        {"wnid": prediction.wnid, "label": prediction.label, "probability": prediction.probability}
    ]
    return ModelsAnswer(
        model=str(prediction.model_version),
        sentence=prediction.sentence,
        top=[ScoredLabel(scored["wnid"], scored["label"], scored["probability"]) for scored in kept],
        time_ms=prediction.preprocess_ms + prediction.inference_ms,
    )


def ask(version: ModelVersion, prediction: Prediction, *, sender: Sender) -> ModelsAnswer:
    """What a model says of a prediction's photo now, which changes nothing; it counts as a photo of the sender.

    Raises PhotoLostError, ImageError, NoAnswerError, or RetryableError: a BusyError while the process has another
    model loaded beside the one that serves.
    """
    intake = Intake(sender)
    with _loaded(version) as service, intake.admitted(service) as slot:
        try:
            photo = read_stored(prediction.image)
        except FileNotFoundError as error:
            raise PhotoLostError from error
        found = slot.classify(photo, top_k=max(1, len(prediction.top)))
    words = sentence(found.answer, found.top)
    return ModelsAnswer(str(version), words, found.top, found.preprocess_ms + found.inference_ms)


@contextmanager
def _loaded(version: ModelVersion) -> Iterator[ClassifierService]:
    """The model's service: the one that serves, or one that is loaded for this alone."""
    serving = instance.current()
    if serving is not None and serving.ref == ModelRef(version.name, version.version):
        yield serving
        return
    if not _loading.acquire(blocking=False):
        raise BusyError
    try:
        with closing(_load(version)) as service:
            yield service
    finally:
        _loading.release()


def _load(version: ModelVersion) -> ClassifierService:
    try:
        return instance.load(version.folder)
    except ModelError as error:
        raise NoAnswerError from error
