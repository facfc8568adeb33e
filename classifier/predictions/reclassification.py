"""Reclassification: stored photos are classified again by the active model; previous predictions are kept."""

import logging
import threading
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction

from classifier.conf import conf
from classifier.errors import ImageError, PhotoLostError, RetryableError
from classifier.feedback import corrections
from classifier.inference import instance
from classifier.inference.types import Classification
from classifier.model_registry import versions
from classifier.models import Prediction, PreviousPrediction, ReclassificationJob
from classifier.predictions.intake import Intake, Sender
from classifier.predictions.queue_worker import QueueWorker
from classifier.storage.local import translating_os_errors
from classifier.storage.locks import held
from classifier.storage.pages import batches

RETRY_AFTER_S = 5.0
SERVER = Sender()
"""Who asks for what was queued: no account, which its photos would count against."""
logger = logging.getLogger(__name__)


def request_reclassification(keys: Sequence[UUID]) -> int:
    """Queues predictions for reclassification, in the database, where they survive a restart. Returns how many.

    All keys are read before: SQLite refuses to write beside a query that is still open once somebody else has written.
    """
    for batch in batches(keys):
        ReclassificationJob.objects.bulk_create(
            [ReclassificationJob(prediction_id=key) for key in batch], ignore_conflicts=True
        )
    return len(keys)


def reclassify_all(*, pause: Callable[[float], object] = threading.Event().wait) -> int:
    """Works through all jobs, one after the other, and returns how many predictions changed.

    Uploads have priority: while the server is busy, it pauses.
    """
    renewed = 0
    while (job := ReclassificationJob.objects.select_related("prediction").order_by("id").first()) is not None:
        try:
            renewed += reclassify(job.prediction)
        except RetryableError:
            pause(RETRY_AFTER_S)
            continue
        except (ImageError, OSError) as error:
            logger.warning("%s cannot be classified again: %s", job.prediction_id, error)
        ReclassificationJob.objects.filter(pk=job.pk).delete()
    return renewed


def reclassify_for(sender: Sender, prediction: Prediction) -> None:
    """Has the serving model answer for its owner, which counts as an upload; nothing if that model answered before.

    Raises RetryableError, ImageError, or PhotoLostError when the photo's file is missing.
    """
    try:
        with translating_os_errors(but=FileNotFoundError):
            reclassify(prediction, sender)
    except FileNotFoundError as error:
        raise PhotoLostError from error


def reclassify(prediction: Prediction, sender: Sender = SERVER) -> bool:
    """Classifies a stored photo with the serving model; False when that model made its prediction.

    Raises RetryableError, ImageError, or OSError when the photo's file is missing.
    """
    service = instance.get()
    if service.ref.version == prediction.model_version.version and service.ref.name == prediction.model_version.name:
        return False
    with Intake(sender).admitted(service) as slot, prediction.image.open("rb") as file:
        classification = slot.classify(file.read(), top_k=max(len(prediction.top), conf.top_k))
    _replace(prediction, classification)
    return True


def _replace(prediction: Prediction, classification: Classification) -> None:
    """Stores the old result as a previous prediction, and the new one in its row.

    Does nothing when the prediction was deleted meanwhile, or another process was faster.
    """
    with transaction.atomic():
        unchanged = Prediction.objects.filter(pk=prediction.pk, model_version_id=prediction.model_version_id)
        row = unchanged.select_for_update().first()
        if row is None:
            return
        PreviousPrediction.objects.create(
            prediction=row,
            **{name: getattr(row, name) for name in ("label", "wnid", "probability", "top", *Prediction.ANSWER)},
            model_version_id=row.model_version_id,
        )
        row.set_result(classification, versions.row_for(classification.model))
        row.save(update_fields=Prediction.RESULT)
        corrections.follow(row)


def _work_off() -> bool:
    with held("reclassification") as is_held:
        if is_held:
            reclassify_all()
    return not is_held or not ReclassificationJob.objects.exists()


_worker = QueueWorker(
    _work_off, name="reclassification", failure="Photos could not be classified again.", logger=logger
)
work_in_background, follow_in_background = _worker.work_in_background, _worker.follow_in_background
