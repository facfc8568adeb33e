"""Predictions as CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterator, Sequence
from functools import partial
from typing import IO, Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import FileResponse

from classifier.accounts.export_files import export_response
from classifier.models import Prediction

CHUNK_ROWS = 2000
COLUMNS = (
    "id", "created_at", "owner", "label", "wnid", "probability", "model", "width_px", "height_px", "bytes",
    "content_type", "sha256", "decode_ms", "preprocess_ms", "inference_ms", "store_ms",
)  # fmt: skip


FACTS = (
    "pk", "created_at", "owner__username", "label", "wnid", "probability", "model_version__name",
    "model_version__version", "width", "height", "byte_size", "content_type", "sha256", "decode_ms", "preprocess_ms",
    "inference_ms", "store_ms",
)  # fmt: skip
ROW_BYTES = 500
"""What a line takes, at most but for long names."""


def csv_response(user: User | Any, rows: "QuerySet[Prediction]") -> FileResponse:
    """A line for each prediction, however many there are, as a download of this account.

    Raises ExportInProgressError, ExportsBusyError, StorageFullError, StorageUnavailableError.
    """
    return export_response(
        user,
        partial(write_csv, rows),
        byte_size=(rows.order_by().count() + 1) * ROW_BYTES,
        filename="predictions.csv",
        content_type="text/csv; charset=utf-8",
    )


def write_csv(rows: "QuerySet[Prediction]", file: IO[bytes]) -> None:
    text = io.TextIOWrapper(file, "utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for facts in rows.values_list(*FACTS).iterator(chunk_size=CHUNK_ROWS):
        writer.writerow(map(_escape_formula, _cells(facts)))
    text.detach()  # or it would close the file


def _cells(facts: Sequence[Any]) -> Iterator[Any]:
    """A model has one cell."""
    key, created_at, owner, label, wnid, probability, name, version, *photo = facts
    yield from (key, created_at.isoformat(), owner, label, wnid, probability, f"{name}-{version}", *photo)


def _escape_formula(cell: Any) -> Any:
    """Spreadsheets run text that starts with these characters as a formula; people choose names and labels."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
