"""Intake: the one way of a photo from any door to its classification: count, limit, admit, decode, classify."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from django.http import HttpRequest
from numpy.typing import NDArray
from PIL import Image

from classifier.accounts import throttles
from classifier.conf import conf
from classifier.errors import UploadTooLargeError
from classifier.inference import instance
from classifier.inference.images.decoding import decode_photo, image_of_pixels
from classifier.inference.images.renditions import decoding_side_px
from classifier.inference.service import ClassifierService
from classifier.inference.types import Classification, ImageFacts, ImageLimits, Pixels
from classifier.predictions.admission import always, gate

Photo: TypeAlias = bytes | NDArray[np.uint8] | Pixels
"""A photo's file, or the pixels `(H, W, 3)` of an upright RGB image; as float32, already as the network takes them."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends photos: the account they count against, and whether anybody still waits for the response.

    Work of the server itself, and of the operator on the command line, counts against no account.
    """

    account: Any = None
    is_waiting: Callable[[], bool] = always

    @property
    def key(self) -> str:
        """What tells accounts apart; empty for the server itself and the operator."""
        return "" if self.account is None else str(self.account.pk)

    @classmethod
    def of(cls, request: HttpRequest) -> "Sender":
        """The signed-in account; its client counts as waiting until the server notices that it has disconnected."""
        is_gone = request.META.get("waitress.client_disconnected")
        return cls(request.user, (lambda: not is_gone()) if is_gone else always)


@dataclass(frozen=True, slots=True)
class Decoded:
    """An upright RGB image, large enough for the network and all renditions, and the facts of the photo itself."""

    image: Image.Image
    facts: ImageFacts
    decode_ms: float


class Intake:
    """The photos of one request. Creating it counts the first photo against the account's throttle."""

    def __init__(self, sender: Sender) -> None:
        """Raises ThrottledError."""
        self._sender = sender
        self._count()

    @contextmanager
    def admitted(self, service: ClassifierService | None = None) -> Iterator["Slot"]:
        """Waits for a slot: the right to decode and classify with `service`, or with the model that serves now.

        Accounts take turns, and so do the photos of one request.

        Read photos into memory inside, not before: queued requests must hold none. Raises ModelNotReadyError,
        BusyError, or AbandonedError when nobody waits for the response any more.
        """
        service = service or instance.get()
        sender = self._sender
        with gate.entered(account=sender.key, is_waiting=sender.is_waiting) as turn:
            yield Slot(service, count=self._count, renew=turn.renew)

    def _count(self) -> None:
        if self._sender.key:
            throttles.uploads.hit(self._sender.key)


class Slot:
    """The right to decode and classify the photos of a request, while it lasts."""

    def __init__(self, service: ClassifierService, *, count: Callable[[], None], renew: Callable[[], None]) -> None:
        """`count` counts one photo more against its sender; `renew` waits for its turn."""
        self.service = service
        self._count = count
        self._renew = renew

    def classify(self, photo: Photo, *, top_k: int) -> Classification:
        """The `top_k` best labels of one photo. Raises ImageError."""
        if isinstance(photo, bytes):
            return self.service.classify(self.decode(photo).image, top_k=top_k)
        if photo.dtype == np.float32:
            return self.service.classify_pixels(photo.astype(np.float32, copy=False), top_k=top_k)
        return self.service.classify(image_of_pixels(photo.astype(np.uint8, copy=False), limits=_limits()), top_k=top_k)

    def classify_all(self, photos: Sequence[Photo], *, top_k: int) -> list[Classification]:
        """The classifications of all photos of a request, one after the other; each takes its turn like any other's.

        Raises ThrottledError, ImageError, BusyError, AbandonedError.
        """
        for _ in photos[1:]:
            self._count()
        return [self._classify_next(photo, is_first=not index, top_k=top_k) for index, photo in enumerate(photos)]

    def _classify_next(self, photo: Photo, *, is_first: bool, top_k: int) -> Classification:
        if not is_first:
            self._renew()
        return self.classify(photo, top_k=top_k)

    def decode(self, data: bytes) -> Decoded:
        """The image of a photo's file. Raises ImageError."""
        check_size(len(data))
        # The same size at every door, whether or not it stores the photo: a photo gets the same result everywhere.
        side_px = decoding_side_px(self.service.shorter_side_px, is_copied=not conf.keep_originals)
        return decode_within_limits(data, shorter_side_px=side_px)


def classify_photo(photo: Photo, *, top_k: int) -> Classification:
    """Classifies a photo that no account sent. Raises RetryableError, ImageError."""
    with Intake(Sender()).admitted() as slot:
        return slot.classify(photo, top_k=top_k)


def decode_within_limits(data: bytes, *, shorter_side_px: int) -> Decoded:
    """The image of a photo's file, within the limits of the settings. Raises ImageError.

    Larger photos are reduced, to no less than `shorter_side_px` on the shorter side.
    """
    began = time.perf_counter()
    facts, image = decode_photo(data, limits=_limits(), shorter_side_px=shorter_side_px)
    return Decoded(image, facts, decode_ms=(time.perf_counter() - began) * 1000)


def check_size(size_bytes: int) -> None:
    """Raises UploadTooLargeError for a photo's file of more bytes than allowed."""
    if size_bytes > conf.max_upload_bytes:
        raise UploadTooLargeError(allowed_bytes=conf.max_upload_bytes)


def _limits() -> ImageLimits:
    return ImageLimits(max_pixels=conf.max_image_pixels)
