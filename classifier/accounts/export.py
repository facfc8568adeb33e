"""The export of an account: its details, its predictions and its photos in one zip."""

import json
import shutil
from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.contrib.auth.models import User
from django.db.models import Q, Sum
from django.http import FileResponse
from django.utils import timezone

from classifier.accounts import export_files
from classifier.models import Feedback, Prediction, StorageUse
from classifier.storage.pairing import check_folder

CHUNK_BYTES = 256 * 1024
PAGE = 500
"""Rows read at once: no query lasts for longer than that."""
ROW_BYTES = 2048
"""What a prediction takes beside its photo, at most."""


def export_response(user: User | Any) -> FileResponse:
    """The zip as a download, made before anything is sent; one at a time for an account.

    Raises ExportInProgressError, ExportsBusyError, StorageFullError, StorageUnavailableError.
    """
    check_folder()
    use = StorageUse.objects.filter(owner=user).first() or StorageUse()
    return export_files.export_response(
        user,
        partial(write_zip, user),
        byte_size=use.byte_size + (use.photos + 1) * ROW_BYTES,
        filename="predictions.zip",
        content_type="application/zip",
    )


def export_selected(user: User | Any, keys: Collection[UUID]) -> FileResponse:
    """The same zip with these of the account's predictions alone. Raises what `export_response` raises."""
    check_folder()
    rows = Prediction.objects.filter(owner=user, pk__in=keys)
    byte_size = rows.aggregate(total=Sum("byte_size"))["total"] or 0
    return export_files.export_response(
        user,
        partial(write_zip, user, keys=keys),
        byte_size=byte_size + (len(keys) + 1) * ROW_BYTES,
        filename="predictions.zip",
        content_type="application/zip",
    )


def write_zip(user: User | Any, file: IO[bytes], *, keys: Collection[UUID] | None = None) -> None:
    """`account.json`, `predictions.json` and `photos/`, the newest first; with keys, of these predictions alone.

    Raises StorageUnavailableError or OSError.
    """
    until = timezone.now()
    account = {"username": user.get_username(), "email": user.email, "date_joined": user.date_joined.isoformat()}
    with ZipFile(file, "w") as archive:
        archive.writestr(_entry("account.json", until), json.dumps(account, indent=1))
        entry = _entry("predictions.json", until)
        entry.compress_type = ZIP_DEFLATED
        with archive.open(entry, "w", force_zip64=True) as opened:
            for part in _predictions(user, until, keys):
                opened.write(part)
        for prediction in _rows(user, until, keys):
            _add_photo(archive, prediction)


def _entry(name: str, made_at: datetime) -> ZipInfo:
    return ZipInfo(name, made_at.timetuple()[:6])


def _add_photo(archive: ZipFile, prediction: Prediction) -> None:
    try:
        photo = prediction.image.open("rb")
    except FileNotFoundError:
        return  # lost, or deleted while the zip was being made
    with photo, archive.open(_entry(_name(prediction), prediction.created_at), "w", force_zip64=True) as opened:
        shutil.copyfileobj(photo, opened, CHUNK_BYTES)


def _rows(user: User | Any, until: datetime, keys: Collection[UUID] | None) -> Iterator[Prediction]:
    """By pages: one query over all of them would keep the database from tidying up meanwhile."""
    rows = Prediction.objects.filter(owner=user, created_at__lte=until).select_related("model_version", "feedback")
    rows = rows.prefetch_related("previous_predictions__model_version")
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    page = list(rows[:PAGE])
    while page:
        yield from page
        last = page[-1]
        older = rows.filter(created_at__lte=last.created_at).filter(
            Q(created_at__lt=last.created_at) | Q(pk__lt=last.pk)
        )
        page = list(older[:PAGE])


def _predictions(user: User | Any, until: datetime, keys: Collection[UUID] | None) -> Iterator[bytes]:
    separator = b"[\n"
    for prediction in _rows(user, until, keys):
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
        "answer": prediction.answer and asdict(prediction.answer),
        "answer_in_words": prediction.sentence,
        "quality_codes": prediction.quality and prediction.quality.codes,
        "model": str(prediction.model_version),
        "earlier_answers": [
            {
                "label": previous.label,
                "probability": previous.probability,
                "answer": previous.answer and asdict(previous.answer),
                "answer_in_words": previous.sentence,
                "model": str(previous.model_version),
            }
            for previous in prediction.previous_predictions.all()
        ],
        "feedback": _feedback(prediction.said),
        "photo": _name(prediction),
        "filename": prediction.filename or "",
        "width": prediction.width,
        "height": prediction.height,
        "sha256": prediction.sha256,
    }


def _feedback(said: Feedback | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {"verdict": said.verdict, "label": said.label, "wnid": said.wnid, "at": said.at.isoformat()}


def _name(prediction: Prediction) -> str:
    return f"photos/{str(prediction.image).rpartition('/')[2]}"
