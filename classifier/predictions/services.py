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
from classifier.errors import AccountGoneError, DigestMismatchError, RetakeError
from classifier.inference.images.decoding import inspect_image
from classifier.inference.images.quality import assess_quality
from classifier.inference.images.renditions import COPY_SIDE_PX, make_copy, make_thumbnail, scaled_to_thumbnail
from classifier.inference.types import Classification, ImageFacts, Quality
from classifier.model_registry import versions
from classifier.models import Prediction
from classifier.predictions.filenames import shown_name
from classifier.predictions.idempotency import claimed
from classifier.predictions.intake import Decoded, Intake, Sender, Slot, check_size, decode_within_limits
from classifier.storage.local import check_free_space, read_stored
from classifier.storage.pairing import check_folder
from classifier.storage.photos import write_files
from classifier.storage.removal import remove_files
from classifier.storage.rows import Columns
from classifier.storage.seals import seal

ROWS = Columns(Prediction)
_HAS_SHA256 = re.compile(r"(?:^|,)\s*sha-256\s*=")
_SHA256_DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]*):\s*(?=,|;|$)")


TUTORIAL_TOP_K = 5
"""How many labels the tutorials' stateless endpoint returns, whatever the settings say."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored prediction; `replayed` when an earlier request with the same key stored it."""

    prediction: Prediction
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class _StoredPhoto:
    """What is stored of a photo: its original or a copy, the facts of that file, a thumbnail, and its quality."""

    data: bytes
    facts: ImageFacts
    thumbnail: bytes
    quality: Quality
    decode_ms: float


def classify_upload(
    *,
    sender: Sender,
    upload: "UploadedFile[bytes]",
    content_digest: str = "",
    idempotency_key: str = "",
    top_k: int | None = None,
    is_strict: bool = False,
) -> Stored:
    """Classifies and stores a photo: when this returns, photo and prediction survive a power cut.

    `is_strict` refuses photos that should be taken again, with RetakeError.
    Raises the ImageError, RetryableError, StorageFullError, AccountError or Idempotency…Error that says what is wrong;
    a StorageUnavailableError is a RetryableError.
    """
    intake, owner = Intake(sender), sender.account
    sha256 = _sha256(upload)
    check_digest(content_digest, sha256.digest())
    with claimed(owner, idempotency_key, sha256.hexdigest()) as claim:
        if claim.prediction is not None:
            return Stored(claim.prediction, replayed=True)
        check_folder()
        check_free_space(upload.size or 0)
        prediction = Prediction(owner=owner, sha256=sha256.hexdigest(), filename=shown_name(upload.name or ""))
        with _removing_files_on_failure(prediction):
            with intake.admitted() as slot:
                photo, classification = _classify(upload.read(), slot, top_k=top_k or conf.top_k, is_strict=is_strict)
            _write(prediction, photo)
            prediction.set_result(classification, versions.row_for(classification.model))
            with transaction.atomic():
                quotas.add(prediction)
                ROWS.insert(prediction)
                claim.fulfil(prediction)
        prediction.note_nothing_said()
        seal(prediction.file_names)
        metrics.observe(prediction)
    return Stored(prediction)


def classify_once(upload: "UploadedFile[bytes]", *, sender: Sender) -> Classification:
    """The five best labels of a photo, which is not stored. Raises ImageError or RetryableError."""
    intake = Intake(sender)
    check_size(upload.size or 0)
    with intake.admitted() as slot:
        return slot.classify(upload.read(), top_k=TUTORIAL_TOP_K)


def copy_for_others(prediction: Prediction) -> bytes:
    """The photo as anybody but its owner may see it: upright, smaller, and without metadata.

    Raises FileNotFoundError when the photo was lost, and StorageUnavailableError.
    """
    data = read_stored(prediction.image)
    return make_copy(decode_within_limits(data, shorter_side_px=COPY_SIDE_PX).image)


def check_digest(content_digest: str, sha256: bytes) -> None:
    """Compares an RFC 9530 `Content-Digest` with what arrived; only sha-256 is checked.

    Raises DigestMismatchError.
    """
    if not _HAS_SHA256.search(content_digest):
        return
    expected = _SHA256_DIGEST.search(content_digest)
    if expected is None or expected[1] != base64.b64encode(sha256).decode():
        raise DigestMismatchError


def _sha256(upload: "UploadedFile[bytes]") -> "hashlib._Hash":
    """The hash of an upload, read in chunks: a large one is on the disk. Raises UploadTooLargeError."""
    check_size(upload.size or 0)
    sha256 = hashlib.sha256()
    for chunk in upload.chunks():
        sha256.update(chunk)
    upload.seek(0)
    return sha256


@contextmanager
def _removing_files_on_failure(prediction: Prediction) -> Iterator[None]:
    """For a block that writes the files first and then the row: when it fails, the files are removed.

    A crash between the two leaves files without a row, never a row without files. Raises AccountGoneError when the
    account was deleted meanwhile.
    """
    try:
        yield
    except BaseException as error:
        remove_files(prediction.file_names)
        if (
            isinstance(error, IntegrityError)
            and not type(prediction.owner).objects.filter(pk=prediction.owner_id).exists()
        ):
            raise AccountGoneError from error
        raise


def _classify(data: bytes, slot: Slot, *, top_k: int, is_strict: bool) -> tuple[_StoredPhoto, Classification]:
    """Makes the renditions while the network runs; the decoded image is freed before anything is written."""
    decoded = slot.decode(data)
    with slot.service.started(decoded.image) as inference:
        photo = _photo_to_store(data, decoded)
        if is_strict and photo.quality.retake:
            raise RetakeError(codes=photo.quality.codes)
        return photo, inference.classification(top_k=top_k)


def _photo_to_store(data: bytes, decoded: Decoded) -> _StoredPhoto:
    small = scaled_to_thumbnail(decoded.image)
    quality = assess_quality(small, decoded.facts)
    thumbnail = make_thumbnail(small)
    if conf.keep_originals:
        return _StoredPhoto(data, decoded.facts, thumbnail, quality, decoded.decode_ms)
    copy = make_copy(decoded.image)
    return _StoredPhoto(copy, inspect_image(copy), thumbnail, quality, decoded.decode_ms)


def _write(prediction: Prediction, photo: _StoredPhoto) -> None:
    """Writes photo and thumbnail, and sets the prediction's fields that describe them."""
    facts = photo.facts
    prediction.decode_ms, prediction.byte_size = photo.decode_ms, len(photo.data)
    prediction.content_type, prediction.width, prediction.height = facts.content_type, facts.width, facts.height
    prediction.quality_codes = ",".join(photo.quality.codes)
    start = time.perf_counter()
    write_files(prediction, photo.data, photo.thumbnail)
    prediction.store_ms = (time.perf_counter() - start) * 1000
