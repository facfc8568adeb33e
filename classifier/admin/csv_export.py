"""Predictions as CSV for spreadsheets."""

import csv
import io
from collections.abc import Sequence
from functools import partial
from typing import IO, Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import FileResponse

from classifier.accounts.export_files import export_response
from classifier.models import Prediction

CHUNK_ROWS = 2000
COLUMNS = (
    "id", "created_at", "owner", "label", "wnid", "probability", "answer", "answer_label", "answer_wnid",
    "answer_probability", "answer_in_words", "model", "width_px", "height_px", "bytes", "content_type", "sha256",
    "quality_codes", "decode_ms", "preprocess_ms", "inference_ms", "store_ms", "feedback", "feedback_label",
    "feedback_wnid", "filename",
)  # fmt: skip
ROW_BYTES = 1300
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
    for row in rows.select_related("owner", "model_version", "feedback").iterator(chunk_size=CHUNK_ROWS):
        writer.writerow(map(_escape_formula, _cells(row)))
    text.detach()  # or it would close the file


def _cells(row: Prediction) -> Sequence[Any]:
    said = row.said
    return (
        row.pk, row.created_at.isoformat(), row.owner.get_username(), row.label, row.wnid, row.probability,
        row.answer_kind, row.answer_label, row.answer_wnid, row.answer_probability, row.sentence,
        str(row.model_version), row.width, row.height, row.byte_size, row.content_type, row.sha256, row.quality_codes,
        row.decode_ms, row.preprocess_ms, row.inference_ms, row.store_ms,
        *((said.verdict, said.label, said.wnid) if said else ("", "", "")), row.filename or "",
    )  # fmt: skip


def _escape_formula(cell: Any) -> Any:
    """Spreadsheets run text that starts with these characters as a formula; people choose names and labels."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
