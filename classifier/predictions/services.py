"""The write flow: what happens to a photo between the request and the response."""

import base64
import hashlib
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from classifier import metrics
from classifier.accounts import quotas
from classifier.conf import conf
from classifier.errors import AccountGoneError, DigestMismatchError
from classifier.inference.images.decoding import inspect_image
from classifier.inference.images.renditions import COPY_SIDE_PX, make_copy, make_thumbnail
from classifier.inference.types import Classification, ImageFacts
from classifier.model_registry import versions
from classifier.models import Prediction
from classifier.predictions.idempotency import claimed
from classifier.predictions.intake import Decoded, Intake, Place, Sender, check_size, decode_within_limits
from classifier.storage.local import check_room

_HAS_SHA256 = re.compile(r"(?:^|,)\s*sha-256\s*=")
_SHA256_DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]*):\s*(?=,|;|$)")


TUTORIAL_TOP_K = 5
"""As many labels as the stateless answer of the tutorials always has, whatever the settings say."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A prediction on the disk; `replayed` when it was there before this request."""

    prediction: Prediction
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a photo: its bytes or a copy, facts that are true of them, and a thumbnail."""

    data: bytes
    facts: ImageFacts
    thumbnail: bytes
    decode_ms: float


def classify_upload(
    *,
    sender: Sender,
    upload: "UploadedFile[bytes]",
    content_digest: str = "",
    idempotency_key: str = "",
    top_k: int | None = None,
) -> Stored:
    """Classifies and stores a photo: when this returns, photo and prediction survive a power cut.

    Raises the ImageError, RetryableError, StorageFullError, AccountError or Idempotency…Error that says what is wrong.
    """
    intake, owner = Intake(sender), sender.account
    sha256 = _sha256(upload)
    check_digest(content_digest, sha256.digest())
    with claimed(owner, idempotency_key, sha256.hexdigest()) as claim:
        if claim.prediction is not None:
            return Stored(claim.prediction, replayed=True)
        check_room()
        prediction = Prediction(owner=owner, sha256=sha256.hexdigest())
        with _stored_whole(prediction):
            with intake.admitted() as place:
                kept, classification = _classify(upload.read(), place, top_k=top_k or conf.top_k)
            _write(prediction, kept)
            prediction.set_result(classification, versions.row_for(classification.model))
            with transaction.atomic():
                quotas.add(prediction)
                prediction.save(force_insert=True)
                claim.fulfil(prediction)
        metrics.observe(prediction)
    return Stored(prediction)


def classify_once(upload: "UploadedFile[bytes]", *, sender: Sender) -> Classification:
    """The five best labels of a photo, of which nothing is kept. Raises ImageError or RetryableError."""
    intake = Intake(sender)
    check_size(upload.size or 0)
    with intake.admitted() as place:
        return place.classify(upload.read(), top_k=TUTORIAL_TOP_K)


def copy_for_others(prediction: Prediction) -> bytes:
    """The photo as anybody but its owner may see it: upright, smaller, and without a word of metadata.

    Raises FileNotFoundError when the photo was lost.
    """
    with prediction.image.open("rb") as file:
        return make_copy(decode_within_limits(file.read(), shorter_side_px=COPY_SIDE_PX).image)


def check_digest(content_digest: str, sha256: bytes) -> None:
    """Compares an RFC 9530 `Content-Digest` with what arrived; other algorithms than sha-256 are left unchecked.

    Raises DigestMismatchError.
    """
    if not _HAS_SHA256.search(content_digest):
        return
    expected = _SHA256_DIGEST.search(content_digest)
    if expected is None or expected[1] != base64.b64encode(sha256).decode():
        raise DigestMismatchError


def _sha256(upload: "UploadedFile[bytes]") -> "hashlib._Hash":
    """Read in pieces: a large photo waits on the disk. Raises UploadTooLargeError."""
    check_size(upload.size or 0)
    sha256 = hashlib.sha256()
    for chunk in upload.chunks():
        sha256.update(chunk)
    upload.seek(0)
    return sha256


@contextmanager
def _stored_whole(prediction: Prediction) -> Iterator[None]:
    """The body writes files first, then the row: a crash between the two leaves files without a row, never a row
    without files. When it fails, the files go again. Raises AccountGoneError for an account deleted meanwhile."""
    try:
        yield
    except BaseException as error:
        prediction.remove_files()
        if (
            isinstance(error, IntegrityError)
            and not type(prediction.owner).objects.filter(pk=prediction.owner_id).exists()
        ):
            raise AccountGoneError from error
        raise


def _classify(data: bytes, place: Place, *, top_k: int) -> tuple[_Kept, Classification]:
    """Makes what is kept while the network is at the photo; the decoded image is freed before anything is written."""
    decoded = place.decode(data)
    with place.service.started(decoded.image) as inference:
        kept = _kept(data, decoded)
        return kept, inference.classification(top_k=top_k)


def _kept(data: bytes, decoded: Decoded) -> _Kept:
    thumbnail = make_thumbnail(decoded.image)
    if conf.keep_originals:
        return _Kept(data, decoded.facts, thumbnail, decoded.decode_ms)
    copy = make_copy(decoded.image)
    return _Kept(copy, inspect_image(copy), thumbnail, decoded.decode_ms)


def _write(prediction: Prediction, kept: _Kept) -> None:
    """Puts photo and thumbnail on the disk, and what is true of them into the prediction."""
    facts = kept.facts
    prediction.decode_ms, prediction.byte_size = kept.decode_ms, len(kept.data)
    prediction.content_type, prediction.width, prediction.height = facts.content_type, facts.width, facts.height
    start = time.perf_counter()
    prediction.write_files(kept.data, kept.thumbnail)
    prediction.store_ms = (time.perf_counter() - start) * 1000
