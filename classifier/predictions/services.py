"""The write flow: what happens to a photo between the request and the answer."""

import base64
import hashlib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from classifier import metrics
from classifier.accounts import quotas
from classifier.conf import conf
from classifier.errors import AccountGoneError, DigestMismatchError, UploadTooLargeError
from classifier.inference import instance
from classifier.inference.images.decoding import decode_image, decode_photo, inspect_image
from classifier.inference.images.renditions import COPY_PX, make_copy, make_thumbnail
from classifier.inference.service import ClassifierService
from classifier.inference.types import Classification, ImageFacts
from classifier.model_registry import versions
from classifier.models import Prediction
from classifier.predictions.admission import always, gate
from classifier.predictions.idempotency import claimed
from classifier.storage.local import check_room

_HAS_SHA256 = re.compile(r"(?:^|,)\s*sha-256\s*=")
_SHA256_DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]*):\s*(?=,|;|$)")


@dataclass(frozen=True, slots=True)
class Stored:
    """A prediction on the disk; `replayed` when it was there before this request."""

    prediction: Prediction
    replayed: bool = False


@dataclass(slots=True)
class _Photo:
    """A decoded photo, and what is kept of it: its bytes or a copy, facts that are true of them, and a thumbnail."""

    image: Image.Image
    data: bytes
    facts: ImageFacts
    decode_ms: float
    thumbnail: bytes = b""

    def make_pictures(self) -> None:
        """To be done while the network is at the photo."""
        self.thumbnail = make_thumbnail(self.image)
        if not conf.keep_originals:
            self.data = make_copy(self.image)
            self.facts = inspect_image(self.data)


def classify_upload(
    *,
    owner: Any,
    upload: "UploadedFile[bytes]",
    content_digest: str = "",
    idempotency_key: str = "",
    top_k: int | None = None,
    is_wanted: Callable[[], bool] = always,
) -> Stored:
    """Decodes, classifies and stores a photo: when this returns, photo and prediction survive a power cut.

    `is_wanted` tells, when it is the photo's turn, whether anybody still waits for the answer. Raises the ImageError,
    RetryableError, StorageFullError, AccountError or Idempotency…Error that tells what is wrong.
    """
    sha256 = _sha256(upload)
    check_digest(content_digest, sha256.digest())
    with claimed(owner, idempotency_key, sha256.hexdigest()) as claim:
        if claim.answer is not None:
            return Stored(claim.answer, replayed=True)
        service = instance.get()
        check_room()
        prediction = Prediction(owner=owner, sha256=sha256.hexdigest())
        with _stored_whole(prediction):
            with gate.entered(is_wanted=is_wanted):
                photo = _decode(upload.read(), service, copied=not conf.keep_originals)
                classification = service.classify(photo.image, top_k=top_k or conf.top_k, meanwhile=photo.make_pictures)
            _write(prediction, photo)
            prediction.set_result(classification, versions.row_for(service.ref))
            with transaction.atomic():
                quotas.add(prediction)
                prediction.save(force_insert=True)
                claim.fulfil(prediction)
        metrics.observe(prediction)
    return Stored(prediction)


def classify_once(
    upload: "UploadedFile[bytes]", *, top_k: int = 5, is_wanted: Callable[[], bool] = always
) -> Classification:
    """Decodes and classifies a photo, and keeps nothing of it. Raises ImageError or RetryableError."""
    service = instance.get()
    _check_size(upload)
    with gate.entered(is_wanted=is_wanted):
        return service.classify(_decode(upload.read(), service).image, top_k=top_k)


def copy_for_others(prediction: Prediction) -> bytes:
    """The photo as anybody but its owner may see it: upright, smaller, and without a word of metadata.

    Raises FileNotFoundError when the photo was lost.
    """
    with prediction.image.open("rb") as file:
        data: bytes = file.read()
    return make_copy(decode_image(data, limits=instance.image_limits(), shorter_side_px=COPY_PX // 2))


def delete_prediction(prediction: Prediction) -> None:
    """Deletes the row and, once that is certain, its files."""
    prediction.delete()


def check_digest(content_digest: str, sha256: bytes) -> None:
    """Compares an RFC 9530 `Content-Digest` with what arrived; other algorithms than sha-256 are left unchecked.

    Raises DigestMismatchError.
    """
    if not _HAS_SHA256.search(content_digest):
        return
    found = _SHA256_DIGEST.search(content_digest)
    if found is None or found[1] != base64.b64encode(sha256).decode():
        raise DigestMismatchError(
            "The photo was damaged on its way: its SHA-256 is not that of Content-Digest. Send it again."
        )


def _check_size(upload: "UploadedFile[bytes]") -> None:
    if (upload.size or 0) > conf.max_upload_bytes:
        raise UploadTooLargeError(
            f"The photo has {upload.size:,} bytes; {conf.max_upload_bytes:,} are allowed. Send a smaller one."
        )


def _sha256(upload: "UploadedFile[bytes]") -> "hashlib._Hash":
    """Read in pieces: a large photo waits for its turn on the disk. Raises UploadTooLargeError."""
    _check_size(upload)
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
            raise AccountGoneError("This account was deleted.") from error
        raise


def _write(prediction: Prediction, photo: _Photo) -> None:
    """Puts the pictures on the disk, and what is true of them into the prediction."""
    facts = photo.facts
    prediction.decode_ms, prediction.byte_size = photo.decode_ms, len(photo.data)
    prediction.content_type, prediction.width, prediction.height = facts.content_type, facts.width, facts.height
    start = time.perf_counter()
    prediction.write_files(photo.data, photo.thumbnail)
    prediction.store_ms = (time.perf_counter() - start) * 1000


def _decode(data: bytes, service: ClassifierService, *, copied: bool = False) -> _Photo:
    shorter_side_px = max(service.shorter_side_px, COPY_PX // 2) if copied else service.shorter_side_px
    start = time.perf_counter()
    facts, image = decode_photo(data, limits=instance.image_limits(), shorter_side_px=shorter_side_px)
    return _Photo(image, data, facts, decode_ms=(time.perf_counter() - start) * 1000)
