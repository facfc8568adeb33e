"""Idempotency keys: however often a client sends an upload under one key, it becomes one prediction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from classifier.conf import conf
from classifier.errors import IdempotencyInProgressError, IdempotencyKeyReusedError
from classifier.models import IdempotencyKey, Prediction


@dataclass(frozen=True, slots=True)
class Claim:
    """A reserved key, with its prediction if it has one already."""

    row: IdempotencyKey | None
    prediction: Prediction | None = None

    def fulfil(self, prediction: Prediction) -> None:
        """Links the key to its prediction. Call it in the transaction that stores the prediction.

        Raises IdempotencyInProgressError when the lease ran out and another request took over the key.
        """
        if self.row is not None and not _own_reservation(self.row).update(prediction=prediction):
            raise IdempotencyInProgressError


@contextmanager
def claimed(owner: Any, key: str, sha256: str) -> Iterator[Claim]:
    """Reserves the key for these bytes while the block runs, and releases it when the block fails.

    Without a key it does nothing. Raises IdempotencyKeyReusedError when the key was used for other bytes, and
    IdempotencyInProgressError while another request has the reservation. A reservation older than `upload_lease_s`
    belongs to a process that died, and is taken over.
    """
    if not key:
        yield Claim(None)
        return
    row = _reserve(owner, key, sha256)
    claim = Claim(row, row.prediction)
    try:
        yield claim
    except BaseException:
        _own_reservation(row).delete()  # by the database's word: what `fulfil` linked, a failed commit undoes
        raise


def _reserve(owner: Any, key: str, sha256: str) -> IdempotencyKey:
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(owner=owner, key=key, sha256=sha256)
    except IntegrityError:
        return _existing(owner, key, sha256)


def _existing(owner: Any, key: str, sha256: str) -> IdempotencyKey:
    row = (
        IdempotencyKey.objects.select_related("prediction__model_version", "prediction__feedback")
        .filter(owner=owner, key=key)
        .first()
    )
    if row is None:
        raise IdempotencyInProgressError
    if row.sha256 != sha256:
        raise IdempotencyKeyReusedError
    if row.prediction is None and not _take_over(row):
        raise IdempotencyInProgressError
    return row


def _take_over(row: IdempotencyKey) -> bool:
    """Takes over an expired reservation; False while it has not expired, or when another process was faster."""
    now = timezone.now()
    expired = now - timedelta(seconds=conf.upload_lease_s)
    updated = IdempotencyKey.objects.filter(pk=row.pk, prediction=None, created_at__lt=expired).update(created_at=now)
    row.created_at = now
    return bool(updated)


def _own_reservation(row: IdempotencyKey) -> "QuerySet[IdempotencyKey]":
    """The reservation while this request has it: whoever takes it over changes its time."""
    return IdempotencyKey.objects.filter(pk=row.pk, created_at=row.created_at, prediction=None)
