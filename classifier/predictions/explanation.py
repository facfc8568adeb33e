"""Explanation: which parts of a stored photo speak for a label, told by the model that made the prediction."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from classifier.errors import (
    AnsweredByOtherModelError,
    ImageError,
    ModelNotReadyError,
    NotExplainableError,
    PhotoNoLongerReadableError,
    UnknownLabelError,
)
from classifier.inference import instance
from classifier.inference.heat_maps import describe, draw_overlay
from classifier.inference.labels.names import with_spaces
from classifier.inference.service import ClassifierService
from classifier.inference.types import ClassMap, Label, ModelRef
from classifier.models import Prediction
from classifier.predictions.intake import Intake, Sender
from classifier.storage.local import read_stored


@dataclass(frozen=True, slots=True)
class Explanation:
    """What each part of a photo gives to a label; `photo_size` is the upright photo's, in pixels."""

    class_map: ClassMap
    photo_size: tuple[int, int]

    def overlay(self) -> bytes:
        """A PNG to lay over the photo, of its shape."""
        return draw_overlay(self.class_map, self.photo_size)

    @property
    def overlay_url(self) -> str:
        """The same as an address that is the picture itself, for pages."""
        return f"data:image/png;base64,{base64.b64encode(self.overlay()).decode()}"

    @property
    def words(self) -> str:
        """Where the parts are that speak for the label."""
        return describe(self.class_map)


def explain(prediction: Prediction, *, sender: Sender, wnid: str = "", label: str = "") -> Explanation:
    """What speaks for a label that the model knows, or for the prediction's own; counts as a photo of the sender.

    Raises NotExplainableError, UnknownLabelError, RetryableError, or FileNotFoundError when the photo was lost.
    """
    service = _service_of(prediction)
    index = find_label(service.labels, prediction, wnid=wnid, label=label)
    with Intake(sender).admitted(service) as slot:
        data = read_stored(prediction.image)
        try:
            image = slot.decode(data).image
        except ImageError as error:
            raise PhotoNoLongerReadableError from error
        return Explanation(slot.service.explain(image, index), (prediction.width, prediction.height))


def is_explainable(prediction: Prediction) -> bool:
    """Whether `explain` could tell anything now."""
    try:
        _service_of(prediction)
    except (NotExplainableError, ModelNotReadyError):
        return False
    return not prediction.photo_lost


def find_label(labels: Sequence[Label], prediction: Prediction, *, wnid: str = "", label: str = "") -> int:
    """The index of a label by its wnid or its name; of those with one name, the one that the prediction kept.

    Without either, the index of the prediction's own label. Raises UnknownLabelError.
    """
    if not wnid and not label:
        wnid, label = prediction.wnid, prediction.label
    if wnid:
        found = [index for index, known in enumerate(labels) if known.wnid == wnid]
    else:
        name, kept = with_spaces(label), {scored["wnid"] for scored in prediction.top}
        found = [index for index, known in enumerate(labels) if with_spaces(known.name) == name]
        found.sort(key=lambda index: labels[index].wnid not in kept)
    if not found:
        raise UnknownLabelError
    return found[0]


def _service_of(prediction: Prediction) -> ClassifierService:
    """The process's classifier, if it made the prediction. Raises NotExplainableError, ModelNotReadyError."""
    service, version = instance.get(), prediction.model_version
    if service.ref != ModelRef(version.name, version.version):
        raise AnsweredByOtherModelError
    if not service.is_explainable:
        raise NotExplainableError
    return service
