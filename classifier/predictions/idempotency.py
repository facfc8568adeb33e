"""One upload, one prediction: what the client's `Idempotency-Key` promises."""

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


@dataclass
class Claim:
    """A reserved key; `prediction` is the one that it already has."""

    row: IdempotencyKey | None
    prediction: Prediction | None = None

    def fulfil(self, prediction: Prediction) -> None:
        """Ties the key to its prediction; call it in the transaction that stores that.

        Raises IdempotencyInProgressError when the lease ran out and another request took the key over.
        """
        if self.row is not None:
            if not _ours(self.row).update(prediction=prediction):
                raise IdempotencyInProgressError
            self.prediction = prediction


@contextmanager
def claimed(owner: Any, key: str, sha256: str) -> Iterator[Claim]:
    """Reserves the key for these bytes while the body runs; a body that fails gives it back.

    Without a key, promises nothing. Raises IdempotencyKeyReusedError for other bytes than the key's,
    IdempotencyInProgressError while the same upload is in progress elsewhere; a reservation older than
    `upload_lease_s` belongs to a process that died, and is taken over.
    """
    if not key:
        yield Claim(None)
        return
    row = _reserve(owner, key, sha256)
    claim = Claim(row, row.prediction)
    try:
        yield claim
    finally:
        if claim.prediction is None:
            _ours(row).delete()


def _reserve(owner: Any, key: str, sha256: str) -> IdempotencyKey:
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(owner=owner, key=key, sha256=sha256)
    except IntegrityError:
        return _held(owner, key, sha256)


def _held(owner: Any, key: str, sha256: str) -> IdempotencyKey:
    row = IdempotencyKey.objects.select_related("prediction__model_version").filter(owner=owner, key=key).first()
    if row is None:
        raise IdempotencyInProgressError
    if row.sha256 != sha256:
        raise IdempotencyKeyReusedError
    if row.prediction is None and not _taken_over(row):
        raise IdempotencyInProgressError
    return row


def _taken_over(row: IdempotencyKey) -> bool:
    """Whether this process now holds the reservation of one that died."""
    now = timezone.now()
    expired = now - timedelta(seconds=conf.upload_lease_s)
    taken = IdempotencyKey.objects.filter(pk=row.pk, prediction=None, created_at__lt=expired).update(created_at=now)
    row.created_at = now
    return bool(taken)


def _ours(row: IdempotencyKey) -> "QuerySet[IdempotencyKey]":
    """The reservation, as long as this process holds it: a takeover gives it another time."""
    return IdempotencyKey.objects.filter(pk=row.pk, created_at=row.created_at, prediction=None)
