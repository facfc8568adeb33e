"""Model comparison: two model versions look at the same stored photos, in the background, after everybody else."""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from classifier.errors import ClassifierError, ImageError, RetryableError
from classifier.inference.service import ClassifierService
from classifier.inference.types import ScoredLabel
from classifier.model_registry.comparison import ComparedAnswers, Use, compare_answers
from classifier.model_registry.loading import loaded_alone
from classifier.models import FlippedPhoto, ModelComparison, ModelVersion, Prediction
from classifier.predictions.confirmed import confirmed_labels
from classifier.predictions.intake import Intake, Sender
from classifier.predictions.queue_worker import QueueWorker
from classifier.process.priority import Priority, lower_thread_priority
from classifier.storage.locks import held

MOST_PHOTOS = 20_000
"""Two small networks take about half an hour for as many."""
RETRY_AFTER_S = 5.0
NOTED_EVERY = 10
"""Photos between two looks at whether the comparison was cancelled."""
Pause = Callable[[float], object]
State = ModelComparison.State
logger = logging.getLogger(__name__)


class CancelledError(ClassifierError):
    """Somebody cancelled or deleted the comparison."""


@dataclass(frozen=True, slots=True)
class _Answers:
    """One model's best labels, by prediction, and what it took."""

    best: dict[UUID, ScoredLabel]
    use: Use


def request_comparison(old: ModelVersion, new: ModelVersion, *, photos: int) -> ModelComparison:
    """Queues a comparison, in the database, where it survives a restart."""
    return ModelComparison.objects.create(old=old, new=new, photos=photos)


def cancel(comparison: ModelComparison) -> bool:
    """Ends a comparison that is queued or running, soon; False when it has ended already."""
    unfinished = ModelComparison.objects.filter(pk=comparison.pk, state__in=(State.QUEUED, State.RUNNING))
    return bool(unfinished.update(state=State.CANCELLED, finished_at=timezone.now()))


def run(
    comparison: ModelComparison,
    *,
    pause: Pause = threading.Event().wait,
    progress: Callable[[int], object] = lambda inferences: None,
) -> ModelComparison:
    """Makes a comparison now, and keeps its report or what went wrong in its row; returns the row as it is then.

    Each model is loaded by itself, so that no more memory is taken than one more model needs. While the server is
    busy, it waits; `progress` hears how many photos have been looked at, by both models together.
    """
    ModelComparison.objects.filter(pk=comparison.pk).update(state=State.RUNNING, inferences=0, error="", report=None)
    try:
        _Run(comparison, pause, progress).compare()
    except CancelledError:
        logger.info("The comparison of %s was cancelled.", comparison)
    except Exception as error:
        is_told = isinstance(error, ClassifierError)
        _finish(comparison, State.FAILED, error=str(error) if is_told else "It failed; the server's log says why.")
        if not is_told:
            raise
    return ModelComparison.objects.filter(pk=comparison.pk).first() or comparison


@contextmanager
def only_one() -> Iterator[bool]:
    """Within, whether this process may make comparisons: one at a time does, of all servers."""
    with held("model-comparison") as is_held:
        yield is_held


def sample_photos(count: int) -> list[UUID]:
    """The keys of so many stored photos, at random: keys are random numbers, so those after any one are a sample."""
    rows = Prediction.objects.filter(photo_lost=False).order_by("pk").values_list("pk", flat=True)
    start = uuid.uuid4()
    after = list(rows.filter(pk__gte=start)[:count])
    return after + list(rows.filter(pk__lt=start)[: count - len(after)])


@dataclass(frozen=True, slots=True)
class _Run:
    """A comparison that is being made."""

    comparison: ModelComparison
    pause: Pause
    progress: Callable[[int], object]

    def compare(self) -> None:
        comparison = self.comparison
        keys = sample_photos(comparison.photos)
        old = self._ask(comparison.old, keys)
        new = self._ask(comparison.new, [key for key in keys if key in old.best])
        truths = confirmed_labels(new.best)
        answers = [ComparedAnswers(key, old.best[key], best, truths.get(key)) for key, best in new.best.items()]
        report = compare_answers(answers).as_report(old=old.use, new=new.use, skipped=len(keys) - len(answers))
        with transaction.atomic():
            still_there = set(Prediction.objects.filter(pk__in=new.best).values_list("pk", flat=True))
            flips = [one for one in answers if one.is_flip and one.key in still_there]
            comparison.flips.all().delete()
            FlippedPhoto.objects.bulk_create([_flip(comparison, one) for one in flips])
            _finish(comparison, State.DONE, report=report)

    def _ask(self, version: ModelVersion, keys: Sequence[UUID]) -> _Answers:
        best, times_ms = {}, []
        with loaded_alone(version) as (service, memory_mib):
            for count, key in enumerate(keys):
                if count % NOTED_EVERY == 0:
                    self._note(NOTED_EVERY if count else 0)
                found = _look_at(key, service, pause=self.pause)
                if found is not None:
                    best[key], photo_ms = found
                    times_ms.append(photo_ms)
        return _Answers(best, Use(median(times_ms) if times_ms else 0.0, memory_mib))

    def _note(self, made: int) -> None:
        """Keeps the progress. Raises CancelledError."""
        self.comparison.inferences += made
        running = ModelComparison.objects.filter(pk=self.comparison.pk, state=State.RUNNING)
        if not running.update(inferences=self.comparison.inferences):
            raise CancelledError
        self.progress(self.comparison.inferences)


def _look_at(key: UUID, service: ClassifierService, *, pause: Pause) -> tuple[ScoredLabel, float] | None:
    """The best label and the milliseconds; None when the photo cannot be read. While the server is busy, it waits."""
    row = Prediction.objects.filter(pk=key).first()
    while row is not None:
        try:
            with Intake(Sender()).admitted(service) as slot, row.image.open("rb") as file:
                classification = slot.classify(file.read(), top_k=1)
        except RetryableError:
            pause(RETRY_AFTER_S)
        except (ImageError, OSError) as error:
            logger.warning("%s is left out of the comparison: %s", key, error)
            return None
        else:
            return classification.top[0], classification.preprocess_ms + classification.inference_ms
    return None


def _finish(comparison: ModelComparison, state: State, **fields: object) -> None:
    running = ModelComparison.objects.filter(pk=comparison.pk, state=State.RUNNING)
    if not running.update(state=state, finished_at=timezone.now(), **fields):
        raise CancelledError


def _flip(comparison: ModelComparison, one: ComparedAnswers) -> FlippedPhoto:
    return FlippedPhoto(
        comparison=comparison,
        prediction_id=one.key,
        old_label=one.old.label,
        old_probability=one.old.probability,
        new_label=one.new.label,
        new_probability=one.new.probability,
        truth=one.truth.name if one.truth else "",
    )


def _compare_next() -> bool:
    lower_thread_priority(Priority.LOWEST)
    with only_one() as is_held:
        comparison = _next() if is_held else None
        if comparison is not None:
            run(comparison)
    return comparison is None


def _next() -> ModelComparison | None:
    """The oldest that is not finished: one that is running without anybody at it was interrupted."""
    unfinished = ModelComparison.objects.filter(state__in=(State.QUEUED, State.RUNNING))
    return unfinished.select_related("old", "new").order_by("id").first()


_worker = QueueWorker(
    _compare_next, name="model-comparison", failure="The models could not be compared.", logger=logger
)
work_in_background, follow_in_background = _worker.work_in_background, _worker.follow_in_background
