"""Photo comparison: another installed model is asked about a stored photo; its answer is shown and kept nowhere."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from django.db.models import QuerySet

from classifier.errors import BusyError, ClassifierError, PhotoLostError
from classifier.inference import instance
from classifier.inference.errors import ModelError
from classifier.inference.labels.names import is_same_label
from classifier.inference.service import ClassifierService
from classifier.inference.types import Answer, Label, ModelRef, ScoredLabel
from classifier.locale import gettext_noop
from classifier.models import ModelVersion, Prediction
from classifier.predictions.intake import Intake, Sender
from classifier.storage.local import read_stored

_loading = threading.Lock()
"""A process holds one model beside the one that serves, and no more, whoever asks."""


class NoAnswerError(ClassifierError):
    """The other model cannot be loaded; the operator finds the reason in the error before."""

    detail = gettext_noop("This model cannot be loaded now. Choose another one.")


@dataclass(frozen=True, slots=True)
class ModelsAnswer:
    """What a model says of a photo, and how long its network took; `answer` is None of before there was that."""

    model: str
    answer: Answer | None
    scored: Sequence[ScoredLabel]
    time_ms: float

    def agrees_with(self, other: "ModelsAnswer") -> bool:
        """Whether both have the same best label."""
        one, another = (Label(best.wnid, best.label) for best in (self.scored[0], other.scored[0]))
        return is_same_label(one, another)


def other_models(prediction: Prediction) -> QuerySet[ModelVersion]:
    """The installed models that did not make the prediction, the newest first."""
    return ModelVersion.objects.exclude(pk=prediction.model_version_id)


def kept_answer(prediction: Prediction) -> ModelsAnswer:
    """What the prediction's own model said of its photo, at the time."""
    return ModelsAnswer(
        model=str(prediction.model_version),
        answer=prediction.answer,
        scored=prediction.scored,
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
    return ModelsAnswer(str(version), found.answer, found.top, found.preprocess_ms + found.inference_ms)


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
