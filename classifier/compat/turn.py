"""A request's turn: counted, admitted and decoded as the API's own photos are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PIL import Image
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from classifier.accounts import throttles
from classifier.compat.bodies import check_photo_size, read, received
from classifier.inference import instance
from classifier.inference.images.decoding import decode_image
from classifier.inference.service import ClassifierService
from classifier.predictions.admission import always, gate


def serving(name: str = "", version: str = "") -> ClassifierService:
    """The model that serves; asked for by another name or version, it is not there.

    Raises ModelNotReadyError, NotFound.
    """
    service = instance.get()
    ref = service.ref
    if name not in ("", ref.name) or version not in ("", ref.version):
        asked = f"{name}-{version}" if version else name
        raise NotFound(f"{asked!r} does not serve; {ref.name!r}, version {ref.version!r}, does.")
    return service


@contextmanager
def body_in_turn(request: Request) -> Iterator[bytes]:
    """The body of a request with a photo, when it is its turn: those who wait for theirs hold no memory.

    Raises RetryableError, and what `received` and `read` raise.
    """
    count(request)
    with received(request) as body, gate.entered(is_wanted=_is_wanted(request)):
        yield read(body, request)


def count(request: Request) -> None:
    """Counts one photo of the user. Raises ThrottledError."""
    throttles.uploads.hit(str(request.user.pk))


def decode(photo: bytes, service: ClassifierService) -> Image.Image:
    """The picture, as the API decodes it. Raises ImageError."""
    check_photo_size(photo)
    return decode_image(photo, limits=instance.image_limits(), shorter_side_px=service.shorter_side_px)


def _is_wanted(request: Request) -> Callable[[], bool]:
    """Whether the client is still there, as far as the server can tell."""
    is_gone = request.META.get("waitress.client_disconnected")
    return (lambda: not is_gone()) if is_gone else always
