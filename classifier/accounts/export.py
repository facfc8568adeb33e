"""The export of an account: its details, its predictions and its photos in one zip."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.http import StreamingHttpResponse
from zipstream import ZIP_DEFLATED, ZipStream

from classifier.models import Prediction

CHUNK_BYTES = 256 * 1024


def export_response(user: Any) -> StreamingHttpResponse:
    """`export_zip` as a download. Raises StorageUnavailableError, before anything is sent."""
    first = Prediction.objects.filter(owner=user).first()
    if first is not None:
        default_storage.exists(str(first.image))
    response = StreamingHttpResponse(export_zip(user), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="predictions.zip"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def export_zip(user: User | Any) -> Iterator[bytes]:
    """The zip in chunks, made as it is sent: `account.json`, `predictions.json` and `photos/`, newest first."""
    archive = ZipStream()
    account = {"username": user.get_username(), "email": user.email, "date_joined": user.date_joined.isoformat()}
    archive.add(json.dumps(account, indent=1), "account.json")
    archive.add(_predictions(user), "predictions.json", compress_type=ZIP_DEFLATED)
    yield from archive.all_files()
    for prediction in _rows(user):
        archive.add(_photo(prediction), _name(prediction))
        yield from archive.all_files()
    yield from archive.finalize()


def _rows(user: Any) -> Iterator[Prediction]:
    rows = Prediction.objects.filter(owner=user).select_related("model_version")
    return rows.prefetch_related("previous_predictions__model_version").iterator(chunk_size=500)


def _predictions(user: Any) -> Iterator[bytes]:
    separator = b"[\n"
    for prediction in _rows(user):
        yield separator + json.dumps(_facts(prediction)).encode()
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def _facts(prediction: Prediction) -> dict[str, Any]:
    return {
        "id": str(prediction.pk),
        "created_at": prediction.created_at.isoformat(),
        "label": prediction.label,
        "probability": prediction.probability,
        "top": prediction.top,
        "model": str(prediction.model_version),
        "earlier_answers": [
            {"label": previous.label, "probability": previous.probability, "model": str(previous.model_version)}
            for previous in prediction.previous_predictions.all()
        ],
        "photo": _name(prediction),
        "width": prediction.width,
        "height": prediction.height,
        "sha256": prediction.sha256,
    }


def _name(prediction: Prediction) -> str:
    return f"photos/{str(prediction.image).rpartition('/')[2]}"


def _photo(prediction: Prediction) -> Iterator[bytes]:
    try:
        with prediction.image.open("rb") as file:
            yield from file.chunks(CHUNK_BYTES)
    except FileNotFoundError:
        return  # deleted while the zip was being made
