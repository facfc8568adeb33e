"""Corrections: a person says that an answer is right, or what the photo shows instead, or none of the labels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from classifier.errors import AmbiguousLabelError, SameLabelError, UnknownWnidError
from classifier.inference import instance
from classifier.inference.labels.names import matches, spelt
from classifier.inference.types import Label
from classifier.models import Feedback, Prediction
from classifier.search import writing
from classifier.storage.pages import batches

BATCH = 200
"""Rows of one transaction: others write between two of them."""
SUGGESTED = 12
Verdict = Feedback.Verdict


@dataclass(frozen=True, slots=True)
class Correction:
    """A verdict; with `wrong`, what the photo shows, as its sender spells it, or nothing for none of the labels."""

    verdict: Feedback.Verdict
    label: str = ""
    wnid: str = ""


def give(prediction: Prediction, correction: Correction, *, by: User | Any) -> Feedback | None:
    """Stores what somebody says of a prediction, in the place of what was said before; None when it is gone meanwhile.

    Raises SameLabelError, AmbiguousLabelError, UnknownWnidError, ModelNotReadyError.
    """
    named = _resolve(correction, by=by) if correction.verdict == Verdict.WRONG else None
    with transaction.atomic():  # a photo that is classified again at this moment is corrected before or after
        row = Prediction.objects.select_for_update().filter(pk=prediction.pk).first()
        if row is None:
            return None
        truth = Label(row.wnid, row.label) if named is None else named
        if named and (named.wnid, named.name) == (row.wnid, row.label):
            raise SameLabelError
        feedback, _ = Feedback.objects.update_or_create(
            prediction=row,
            defaults={
                "verdict": correction.verdict,
                "label": truth.name,
                "wnid": truth.wnid,
                "at": timezone.now(),
                "by_id": by.pk,
            },
        )
    return feedback


def withdraw(prediction: Prediction) -> None:
    """Takes back what was said of a prediction, if anything was."""
    Feedback.objects.filter(prediction=prediction.pk).delete()


def give_to_all(rows: QuerySet[Prediction], correction: Correction, *, by: User | Any) -> int:
    """Says the same of many predictions; how many that were. Of those whose answer has that label, it is `right`.

    Raises AmbiguousLabelError, UnknownWnidError, ModelNotReadyError.
    """
    named = _resolve(correction, by=by) if correction.verdict == Verdict.WRONG else None
    keys = list(rows.order_by().values_list("pk", flat=True))
    count = 0
    for batch in batches(keys, size=BATCH):
        with transaction.atomic():
            locked = Prediction.objects.select_for_update().filter(pk__in=batch).order_by("pk")
            said = [_said_of(row, named, by=by) for row in locked]
            Feedback.objects.bulk_create(
                said,
                update_conflicts=True,
                unique_fields=["prediction"],
                update_fields=["verdict", "label", "wnid", "at", "by"],
            )
            writing.renew(batch)
            count += len(said)
    return count


def withdraw_all(rows: QuerySet[Prediction]) -> int:
    """Takes back what was said of many predictions; of how many something was."""
    return Feedback.objects.filter(prediction__in=rows.order_by().values("pk")).delete()[0]


def follow(prediction: Prediction) -> None:
    """Makes the verdict true again after the photo was classified again: what it shows was known, the answer is new."""
    rows = Feedback.objects.filter(prediction=prediction.pk).exclude(label="")
    is_right = rows.filter(label=prediction.label, wnid=prediction.wnid)
    if not is_right.update(verdict=Verdict.RIGHT):
        rows.update(verdict=Verdict.WRONG)


def suggestions(text: str, *, by: User | Any) -> list[Label]:
    """Labels with this text in them, for a person to choose from: the model's, and new ones of that person's own."""
    service = instance.current()
    known = [label for label in (service.labels if service else ()) if matches(label.name, text)]
    own = [label for label in _own_labels(by) if matches(label.name, text)]
    wanted = spelt(text)
    ranked = sorted({*known, *own}, key=lambda label: (not spelt(label.name).startswith(wanted), spelt(label.name)))
    return ranked[:SUGGESTED]


def _said_of(row: Prediction, named: Label | None, *, by: User | Any) -> Feedback:
    answer = Label(row.wnid, row.label)
    truth = answer if named is None else named
    verdict = Verdict.RIGHT if truth == answer else Verdict.WRONG
    return Feedback(prediction=row, verdict=verdict, label=truth.name, wnid=truth.wnid, at=timezone.now(), by_id=by.pk)


def _resolve(correction: Correction, *, by: User | Any) -> Label:
    """The class that is meant: one of the model's, a new one that this person named before, or a new one."""
    label = " ".join(correction.label.split())
    if not label and not correction.wnid:
        return Label("", "")
    known = instance.get().labels
    if correction.wnid:
        return _by_wnid(known, correction.wnid, label)
    named = _called(known, label)
    if len(named) > 1:
        raise AmbiguousLabelError(wnids=", ".join(found.wnid for found in named))
    return (*named, *_called(_own_labels(by), label), Label("", label))[0]


def _by_wnid(known: Sequence[Label], wnid: str, label: str) -> Label:
    found = next((known_label for known_label in known if known_label.wnid == wnid), None)
    if found is None or (label and spelt(label) != spelt(found.name)):
        raise UnknownWnidError
    return found


def _called(labels: Iterable[Label], name: str) -> list[Label]:
    return [label for label in labels if spelt(label.name) == spelt(name)]


def _own_labels(by: User | Any) -> list[Label]:
    """New labels that this person gave before, so that they are spelt the same again; nobody is shown another's."""
    rows = Feedback.objects.filter(by=by.pk, wnid="", verdict=Verdict.WRONG).exclude(label="")
    return [Label("", label) for label in rows.order_by("label").values_list("label", flat=True).distinct()]
